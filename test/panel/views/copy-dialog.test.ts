// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { expect, test } from 'vitest';
import { pairFor, privatePem, publicJwk } from '../../fixtures/keys.ts';
import { CLAIMS, compact, encodeSegment, hmacToken, SECRET, signedToken } from '../../fixtures/tokens.ts';
import { exchangeRecord, seen, sightingRecord, tokenRecord } from '../records.ts';
import { all, click, named, open, press, select, text, texts, the, until } from '../screen.ts';

const token = hmacToken(SECRET);

const radio = (name: string): HTMLInputElement => {
  const label = all('dialog label').find((one) => one.textContent?.trim() === name);
  const input = label?.querySelector('input');
  if (!input) throw new Error(`no choice ${name} in ${texts('dialog label')}`);
  return input;
};
const preview = (): string => {
  const box = the('dialog textarea');
  return box instanceof HTMLTextAreaElement ? box.value : '';
};
const notes = () => texts('dialog .copy-notes p');
const button = () => all('dialog .buttons button')[0] ?? document.body;

const copyAs = async (records: Parameters<typeof open>[0]) => {
  const screen = await open(records);
  await select(0);
  await click(named('Copy as…'));
  await until(() => the('dialog .copy-as'));
  return screen;
};
const choose = (name: string) => click(radio(name));
/** Code needs the key, which is looked up. */
const code = async (name: string) => {
  await choose(name);
  return until(() => {
    expect(notes()).not.toEqual([]);
    return preview();
  });
};

test('lists every format and library, shows what is copied, and copies it', async () => {
  const { fake } = await copyAs({ records: seen(token, { method: 'PUT', url: "https://api.test/it's" }) });
  expect(texts('dialog legend')).toEqual(['Token and request', 'Code that verifies it']);
  expect(all('dialog input[type=radio]')).toHaveLength(14);
  expect(preview()).toBe(token);
  expect(notes()).toEqual(['Holds the token itself: while it is valid, whoever gets this can use it.']);
  await choose('cURL for POSIX shells');
  expect(preview()).toContain("curl 'https://api.test/it'\\''s' \\\n  --request 'PUT'");
  await click(button());
  expect(fake.copied).toEqual([preview()]);
  await until(() => expect(text('dialog output')).toBe('Copied: cURL for POSIX shells'));
});

test('says so where the browser does not let it copy', async () => {
  await copyAs({ records: seen(token), copies: false });
  await click(button());
  await until(() => expect(text('dialog output')).toBe('The browser did not allow copying.'));
});

test('code does not hold the token unless that is asked for', async () => {
  const { fake } = await copyAs({ records: seen(token) });
  expect(await code('jose · JavaScript')).toContain('jwtVerify');
  expect(preview()).not.toContain(token);
  expect(preview()).not.toContain(SECRET);
  expect(notes()).toEqual([
    'The code reads the secret from the environment variable JWT_SECRET and does not hold it.',
    'The code does not hold the token: the program takes it as its argument.',
  ]);
  await click(the('dialog input[type=checkbox]'));
  expect(preview()).toContain(token);
  expect(notes()[0]).toContain('Holds the token itself');
  await click(button());
  expect(fake.copied).toEqual([preview()]);
});

test('a secret that verified it is never in the code, but how it was written is', async () => {
  const { fake } = await copyAs({ records: seen(token) });
  await act(() => fake.source.addKey(Buffer.from(SECRET).toString('hex'), ''));
  await code('PyJWT · Python');
  await until(() => expect(preview()).toContain('bytes.fromhex(os.environ["JWT_SECRET"])'));
  expect(preview()).not.toContain(Buffer.from(SECRET).toString('hex'));
});

test('of a private key that verified it the public half alone is in the code', async () => {
  const signed = await signedToken('ES256', { header: { kid: '"evil"' } });
  const { fake } = await copyAs({ records: seen(signed) });
  await act(() => fake.source.addKey(privatePem(pairFor('ES256')), ''));
  await code('jose · JavaScript');
  const { x = '' } = publicJwk(pairFor('ES256'));
  await until(() => expect(preview()).toContain(`"x": "${x}"`));
  const { d = '' } = pairFor('ES256').privateKey.export({ format: 'jwk' });
  expect(d).not.toBe('');
  expect(preview()).not.toContain(d);
  expect(preview()).not.toContain('evil');
  expect(notes()[0]).toBe('The code holds the public key that verified the token.');
});

test('a set of keys is named by its address, and one that was only seen is doubted', async () => {
  const signed = await signedToken('ES256', { header: { kid: 'a1' } });
  const { fake } = await copyAs({ records: seen(signed) });
  const source = 'https://login.test/jwks';
  const key = {
    text: JSON.stringify(publicJwk(pairFor('ES256'), { kid: 'a1' })),
    issuer: CLAIMS.iss,
    source,
    addedAt: 0,
  };
  await act(async () => fake.setKeys([{ ...key, id: 'k', provenance: 'traffic' }]));
  await code('golang-jwt · Go');
  await until(() => expect(notes()[0]).toContain('was only seen in traffic'));
  expect(preview()).toContain(`keyfunc.NewDefault([]string{"${source}"})`);
  await act(async () => fake.setKeys([{ ...key, id: 'k', provenance: 'discovery' }]));
  await until(() => expect(notes()[0]).toBe("The key comes from the issuer's key set."));
});

