import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinSet } from '../../../src/core/trust/join-set.ts';
import type { RingChange } from '../../../src/core/trust/ring-bounds.ts';
import type { RingKey } from '../../../src/core/trust/signature.ts';
import { ecPair, edPair, privateJwk, publicJwk } from '../../fixtures/keys.ts';

const SOURCE = 'https://login.test/keys';
const ISSUER = 'https://login.test';
const [a, b] = [publicJwk(ecPair('P-256'), { kid: 'a', alg: 'ES256' }), publicJwk(edPair(), { kid: 'b' })];

const setOf = (keys: readonly unknown[], issuer = ISSUER, source = SOURCE) => ({
  source,
  issuer,
  text: JSON.stringify({ keys }),
});
const after = (ring: readonly RingKey[], { put, remove }: RingChange): readonly RingKey[] =>
  [...new Map([...ring, ...put].map((key) => [key.id, key])).values()].filter(({ id }) => !remove.includes(id));
const kids = (ring: readonly RingKey[]) => ring.map(({ text }) => JSON.parse(text).kid);

test('each key becomes an entry of its own, named by the address and its members', async () => {
  const { put, remove } = await joinSet([], setOf([{ ...a, x5c: ['MII'] }, b]), 'traffic', 7);
  const text = JSON.stringify(Object.fromEntries(Object.entries(a).sort(([one], [other]) => (one < other ? -1 : 1))));
  const id = createHash('sha256').update(`${SOURCE}\n${text}`).digest('base64url');
  expect(put[0]).toEqual({ id, text, provenance: 'traffic', issuer: ISSUER, addedAt: 7, source: SOURCE });
  expect(kids(put)).toEqual(['a', 'b']);
  expect(remove).toEqual([]);
});

test('seen again nothing is written, whatever the order, the fragment, and what else stands there', async () => {
  const { put } = await joinSet([], setOf([a, b]), 'traffic', 7);
  const shuffled = Object.fromEntries(Object.entries(a).reverse());
  const again = setOf([b, { ...shuffled, nbf: 1 }], ISSUER, `${SOURCE}#part`);
  expect(await joinSet(put, again, 'traffic', 8)).toEqual({ put: [], remove: [] });
});

test('the same key of another address is another entry', async () => {
  const { put } = await joinSet([], setOf([a]), 'traffic', 7);
  const other = await joinSet(put, setOf([a], ISSUER, 'https://other.test/keys'), 'traffic', 8);
  expect(other.put).toHaveLength(1);
  expect(other.put[0]?.id).not.toBe(put[0]?.id);
});

test('keys that the set no longer has are gone, and come back with their name and first sight', async () => {
  let ring = (await joinSet([], setOf([a, b]), 'traffic', 1)).put.map((key) => ({ ...key, name: 'mine' }));
  const lost = await joinSet(ring, setOf([b]), 'traffic', 2);
  expect(lost).toEqual({ put: [{ ...ring[0], goneAt: 2 }], remove: [] });
  ring = after(ring, lost).map((key) => ({ ...key, name: 'mine' }));
  expect(await joinSet(ring, setOf([b]), 'traffic', 3)).toEqual({ put: [], remove: [] });
  const back = await joinSet(ring, setOf([a, b]), 'traffic', 4);
  expect(back.put).toEqual([{ ...ring[0], goneAt: undefined }]);
  expect(back.put[0]).not.toHaveProperty('goneAt');
});

test('a key that was given, or stood elsewhere, is never gone with a set', async () => {
  const given: RingKey = { id: 'g', text: 'secret', provenance: 'given', issuer: ISSUER, addedAt: 0 };
  const other = (await joinSet([], setOf([a], ISSUER, 'https://other.test/keys'), 'traffic', 1)).put;
  const { put } = await joinSet([given, ...other], setOf([b]), 'discovery', 2);
  expect(kids(put)).toEqual(['b']);
});

test('what was fetched stays so when it passes by, and what passed by becomes it when fetched', async () => {
  const seen = (await joinSet([], setOf([a], ''), 'traffic', 1)).put;
  const fetched = await joinSet(seen, setOf([a]), 'discovery', 2);
  expect(fetched.put).toEqual([{ ...seen[0], provenance: 'discovery', issuer: ISSUER }]);
  expect(await joinSet(fetched.put, setOf([a], ''), 'traffic', 3)).toEqual({ put: [], remove: [] });
});

test('whose a key is, traffic says once, and only a fetch overrules', async () => {
  const nobodys = (await joinSet([], setOf([a], ''), 'traffic', 1)).put;
  const named = (await joinSet(nobodys, setOf([a], 'https://one.test'), 'traffic', 2)).put;
  expect(named.map(({ issuer }) => issuer)).toEqual(['https://one.test']);
  expect(await joinSet(named, setOf([a], 'https://two.test'), 'traffic', 3)).toEqual({ put: [], remove: [] });
  const fetched = await joinSet(named, setOf([a], 'https://two.test'), 'discovery', 4);
  expect(fetched.put.map(({ issuer }) => issuer)).toEqual(['https://two.test']);
  expect(fetched.put[0]?.alsoOf).toEqual(['https://one.test']);
  expect((await joinSet(fetched.put, setOf([a], ''), 'discovery', 5)).put).toEqual([]);
});

test('of a private key only the public half is kept, and nothing of a secret', async () => {
  const pair = ecPair('P-256');
  const { put } = await joinSet([], setOf([privateJwk(pair), { kty: 'oct', k: 'c2VjcmV0' }]), 'traffic', 1);
  expect(put.map(({ text }) => JSON.parse(text))).toEqual([publicJwk(pair)]);
});

test.each(['', 'no json', '{}', '{"keys":[]}', '{"keys":[{"kty":"oct","k":"AA"}]}', '{"keys":[{"kty"'])(
  'what is no set of public keys changes nothing: %s',
  async (text) => {
    const ring = (await joinSet([], setOf([a]), 'traffic', 1)).put;
    expect(await joinSet(ring, { source: SOURCE, issuer: ISSUER, text }, 'discovery', 2)).toEqual({
      put: [],
      remove: [],
    });
  },
);

test('after any two sets the present keys are those of the last, and a third sight of it changes nothing', async () => {
  const pool = Array.from({ length: 5 }, (_, index) => publicJwk(edPair(), { kid: `${index}` }));
  const some = fc.subarray(pool, { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(some, some, async (first, second) => {
      let ring = after([], await joinSet([], setOf(first), 'traffic', 1));
      ring = after(ring, await joinSet(ring, setOf(second), 'traffic', 2));
      const present = kids(ring.filter(({ goneAt }) => goneAt === undefined));
      expect(present.toSorted()).toEqual(second.map(({ kid }) => kid).toSorted());
      expect(await joinSet(ring, setOf(second), 'traffic', 3)).toEqual({ put: [], remove: [] });
    }),
    { numRuns: 30 },
  );
});
