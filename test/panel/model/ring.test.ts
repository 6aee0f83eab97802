import { expect, test } from 'vitest';
import { readKey } from '../../../src/core/trust/read-key.ts';
import type { RingKey } from '../../../src/core/trust/signature.ts';
import {
  groupKeys,
  inOrder,
  isSecret,
  materialOf,
  nearestKeys,
  rankOf,
  sourceHost,
  toldAs,
} from '../../../src/panel/model/ring.ts';
import { certificate, pairFor, privateJwk, privatePem, publicJwk, publicPem } from '../../fixtures/keys.ts';

const key = (id: string, change: Partial<RingKey> = {}): RingKey => ({
  id,
  text: id,
  provenance: 'given',
  issuer: '',
  addedAt: 0,
  ...change,
});
const ids = (keys: readonly RingKey[]) => keys.map(({ id }) => id);
const read = (text: string) => readKey(text);

test('a pinned key ranks as given, whatever it came from', () => {
  expect(rankOf(key('a', { provenance: 'traffic' }))).toBe('traffic');
  expect(toldAs(key('a', { provenance: 'discovery', issuer: 'https://a.test' }))).toBe('discovery');
  expect(toldAs(key('a', { provenance: 'discovery', issuer: '' }))).toBe('given');
  expect(toldAs(key('a', { provenance: 'traffic', issuer: '' }))).toBe('traffic');
  expect(rankOf(key('a', { provenance: 'traffic', pinned: true }))).toBe('given');
});

test('the host of a source has its port; an address that is none has no host', () => {
  expect(sourceHost(key('a', { source: 'https://login.test:8443/jwks?x' }))).toBe('login.test:8443');
  expect(sourceHost(key('a', { source: 'nowhere' }))).toBe('');
  expect(sourceHost(key('a'))).toBe('');
});

test('keys stand by issuer, then by host, then those of nobody; best provenance first, then the newest', () => {
  const keys = [
    key('nobody'),
    key('z-host', { provenance: 'traffic', source: 'https://z.test/jwks' }),
    key('a-host', { provenance: 'traffic', source: 'https://a.test/jwks' }),
    key('b-old', { issuer: 'https://b.test', provenance: 'discovery', addedAt: 1 }),
    key('b-new', { issuer: 'https://b.test', provenance: 'discovery', addedAt: 2 }),
    key('b-traffic', { issuer: 'https://b.test', provenance: 'traffic', addedAt: 9 }),
    key('b-given', { issuer: 'https://b.test' }),
    key('a-only', { issuer: 'https://a.test' }),
  ];
  const expected = ['a-only', 'b-given', 'b-new', 'b-old', 'b-traffic', 'a-host', 'z-host', 'nobody'];
  expect(ids(inOrder(keys))).toEqual(expected);
  expect(ids(inOrder(keys.toReversed()))).toEqual(expected);
});

test('a key that is pinned keeps its place', () => {
  const keys = [key('new', { provenance: 'traffic', addedAt: 2 }), key('old', { provenance: 'traffic', addedAt: 1 })];
  const pinned = keys.map((one) => (one.id === 'old' ? { ...one, pinned: true as const } : one));
  expect(ids(inOrder(pinned))).toEqual(ids(inOrder(keys)));
});

test('groups are neighbours of one issuer; an issuer called like a host is another group', () => {
  const groups = groupKeys(
    inOrder([
      key('1', { issuer: 'a.test' }),
      key('2', { provenance: 'traffic', source: 'https://a.test/jwks' }),
      key('3', { issuer: 'a.test', provenance: 'traffic', source: 'https://other.test/jwks' }),
      key('4'),
    ]),
  );
  expect(groups.map(({ name, keys }) => [name, ids(keys)])).toEqual([
    ['a.test', ['1', '3']],
    ['a.test', ['2']],
    ['', ['4']],
  ]);
  expect(new Set(groups.map(({ id }) => id)).size).toBe(3);
});

test('nearest are the keys of the issuer, then those given, and no more than asked for', () => {
  const keys = [
    key('other', { issuer: 'https://b.test', provenance: 'discovery' }),
    key('given'),
    key('own', { issuer: 'https://a.test', provenance: 'traffic' }),
  ];
  expect(ids(nearestKeys(keys, 'https://a.test', 9))).toEqual(['own', 'given', 'other']);
  expect(ids(nearestKeys(keys, 'https://a.test', 1))).toEqual(['own']);
  // No issuer is nobody's issuer.
  expect(ids(nearestKeys([key('x', { provenance: 'traffic' }), key('given')], '', 9))).toEqual(['given', 'x']);
  const shared = key('shared', { provenance: 'traffic', issuer: 'https://b.test', alsoOf: ['https://a.test'] });
  expect(ids(nearestKeys([...keys, shared], 'https://a.test', 2))).toContain('shared');
});

test('what is only public may be remembered without a warning, and nothing else', async () => {
  const pair = pairFor('ES256');
  const set = (...keys: readonly object[]) => JSON.stringify({ keys });
  expect(isSecret(read(publicPem(pair)))).toBe(false);
  expect(isSecret(read(await certificate(pair)))).toBe(false);
  expect(isSecret(read(set(publicJwk(pair), publicJwk(pairFor('ES384')))))).toBe(false);
  expect(isSecret(read(privatePem(pair)))).toBe(true);
  expect(isSecret(read(set(publicJwk(pair), privateJwk(pairFor('ES384')))))).toBe(true);
  expect(isSecret(read(set(publicJwk(pair), { kty: 'oct', k: 'c2VjcmV0' })))).toBe(true);
  expect(isSecret(read('a secret'))).toBe(true);
  // What cannot be read may be a secret too.
  expect(isSecret(read('{"kty":"oct"'))).toBe(true);
  expect(isSecret(read(set(publicJwk(pair), { kty: 'x', d: 'secret' })))).toBe(true);
});

test('type and size are called as everybody calls them', () => {
  const material = (text: string) => {
    const reading = read(text);
    return 'error' in reading ? reading.error : reading.candidates.map(materialOf)[0];
  };
  expect(material(publicPem(pairFor('RS256')))).toBe('RSA 2048');
  expect(material(publicPem(pairFor('ES384')))).toBe('EC P-384');
  expect(material(publicPem(pairFor('Ed25519')))).toBe('Ed25519');
  expect(material('secret')).toBe('');
});