test('the key that a token brings along is not used', async () => {
  const jwk = publicJwk(pairFor('ES256'));
  await copyAs({ records: seen(await signedToken('ES256', { header: { jwk } })) });
  await code('jose · JavaScript');
  expect(notes()[0]).toBe("The issuer's key set is not known: the address is a placeholder.");
  expect(preview()).not.toContain(jwk.x);
});

test('what a library cannot do is said, and nothing can be copied', async () => {
  await copyAs({ records: seen(compact({ alg: 'ES256K' }, CLAIMS, 'c2ln')) });
  await choose('java-jwt · Java');
  await until(() => expect(notes()).toEqual(['This library does not have the algorithm ES256K.']));
  expect(preview()).toBe('');
  expect(button().matches(':disabled')).toBe(true);
});

test('the newest request that can be repeated is the one that is copied', async () => {
  const place = { kind: 'cookie', name: 'sid' } as const;
  const records = [
    tokenRecord(token),
    exchangeRecord('old', { url: 'https://api.test/old', start: 1 }),
    exchangeRecord('new', { url: 'https://api.test/new', start: 2 }),
    exchangeRecord('socket', { url: 'wss://api.test/', start: 3 }),
    exchangeRecord('answer', { url: 'https://login.test/token', start: 4 }),
    sightingRecord(token, 'old'),
    sightingRecord(token, 'new', { place }),
    sightingRecord(token, 'socket'),
    sightingRecord(token, 'answer', { place: { kind: 'response_body', name: '', path: 'access_token' } }),
  ];
  await copyAs({ records });
  await choose('fetch');
  expect(preview()).toContain(`await fetch("https://api.test/new", {\n  headers: {\n    "Cookie": "sid=${token}"`);
  expect(notes()).toContain('Browsers let no script set this header; it works in Node.js.');
});

test('of two places in one request it is the one with a scheme', async () => {
  const cookie = sightingRecord(token, 'x', { place: { kind: 'cookie', name: 'sid' } });
  for (const both of [
    [sightingRecord(token, 'x'), cookie],
    [cookie, sightingRecord(token, 'x')],
  ]) {
    const { unmount } = await copyAs({ records: [tokenRecord(token), exchangeRecord('x'), ...both] });
    await choose('HTTPie');
    expect(preview()).toContain("'Authorization: Bearer ");
    unmount();
  }
});

test('a token of a redacted export is copied as it is, and called not whole', async () => {
  const removed = { name: 'token-1', segments: [20, 30, 43], problems: [] };
  const bare = `${encodeSegment({ alg: 'HS256' })}.${encodeSegment(CLAIMS)}.`;
  await copyAs({ records: [{ ...tokenRecord(bare), removed }] });
  expect(all('dialog fieldset:first-of-type input')).toHaveLength(1);
  expect(notes()[0]).toContain('comes from a redacted export');
});

test('begins at the first choice by keyboard, and Escape gives the focus back', async () => {
  await open({ records: seen(token) });
  await select(0);
  const opener = named('Copy as…');
  await click(opener);
  await until(() => the('dialog .copy-as'));
  expect(document.activeElement).toBe(radio('Token'));
  expect(radio('Token').name).toBe(radio('PyJWT · Python').name);
  expect(the('dialog textarea').getAttribute('autocomplete')).toBe('off');
  await press(the('dialog'), 'Escape');
  await until(() => expect(all('dialog')).toEqual([]));
  expect(document.activeElement).toBe(opener);
});

test('the menu of a row leads to it, for its token', async () => {
  const other = hmacToken(SECRET, { payload: { sub: 'bob' } });
  await open({ records: [...seen(token), ...seen(other, { start: 1 })] });
  await select(1);
  await press(the('.list'), 'ContextMenu');
  await until(() => the('[role=menu]'));
  await click(all('[role=menuitem]').find((item) => item.textContent === 'Copy as…') ?? document.body);
  await until(() => the('dialog .copy-as'));
  expect(preview()).toBe(other);
});

test('a token inside of another is in no log, and copied all the same', async () => {
  await open({ records: seen(hmacToken(SECRET, { header: { cty: 'JWT' }, payload: token })) });
  await select(0);
  const inner = () => all('button').filter((item) => item.textContent === 'Copy as…')[1] ?? document.body;
  await until(() => expect(inner()).not.toBe(document.body));
  await click(inner());
  await until(() => the('dialog .copy-as'));
  expect(preview()).toBe(token);
  await choose('HTTPie');
  expect(notes()[1]).toContain('the address is a placeholder');
});
