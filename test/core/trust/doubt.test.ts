import { expect, test } from 'vitest';
import { decode } from '../../../src/core/token/decode.ts';
import type { Discovery } from '../../../src/core/trust/discovery.ts';
import { doubtOf } from '../../../src/core/trust/doubt.ts';
import { joinSeen } from '../../../src/core/trust/seen-keys.ts';
import type { RingKey } from '../../../src/core/trust/signature.ts';
import { createVerifier } from '../../../src/core/trust/verify.ts';
import { ecPair, publicJwk } from '../../fixtures/keys.ts';
import { CLAIMS, signedToken } from '../../fixtures/tokens.ts';

const ISSUER = 'https://login.test/realms/a';
const key = (change: Partial<RingKey> = {}): RingKey => ({
  id: 'a',
  text: '{}',
  provenance: 'traffic',
  issuer: '',
  addedAt: 0,
  source: 'https://login.test/keys',
  ...change,
});
const at = (source: string, change: Partial<RingKey> = {}) => key({ source, ...change });

test.each<[string, RingKey, ReturnType<typeof doubtOf>]>([
  ["on the issuer's own origin", key(), undefined],
  ['named by its document, wherever it stands', at('https://cdn.test/keys', { issuer: ISSUER }), undefined],
  ["nobody's, on another host", at('https://evil.test/keys'), 'nobodys'],
  ["nobody's, on the same host by plain http", at('http://login.test/keys'), 'nobodys'],
  ["nobody's, on another port", at('https://login.test:8443/keys'), 'nobodys'],
  ["nobody's, of no address", { ...key(), source: undefined } as never, 'nobodys'],
  ["another issuer's", at('https://evil.test/keys', { issuer: 'https://evil.test' }), 'other_issuer'],
  ["another issuer's on the same host", key({ issuer: 'https://login.test/realms/b' }), 'other_issuer'],
  ["fetched, another issuer's", key({ provenance: 'discovery', issuer: 'https://evil.test' }), 'other_issuer'],
  ['fetched, from an address that was typed', at('https://cdn.test/keys', { provenance: 'discovery' }), undefined],
  ['fetched', key({ provenance: 'discovery', issuer: ISSUER }), undefined],
  ['gone', key({ provenance: 'discovery', issuer: ISSUER, goneAt: 1 }), 'gone'],
  ["gone, and another issuer's", key({ issuer: 'https://evil.test', goneAt: 1 }), 'other_issuer'],
  ['given', at('', { provenance: 'given', issuer: 'https://other.test', goneAt: 1 }), undefined],
  ['pinned', at('https://evil.test/keys', { pinned: true, issuer: 'https://evil.test', goneAt: 1 }), undefined],
])('a key that is %s', (_, one, expected) => {
  expect(doubtOf(one, ISSUER)).toBe(expected);
});

test('where the token names no issuer, no set in traffic is its own', () => {
  expect(doubtOf(key(), '')).toBe('nobodys');
  expect(doubtOf(key({ issuer: ISSUER }), '')).toBe('other_issuer');
});

/** A ring that saw these bodies pass by, one after the other. */
const ringOf = async (...bodies: readonly (readonly [url: string, body: unknown])[]): Promise<readonly RingKey[]> => {
  let ring: readonly RingKey[] = [];
  let documents: readonly Discovery[] = [];
  for (const [url, body] of bodies) {
    const change = await joinSeen(ring, documents, { url, text: JSON.stringify(body) }, 1);
    const put = new Map([...ring, ...(change?.put ?? [])].map((each) => [each.id, each]));
    ring = [...put.values()].filter(({ id }) => !change?.remove.includes(id));
    documents = change?.documents ?? documents;
  }
  return ring;
};

test('a token in the name of another, signed with a key that its forger let pass by, is verified and doubted', async () => {
  const [own, evil] = [ecPair('P-256'), ecPair('P-256')];
  const claims = { ...CLAIMS, iss: 'https://victim.test' };
  const tokenBy = (pair: typeof own) => signedToken('ES256', { pair, header: { kid: '1' }, payload: claims });
  const setOf = (pair: typeof own) => ({ keys: [publicJwk(pair, { kid: '1' })] });
  const documentOf = (issuer: string, jwks_uri: string) =>
    [`${issuer}/.well-known/openid-configuration`, { issuer, jwks_uri }] as const;
  const doubted = async (token: string, ring: readonly RingKey[]) => {
    const answer = await createVerifier()(decode(token), ring);
    const used = ring.find(({ id }) => id === answer.key?.id);
    return [answer.state, used && doubtOf(used, claims.iss)];
  };
  const forged = await tokenBy(evil);
  expect(await doubted(forged, await ringOf(['http://evil.test/jwks', setOf(evil)]))).toEqual(['verified', 'nobodys']);
  const known = await ringOf(documentOf('https://evil.test', 'https://evil.test/jwks'), [
    'https://evil.test/jwks',
    setOf(evil),
  ]);
  expect(await doubted(forged, known)).toEqual(['verified', 'other_issuer']);
  const healthy = await tokenBy(own);
  expect(await doubted(healthy, await ringOf(['https://victim.test/jwks', setOf(own)]))).toEqual([
    'verified',
    undefined,
  ]);
  const elsewhere = await ringOf(
    ['https://cdn.test/jwks', setOf(own)],
    documentOf('https://victim.test', 'https://cdn.test/jwks'),
  );
  expect(await doubted(healthy, elsewhere)).toEqual(['verified', undefined]);
});
