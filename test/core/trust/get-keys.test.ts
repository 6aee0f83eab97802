import { expect, test } from 'vitest';
import { getKeys } from '../../../src/core/trust/get-keys.ts';
import type { FetchedText } from '../../../src/core/trust/key-set.ts';
import { edPair, publicJwk } from '../../fixtures/keys.ts';

const ISSUER = 'https://login.test/realms/a';
const OPENID = `${ISSUER}/.well-known/openid-configuration`;
const KEYS = 'https://login.test/realms/a/keys';
const set = JSON.stringify({ keys: [publicJwk(edPair(), { kid: 'a' }), publicJwk(edPair()), { kty: 'oct', k: 'AA' }] });
const document = (issuer = ISSUER, jwks_uri = KEYS) => JSON.stringify({ issuer, jwks_uri });

/** A network of addresses; any other answers 404. `asked` tells what was asked, in order. */
const network = (answers: Readonly<Record<string, string | FetchedText>>) => {
  const asked: string[] = [];
  const fetchText = async (url: string): Promise<FetchedText> => {
    asked.push(url);
    const answer = answers[url] ?? { error: 'status', detail: '404' };
    return typeof answer === 'string' ? { text: answer } : answer;
  };
  return { asked, fetchText };
};

const got = (issuer: string, source = KEYS) => ({
  state: 'got',
  set: { source, issuer, text: set },
  kids: ['a'],
  count: 2,
  skipped: 1,
});

test('an issuer: its document, then its keys', async () => {
  const { asked, fetchText } = network({ [OPENID]: document(), [KEYS]: set });
  expect(await getKeys({ issuer: ISSUER }, fetchText)).toEqual(got(ISSUER));
  expect(asked).toEqual([OPENID, KEYS]);
});

test.each([
  ['404', { error: 'status', detail: '404' } as const],
  ['a redirect', { error: 'redirect' } as const],
  ['a page', '<!doctype html>'],
  ['other JSON', '{"error":"not found"}'],
])('where there is %s, the next well-known address is asked', async (_, answer) => {
  const oauth = 'https://login.test/.well-known/oauth-authorization-server/realms/a';
  const { asked, fetchText } = network({ [OPENID]: answer, [oauth]: document(), [KEYS]: set });
  expect(await getKeys({ issuer: ISSUER }, fetchText)).toEqual(got(ISSUER));
  expect(asked).toEqual([OPENID, oauth, KEYS]);
});

test.each(['unreachable', 'too_slow', 'too_large'] as const)(
  'what is %s is not asked again elsewhere',
  async (error) => {
    const { asked, fetchText } = network({ [OPENID]: { error } });
    expect(await getKeys({ issuer: ISSUER }, fetchText)).toEqual({
      state: 'failed',
      code: error,
      detail: '',
      url: OPENID,
    });
    expect(asked).toEqual([OPENID]);
  },
);

test('an issuer without a document says what its first address said', async () => {
  const { asked, fetchText } = network({});
  expect(await getKeys({ issuer: ISSUER }, fetchText)).toEqual({
    state: 'failed',
    code: 'status',
    detail: '404',
    url: OPENID,
  });
  expect(asked).toHaveLength(4);
});

test('a document of another issuer is not believed, not even by a slash', async () => {
  for (const named of ['https://evil.test', `${ISSUER}/`]) {
    const { asked, fetchText } = network({ [OPENID]: document(named), [KEYS]: set });
    const failed = { state: 'failed', code: 'issuer_differs', detail: `${named} ≠ ${ISSUER}`, url: OPENID };
    expect(await getKeys({ issuer: ISSUER }, fetchText)).toEqual(failed);
    expect(asked).toEqual([OPENID]);
  }
});

test('keys on another host are told, and not asked for', async () => {
  for (const elsewhere of ['https://keys.test/a', 'https://login.test:8443/a', 'http://localhost:9000/a']) {
    const { asked, fetchText } = network({ [OPENID]: document(ISSUER, elsewhere), [elsewhere]: set });
    const told = { state: 'elsewhere', jwksUri: elsewhere, issuer: ISSUER };
    expect(await getKeys({ issuer: ISSUER }, fetchText)).toEqual(told);
    expect(asked).toEqual([OPENID]);
  }
});

test.each([
  ['address', 'https://me:secret@login.test/keys'],
  ['address', 'javascript:alert(1)'],
  ['address', 'data:application/json,{"keys":[]}'],
  ['address', 'blob:https://login.test/1'],
  ['not_https', 'http://login.test/a'],
])('an address of keys that may not be asked is the end of it: %s, %s', async (code, jwksUri) => {
  const failed = { state: 'failed', code, detail: '', url: jwksUri };
  for (const [address, asks] of [
    [{ issuer: ISSUER }, [OPENID]],
    [{ url: OPENID }, [OPENID]],
    [{ url: ISSUER }, [ISSUER, OPENID]],
  ] as const) {
    const { asked, fetchText } = network({ [OPENID]: document(ISSUER, jwksUri), [ISSUER]: '<html>' });
    expect(await getKeys(address, fetchText)).toEqual(failed);
    expect(asked).toEqual(asks);
  }
});

