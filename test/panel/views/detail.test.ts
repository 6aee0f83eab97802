// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { describe, expect, test } from 'vitest';
import { NOW } from '../../fixtures/fake-source.ts';
import { pairFor, publicJwk } from '../../fixtures/keys.ts';
import { CLAIMS, compact, encodeSegment, hmacToken, SECRET, signedToken } from '../../fixtures/tokens.ts';
import { exchangeRecord, seen, sightingRecord, tokenRecord } from '../records.ts';
import { all, click, named, open, press, select, text, texts, the, until } from '../screen.ts';

const seconds = NOW / 1000;
const sealed = `${encodeSegment({ alg: 'dir', enc: 'A256GCM' })}..aXYtb2YtMTItb2N0.${'Q'.repeat(40)}.dGFnLW9mLTE2LW9jdGV0cw`;

/** The table's row of that member: name, value, meaning. */
const member = (part: string, name: string): readonly string[] => {
  const row = [...named(part).querySelectorAll('tr')].find((one) => one.querySelector('th')?.textContent === name);
  return [...(row?.querySelectorAll('td') ?? [])].map((cell) => cell.textContent?.trim() ?? '');
};

const show = async (token: string, change: Parameters<typeof seen>[1] = {}) => {
  const screen = await open({ records: seen(token, change) });
  await select(0);
  return screen;
};

