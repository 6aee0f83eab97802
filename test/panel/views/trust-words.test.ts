// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { expect, test } from 'vitest';
import type { RingKey } from '../../../src/core/trust/signature.ts';
import { encryptedToken, openingJwk } from '../../fixtures/encrypted.ts';
import { NOW } from '../../fixtures/fake-source.ts';
import { certificate, given, pairFor, publicJwk } from '../../fixtures/keys.ts';
import { CLAIMS, signedToken } from '../../fixtures/tokens.ts';
import { answers, mark } from '../answers.ts';
import { seen } from '../records.ts';
import { all, click, named, open, press, select, text, the, until } from '../screen.ts';

const key = (change: Partial<RingKey> = {}): RingKey => ({
  ...given(publicJwk(pairFor('ES256'), { kid: 'a1' })),
  provenance: 'traffic',
  source: 'https://login.test/jwks',
  ...change,
});

const show = async (keys: readonly RingKey[], token?: string, place?: Parameters<typeof seen>[1]) => {
  const screen = await open({ records: seen(token ?? (await signedToken('ES256', { header: { kid: 'a1' } })), place) });
  await act(() => screen.fake.setKeys(keys));
  await select(0);
  await until(() => expect(answers().Signature).not.toBe('being checked'));
  return screen;
};
const trust = () => answers()['Key trust'];
const sentence = () => text('section.detail h1');

const cases: readonly (readonly [name: string, change: Partial<RingKey>, marked: string, expected: RegExp])[] = [
  ['given', { provenance: 'given', source: undefined }, '✓ good', /^given by you · As good as the place/],
  ['given, with a name', { provenance: 'given', name: 'staging\u202e' }, '✓ good', /^given by you · staging\\u202E · /],
  [
    'discovery',
    { provenance: 'discovery' },
    '✓ good',
    /^fetched from the issuer · login\.test · The issuer itself names this key as its own\. trust$/,
  ],
  [
    'an address that was typed',
    { provenance: 'discovery', issuer: '' },
    '✓ good',
    /^given by you · login\.test · Nothing told whose set it is\. · As good as the place you took the key from\. trust$/,
  ],
  ['traffic', {}, '~ warn', /^JWKS seen in traffic at login\.test · The page loaded this key;.* trust$/],
  [
    'traffic, nobody says whose',
    { issuer: '' },
    '~ warn',
    /^JWKS seen in traffic at login\.test · Nothing told whose set it is\. · .* trust$/,
  ],
  [
    'traffic of another issuer',
    { issuer: 'https://evil.test/\u202e', source: 'https://evil.test/jwks' },
    '~ warn',
    /^JWKS seen in traffic at evil\.test · The set belongs to another issuer than the token names: https:\/\/evil\.test\/\\u202E\. trust$/,
  ],
  ['discovery of another issuer', { provenance: 'discovery', issuer: 'https://b.test' }, '~ warn', /another issuer/],
  [
    'gone from its set',
    { provenance: 'discovery', goneAt: NOW - 60_000 },
    '~ warn',
    /Gone from its set since .*: the issuer may have withdrawn it\./,
  ],
  ['pinned', { pinned: true }, '✓ good', /^pinned by you · JWKS seen in traffic at login\.test Unpin$/],
  ['pinned, though gone', { pinned: true, goneAt: NOW }, '✓ good', /^pinned by you · .*Gone from its set since/],
];

test.each(cases)('says where the key came from, and what that proves: %s', async (_, change, marked, expected) => {
  await show([key(change)]);
  await until(() => expect(trust()).toMatch(expected));
  expect(mark('Key trust')).toBe(marked);
  expect(mark('Signature')).toBe('✓ good');
});

test('a person pins a key by a button, and takes it back, by keyboard too', async () => {
  const { fake } = await show([key()]);
  await until(() => expect(trust()).toMatch(/ trust$/));
  const button = named('trust');
  expect(button.tagName).toBe('BUTTON');
  await click(button);
  await until(() => expect(trust()).toMatch(/^pinned by you/));
  expect(fake.keys()[0]?.pinned).toBe(true);
  await click(named('Unpin'));
  await until(() => expect(trust()).toMatch(/^JWKS seen in traffic/));
});

test('a key that the browser did not take stays as it is, and that is told', async () => {
  const { fake } = await show([key()]);
  await until(() => expect(trust()).toMatch(/ trust$/));
  fake.source.changeKey = () => Promise.reject(new Error('QUOTA_BYTES'));
  await click(named('trust'));
  expect(text('.notice')).toMatch(/^The key was not changed/);
});

test('a key that was given has nothing to be pinned', async () => {
  await show([key({ provenance: 'given', source: undefined })]);
  await until(() => expect(trust()).toMatch(/^given by you/));
  expect(() => named('trust')).toThrow();
});