test('then they are the issuer’s, once a person said so', async () => {
  const { fetchText } = network({ 'https://keys.test/a': set });
  const address = { url: 'https://keys.test/a', issuer: ISSUER };
  expect(await getKeys(address, fetchText)).toEqual(got(ISSUER, 'https://keys.test/a'));
});

test('the first address is asked in the same turn, while the browser still holds the click', () => {
  for (const address of [{ issuer: ISSUER }, { url: KEYS }]) {
    const { asked, fetchText } = network({});
    void getKeys(address, fetchText);
    expect(asked).toHaveLength(1);
  }
});

test.each([
  ['http://login.test', 'not_https'],
  ['login.test', 'address'],
  ['https://me:secret@login.test', 'address'],
  ['javascript:alert(1)', 'address'],
])('%s is not asked at all', async (named, code) => {
  const { asked, fetchText } = network({});
  for (const address of [{ issuer: named }, { url: named }]) {
    expect(await getKeys(address, fetchText)).toEqual({ state: 'failed', code, detail: '', url: named });
  }
  expect(asked).toEqual([]);
});

test('an issuer with a query has no well-known address', async () => {
  const { asked, fetchText } = network({});
  expect(await getKeys({ issuer: 'https://login.test?a' }, fetchText)).toMatchObject({ code: 'address' });
  expect(asked).toEqual([]);
});

test.each([
  ['not_json', '<html>'],
  ['not_a_set', '{}'],
  ['empty_set', '{"keys":[]}'],
])('what stands where the keys should: %s', async (code, text) => {
  const { fetchText } = network({ [OPENID]: document(), [KEYS]: text });
  expect(await getKeys({ issuer: ISSUER }, fetchText)).toEqual({ state: 'failed', code, detail: '', url: KEYS });
});

test('a server that does not answer for the keys says so', async () => {
  const { fetchText } = network({ [OPENID]: document() });
  const failed = { state: 'failed', code: 'status', detail: '404', url: KEYS };
  expect(await getKeys({ issuer: ISSUER }, fetchText)).toEqual(failed);
});

test('a pasted address of a set is nobody’s, if nobody said whose', async () => {
  const { asked, fetchText } = network({ [KEYS]: set });
  expect(await getKeys({ url: ` ${KEYS}#part\n` }, fetchText)).toEqual(got(''));
  expect(asked).toEqual([KEYS]);
});

test('a pasted address of a document leads to its keys', async () => {
  const { asked, fetchText } = network({ [OPENID]: document(), [KEYS]: set });
  expect(await getKeys({ url: OPENID }, fetchText)).toEqual(got(ISSUER));
  expect(asked).toEqual([OPENID, KEYS]);
});

test('a pasted document that speaks for another issuer is not believed', async () => {
  const url = 'https://evil.test/.well-known/openid-configuration';
  const { asked, fetchText } = network({ [url]: document(ISSUER, 'https://evil.test/keys') });
  const failed = { state: 'failed', code: 'issuer_differs', detail: `${ISSUER} ≠ ${url}`, url };
  expect(await getKeys({ url }, fetchText)).toEqual(failed);
  expect(asked).toEqual([url]);
});

test('a pasted issuer is one, whatever it shows, and with or without its slash', async () => {
  for (const [issuer, pasted] of [
    [ISSUER, ISSUER],
    [`${ISSUER}/`, ISSUER],
    [ISSUER, `${ISSUER}/`],
  ] as const) {
    for (const page of [
      '<!doctype html>',
      '{"realm":"a"}',
      { error: 'redirect' },
      { error: 'status', detail: '403' },
    ] as const) {
      const { asked, fetchText } = network({ [pasted]: page, [OPENID]: document(issuer), [KEYS]: set });
      expect(await getKeys({ url: pasted }, fetchText)).toEqual(got(issuer));
      expect(asked[0]).toBe(pasted);
      expect(asked.at(-1)).toBe(KEYS);
    }
  }
});

test('a pasted address that is neither says what it said itself', async () => {
  const { asked, fetchText } = network({ 'https://login.test/page': '{"a":1}' });
  const failed = { state: 'failed', code: 'not_a_set', detail: '', url: 'https://login.test/page' };
  expect(await getKeys({ url: 'https://login.test/page' }, fetchText)).toEqual(failed);
  expect(asked).toHaveLength(5);
  expect(new Set(asked.map((url) => new URL(url).origin))).toEqual(new Set(['https://login.test']));
});

test('a pasted address that is slow or empty is not taken for an issuer', async () => {
  for (const answer of ['{"keys":[]}', { error: 'too_slow' }, { error: 'unreachable' }] as const) {
    const { asked, fetchText } = network({ [KEYS]: answer });
    expect(await getKeys({ url: KEYS }, fetchText)).toMatchObject({ state: 'failed', url: KEYS });
    expect(asked).toEqual([KEYS]);
  }
});

test('an address that an issuer named for its keys is asked for nothing else', async () => {
  const { asked, fetchText } = network({});
  expect(await getKeys({ url: KEYS, issuer: ISSUER }, fetchText)).toMatchObject({ code: 'status', url: KEYS });
  expect(asked).toEqual([KEYS]);
});