describe('the verdict', () => {
  const answers = () =>
    Object.fromEntries(
      all('[aria-label=Verdict] li').map((li) => [
        li.querySelector('strong')?.lastChild?.textContent ?? '',
        li.querySelector('small')?.textContent ?? '',
      ]),
    );

  const times: readonly (readonly [state: string, claims: object, expected: string])[] = [
    ['valid', { iat: seconds - 60, exp: seconds + 3600 }, 'Valid'],
    ['expiring', { iat: seconds - 3600, exp: seconds + 30 }, 'About to expire'],
    ['expired', { exp: seconds - 120 }, 'Expired'],
    ['not yet valid', { nbf: seconds + 60 }, 'Not yet valid'],
    ['never expires', {}, 'Never expires'],
    ['unreadable', { exp: 'soon' }, 'No readable time'],
  ];
  test.each(times)('keeps its four answers apart: %s', async (_, claims, expected) => {
    await show(hmacToken(SECRET, { payload: { sub: 'a', ...claims } }));
    await until(() => expect(answers().Signature).toContain('no key'));
    expect(Object.keys(answers())).toEqual(['Signature', 'Time', 'Policy', 'Key trust']);
    expect(answers().Time?.startsWith(expected)).toBe(true);
    expect(answers().Policy).toBe('none for api.test · make one');
    expect(answers()['Key trust']).toBe('no key has verified it');
  });

  const forms: readonly (readonly [state: string, token: string, signature: RegExp, sentence: RegExp])[] = [
    ['unsecured', compact({ alg: 'none' }), /^unsecured/, /^Unsecured/],
    ['malformed', 'eyJhbGciOiJIUzI1NiJ9.e30', /^malformed/, /^Not a well-formed token/],
    [
      'unknown algorithm',
      compact({ alg: 'XX1' }, undefined, 'c2ln'),
      /^cannot be checked here.*XX1/,
      /cannot be checked here/,
    ],
    ['encrypted', sealed, /^no key · No key to decrypt it with.* give one$/, /^Encrypted/],
  ];
  test.each(forms)('says what cannot be verified, and why: %s', async (_, token, signature, sentence) => {
    await show(token);
    await until(() => expect(answers().Signature).toMatch(signature));
    expect(text('section.detail h1')).toMatch(sentence);
  });

  test('a mismatch is a mismatch, whatever its time', async () => {
    const { fake } = await show(hmacToken('another secret', { payload: { exp: seconds - 60 } }));
    await act(() => fake.source.addKey(SECRET, ''));
    await until(() => expect(answers().Signature).toMatch(/^mismatch · The signature does not belong/));
    expect(text('section.detail h1')).toBe('The signature does not match the key.');
    expect(answers()['Key trust']).toBe('no key has verified it');
  });

  test('the key of another issuer accuses nobody', async () => {
    const { fake } = await show(hmacToken('another secret'));
    await act(() => fake.source.addKey(SECRET, 'https://elsewhere.test'));
    await until(() =>
      expect(answers().Signature).toMatch(/^no key · None of the keys known here verifies this token\./),
    );
    expect(text('section.detail h1')).toMatch(/^Alive for .*; no key yet to check its signature\.$/);
  });

  test('a set without the key that is asked for is told, with what it has, to a bound', async () => {
    const token = await signedToken('ES256', { header: { kid: 'a1' } });
    const { fake } = await show(token);
    const setOf = (kids: readonly string[]) =>
      JSON.stringify({ keys: kids.map((kid) => publicJwk(pairFor('ES384'), { kid })) });
    await act(() => fake.source.addKey(setOf(['b2', 'c3']), CLAIMS.iss));
    await until(() => expect(answers().Signature).toBe('no key · No key with kid a1 (the set has b2, c3). give one'));
    await act(() => fake.source.removeKey(fake.keys()[0]?.id ?? ''));
    await act(() => fake.source.addKey(setOf(['d4', 'e'.repeat(600)]), CLAIMS.iss));
    await until(() => expect(answers().Signature).toMatch(/\(the set has d4, e{496}…\)\./));
  });

  test('a refusal of a request with two tokens is told as that', async () => {
    const [token, other] = [hmacToken(SECRET), hmacToken(SECRET, { payload: { sub: 'bob' } })];
    const { fake } = await show(token, { id: 'x1', status: 401, place: { kind: 'cookie', name: 'sid' } });
    await act(() => fake.put(sightingRecord(other, 'x1', { place: { kind: 'cookie', name: 'other' } })));
    await until(() => expect(text('section.detail h1')).toBe('A request with it was answered 401.'));
  });

  test('a refusal is told first, and how many there were', async () => {
    const token = hmacToken(SECRET, { payload: { exp: seconds - 60 } });
    const { fake } = await show(token, { id: 'x1', status: 200, start: NOW - 1000 });
    await act(() => fake.put(exchangeRecord('x2', { status: 401, end: NOW + 5 }), sightingRecord(token, 'x2')));
    await until(() =>
      expect(text('section.detail h1')).toBe(
        "Refused with 401: it had expired 1 min before the request left, by this device's clock.",
      ),
    );
    expect(text('.say p:not(.spoken)')).toBe('1 of 2 requests were answered 401 or 403.');
  });

  test('a reason comes with its evidence, and with what is in order', async () => {
    const challenge = 'Bearer scope="orders:write", error="insufficient_scope", error_description="no"';
    const token = hmacToken(SECRET, { payload: { ...CLAIMS, scope: 'orders:read' } });
    await show(token, { status: 403, end: NOW + 10, wwwAuthenticate: [challenge] });
    expect(text('section.detail h1')).toBe(
      'Refused with 403: scope orders:write is missing; the token has orders:read.',
    );
    expect(texts('[aria-label=Evidence] li')).toEqual([
      'The server says: “no”.',
      'Looked at and in order: form, time.',
    ]);
  });

  test('a success that should have been none is told too', async () => {
    await show(hmacToken(SECRET, { payload: { exp: seconds - 600 } }), { status: 200, end: NOW + 10 });
    expect(text('section.detail h1')).toBe(
      "Accepted with 200, although it had expired 10 min before the request left, by this device's clock.",
    );
  });

  test('the reason of a request is not said of a token that it is not about', async () => {
    const [token, other] = [hmacToken(SECRET), hmacToken(SECRET, { payload: { exp: seconds - 60 } })];
    const { fake } = await show(token, { id: 'x1', status: 401, place: { kind: 'cookie', name: 'sid' } });
    await act(() =>
      fake.put(tokenRecord(other), sightingRecord(other, 'x1', { place: { kind: 'cookie', name: 'b' } })),
    );
    await until(() => expect(text('section.detail h1')).toBe('A request with it was answered 401.'));
    expect(all('[aria-label=Evidence]')).toEqual([]);
  });

  test('what the server says is text, and its clock is told when it is off', async () => {
    const token = hmacToken(SECRET, { payload: {} });
    await show(token, {
      status: 403,
      end: NOW + 10,
      date: new Date(NOW - 42_000).toUTCString(),
      wwwAuthenticate: ['Bearer error_description="<b>no</b>\u202e"'],
    });
    expect(text('section.detail h1')).toBe(
      'Refused with 403. The server says: “<b>no</b>\\u202E”. Nothing wrong with the token is visible from here.',
    );
    expect(answers().Time).toMatch(/This server's clock is 4[12] s behind yours\./);
  });
});

describe('the raw token', () => {
  test('stands there in its parts, the character that breaks it marked', async () => {
    const good = hmacToken(SECRET);
    const bad = `${good.slice(0, 30)}*${good.slice(31)}`;
    const { fake } = await show(bad);
    expect(named('Raw token').textContent).toBe(bad);
    expect(texts('mark')).toEqual(['*']);
    expect(text('[aria-label=Problems]')).toContain('“*” at character 31');
    await click(the('button.copy'));
    expect(fake.copied).toEqual([bad]);
  });

  test('of any size is drawn in part, and copied whole', async () => {
    const long = `${hmacToken(SECRET, { payload: { pad: 'x'.repeat(200_000) } })}`;
    const { fake } = await show(long);
    expect(named('Raw token').textContent?.length).toBeLessThan(10_000);
    expect(the('section.detail').textContent?.length).toBeLessThan(30_000);
    await click(the('button.copy'));
    expect(fake.copied[0]).toBe(long);
  });
});

describe('header and payload', () => {
  test('explain each registered member, and show every literal as it was written', async () => {
    const payload = `{"sub":"alice","n":12345678901234567890,"f":1.0,"__proto__":{"a":[1.50]},"sub":"bob","iss":null}`;
    await show(compact('{"alg":"HS256","typ":"JWT"}', payload, 'c2ln'));
    expect(member('Header', 'alg')[1]).toMatch(/HMAC.*RFC 7518/);
    expect(member('Payload', 'sub')[0]).toBe('alice');
    expect(member('Payload', 'n')[0]).toBe('12345678901234567890');
    expect(member('Payload', 'f')[0]).toBe('1.0');
    expect(member('Payload', '__proto__')[0]).toBe('{"a":[1.50]}');
    expect(member('Payload', 'iss')).toEqual(['null', expect.stringMatching(/RFC 7519/)]);
    expect(texts('[aria-label=Payload] th')).toEqual(['sub', 'n', 'f', '__proto__', 'sub', 'iss']);
    expect(text('[aria-label=Problems]')).toContain('member “sub” twice');
  });

  test('markup stays text, and what hides is seen', async () => {
    const evil = '<img src=x onerror="globalThis.pwned=1"><script>globalThis.pwned=1</script>';
    const before = ['img', 'script', 'b', 'iframe'].map((tag) => all(`section.detail ${tag}`).length);
    await show(
      compact(
        { alg: 'HS256', kid: evil },
        { sub: evil, [evil]: '<b>', o: { [evil]: [evil] }, t: 'a\u202eb\u200bc\u0000' },
        'c2ln',
      ),
    );
    expect(['img', 'script', 'b', 'iframe'].map((tag) => all(`section.detail ${tag}`).length)).toEqual(before);
    expect(globalThis).not.toHaveProperty('pwned');
    expect(member('Payload', 'sub')[0]).toBe(evil);
    expect(member('Payload', evil)[0]).toBe('<b>');
    expect(member('Payload', 't')[0]).toBe('a\\u202Eb\\u200Bc\\u0000');
    expect(texts('.escaped').length).toBeGreaterThanOrEqual(3);
  });

  test('toggle between table and text, and are copied as they were decoded', async () => {
    const { fake } = await show(hmacToken(SECRET, { payload: { sub: 'alice', a: { b: 1 }, more: 'x'.repeat(60) } }));
    const toggles = all('section.detail h2 button[aria-pressed]');
    expect(toggles.map((button) => button.getAttribute('aria-pressed'))).toEqual(['false', 'false']);
    const [, payload] = toggles;
    if (!payload) throw new Error('no toggle');
    await click(payload);
    expect(payload.getAttribute('aria-pressed')).toBe('true');
    expect(all('[aria-label=Payload]')).toEqual([]);
    expect(text('div.text code')).toContain('"sub": "alice"');
    await click(payload);
    expect(member('Payload', 'sub')[0]).toBe('alice');
    await click(named('Copy the Payload'));
    expect(fake.copied).toEqual([`{"sub":"alice","a":{"b":1},"more":"${'x'.repeat(60)}"}`]);
    expect(text('.notice')).toBe('Payload copied.');
  });

  test('times are told in words, and how much of the life is spent', async () => {
    await show(hmacToken(SECRET, { payload: { iat: seconds - 900, exp: seconds + 2700, auth_time: 1e300, nbf: 'x' } }));
    const [value, meaning] = member('Payload', 'exp');
    expect(value).toBe(String(seconds + 2700));
    expect(meaning).toContain('in 45 minutes');
    expect(meaning).toContain('2027-01-15 08:45:00 UTC');
    expect(meaning).toContain('life 1 h');
    expect(the('meter').getAttribute('aria-label')).toBe('25 percent of the life is spent');
    expect(member('Payload', 'iat')[1]).toContain('15 minutes ago');
    expect(member('Payload', 'auth_time')[0]).toBe('1e+300');
    expect(text('[aria-label=Verdict]')).toContain('nbf is a string');
  });

  test('that cannot be read are shown as far as they can', async () => {
    await show(`${encodeSegment({ alg: 'HS256' })}.${encodeSegment('{"sub":"alice","x')}.c2ln`);
    expect(text('[aria-label=Problems]')).toContain('The payload is not valid JSON');
    expect(member('Payload', 'sub')[0]).toBe('alice');
  });

  test('that are sealed say so', async () => {
    await show(sealed);
    expect(member('Header', 'enc')[0]).toBe('A256GCM');
    expect(text('section.detail')).toContain("Encrypted: the content can be read with the recipient's key only.");
    await until(() => named('Key'));
  });

  test('with members by the thousand are drawn in part until asked for', async () => {
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`c${index}`, index]));
    await show(hmacToken(SECRET, { payload: many }));
    expect(all('[aria-label=Payload] tr')).toHaveLength(200);
    await click(named('Show all 1000 members'));
    expect(all('[aria-label=Payload] tr')).toHaveLength(1000);
  });

  test('a header of any shape breaks nothing', async () => {
    const odd = { toString: null, valueOf: null };
    await show(compact({ alg: odd, kid: odd, typ: odd, enc: odd, crit: odd }, { iss: odd, exp: odd }, 'c2ln'));
    expect(text('section.detail h1')).not.toBe('');
    expect(member('Header', 'kid')[0]).toContain('toString');
  });
});