test('the key that the token brought along verifies, proves nothing, and is never good', async () => {
  const jwk = publicJwk(pairFor('ES256'));
  await show([], await signedToken('ES256', { header: { jwk } }));
  await until(() => expect(answers().Signature).toMatch(/^verified · ES256/));
  expect(trust()).toMatch(/^inside the token · Proves nothing about the issuer/);
  expect(mark('Key trust')).toBe('⚠ warn');
  expect(sentence()).toMatch(/; verified with the key it brought along, which proves nothing\.$/);
  expect(the('.say').className).toBe('say warn');
  expect(text('[role=option] .spoken')).toBe('verified · inside the token,');
  expect(the('[role=option] .more > span').className).toBe('warn');
  expect(text('.signature')).toContain('Verified as ES256 with JWK · inside the token.');
});

test('a certificate that the token brought along is shown for what it says', async () => {
  const pem = await certificate(pairFor('ES256'));
  const x5c = [pem.replace(/-----[^-]+-----|\s/g, ''), 'not base64 <b>'];
  await show([], await signedToken('ES256', { header: { x5c } }));
  await until(() => expect(trust()).toMatch(/^inside the token/));
  await until(() => expect(text('.certificate')).toContain('claimcheck.test'));
  expect(all('.certificate')).toHaveLength(1);
  expect(text('[aria-label=Header]')).toContain('not base64 <b>');
});

test('a DPoP proof brings its key by design', async () => {
  const jwk = publicJwk(pairFor('ES256'));
  const payload = { jti: 'x', htm: 'GET', htu: 'https://api.test/me', iat: NOW / 1000 };
  const proof = await signedToken('ES256', { header: { jwk, typ: 'dpop+jwt' }, payload });
  await show([], proof, { place: { kind: 'request_header', name: 'dpop' } });
  await until(() => expect(sentence()).toMatch(/^DPoP proof, signed with the key that it carries/));
  expect(the('.say').className).toBe('say good');
  expect(the('[role=option] .more > span').className).toBe('good');
  expect(trust()).toMatch(/^A proof carries its key by design\./);
  expect(mark('Key trust')).toBe('– dim');
  expect(answers().Time).toMatch(/^for one request · made /);
  expect(text('[role=option]')).toContain('for one request');
});

test('who can have sealed a token depends on the key: whoever has the secret, or anyone', async () => {
  await show([given(openingJwk('dir'))], await encryptedToken('dir'));
  await until(() => expect(trust()).toBe('given by you · Whoever has this key can have written it.'));
  expect(mark('Key trust')).toBe('✓ good');
});

test('anyone can seal to a public key', async () => {
  await show([given(openingJwk('RSA-OAEP'))], await encryptedToken('RSA-OAEP', { payload: CLAIMS }));
  await until(() => expect(trust()).toMatch(/^Anyone can encrypt to a public key/));
  expect(mark('Key trust')).toBe('– dim');
  expect(sentence()).toMatch(/decrypted, but anyone can have sealed it\.$/);
  await press(the('section.detail'), 'Escape');
});

const GREEN = /^Alive for .*, signature verified\.$/;
const STRANGER = /; verified, but with a key that is not known to be its issuer's\.$/;
test.each<[string, Partial<RingKey>, RegExp, string]>([
  ["on the issuer's own host", { issuer: '' }, GREEN, 'good'],
  ["the issuer's, elsewhere", { source: 'https://cdn.test/keys' }, GREEN, 'good'],
  ["nobody's", { issuer: '', source: 'http://evil.test/jwks' }, STRANGER, 'warn'],
  ["another's", { issuer: 'https://evil.test', source: 'https://evil.test/jwks' }, STRANGER, 'warn'],
  ['gone', { goneAt: NOW }, /; verified, but with a key that is gone from its set\.$/, 'warn'],
  ['pinned', { issuer: '', source: 'http://evil.test/jwks', pinned: true }, GREEN, 'good'],
])('the sentence on top doubts a key as its answer does: %s', async (_, change, expected, tone) => {
  await show([key({ issuer: 'https://login.test', ...change })]);
  await until(() => expect(sentence()).toMatch(expected));
  expect(the('.say').className).toBe(`say ${tone}`);
});

test("of a set that is nobody's, on another host, nothing says that it is likely the issuer's", async () => {
  await show([key({ issuer: '', source: 'https://evil.test/jwks' })]);
  await until(() => expect(trust()).toBe('JWKS seen in traffic at evil.test · Nothing told whose set it is. trust'));
  // The list of tokens gives it no tick either.
  expect(text('[role=option] .more')).toMatch(/^~ verified · whose key it is, is in doubt, /);
  expect(mark('Key trust')).toBe('~ warn');
});

test('keys of other issuers that do not verify accuse nobody, in the row nor in the answers', async () => {
  const other = { issuer: 'https://other.test', source: 'https://other.test/jwks' };
  const text = JSON.stringify(publicJwk(pairFor('ES384'), { kid: 'a1' }));
  await show([
    key({ ...other, text, id: 'b' }),
    key({ ...other, text: JSON.stringify(publicJwk(pairFor('ES256K'))), id: 'c' }),
  ]);
  expect(mark('Signature')).toBe('? dim');
  expect(mark('Key trust')).toBe('– dim');
  expect(the('[role=option] .more > span').className).toBe('dim');
  expect(the('.say').className).toBe('say plain');
});