describe('the sightings', () => {
  const token = hmacToken(SECRET);
  test('name each request, its answer and the place, newest first', async () => {
    const { fake } = await show(token, { id: 'x1', status: 200, start: NOW - 5000, method: 'POST' });
    const cookie = {
      kind: 'set_cookie',
      name: 'sid',
      chunks: 3,
      attributes: { httpOnly: true, secure: true, sameSite: 'Lax' },
    } as const;
    await act(() =>
      fake.put(
        exchangeRecord('x3', { error: 'NS_ERROR_ABORT', url: 'https://cdn.test/a\u202e?q=1' }),
        sightingRecord(token, 'x3', { at: NOW - 1000, place: { kind: 'request_header', name: 'x-auth-token' } }),
        exchangeRecord('x2', { status: 401 }),
        sightingRecord(token, 'x2', { at: NOW - 2000, place: cookie }),
      ),
    );
    await until(() => expect(text('section.detail')).toContain('Seen in 3 requests'));
    const rows = texts('[aria-label=Sightings] li');
    expect(rows[0]).toMatch(/failed\s?GET cdn\.test\/a.*X-Auth-Token$/);
    expect(rows[1]).toMatch(/401\s?GET api\.test\/me.*Set-Cookie sid · 3 chunks · HttpOnly Secure SameSite=Lax$/);
    expect(rows[2]).toMatch(/200\s?POST api\.test\/me.*Authorization$/);
  });

  test('are a dozen until all are asked for', async () => {
    const { fake } = await show(token);
    const more = Array.from({ length: 20 }, (_, index) => [
      exchangeRecord(`y${index}`),
      sightingRecord(token, `y${index}`),
    ]);
    await act(() => fake.put(...more.flat()));
    await until(() => named('all 21'));
    expect(all('[aria-label=Sightings] li')).toHaveLength(12);
    await click(named('all 21'));
    expect(all('[aria-label=Sightings] li')).toHaveLength(21);
    await click(named('fewer'));
    expect(all('[aria-label=Sightings] li')).toHaveLength(12);
  });
});

test('Escape goes back to the list', async () => {
  await show(hmacToken(SECRET));
  const region = named('Token');
  region.focus();
  expect((await press(region, 'Escape')).defaultPrevented).toBe(true);
  expect(document.activeElement).toBe(named('Tokens'));
});

test('a token that is evicted while it is shown goes', async () => {
  const token = hmacToken(SECRET);
  const { fake } = await show(token);
  await act(() => fake.put(...seen(hmacToken('other'))));
  await act(() => fake.drop(...seen(token)));
  await until(() => expect(text('section.detail p')).toBe('Select a token to see what it says.'));
});
