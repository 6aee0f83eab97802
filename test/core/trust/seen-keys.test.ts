import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Discovery } from '../../../src/core/trust/discovery.ts';
import { isForeign, nearness } from '../../../src/core/trust/nearness.ts';
import { joinSeen, mayHoldKeys } from '../../../src/core/trust/seen-keys.ts';
import type { RingKey } from '../../../src/core/trust/signature.ts';
import { issuersOf, MAX_ISSUERS } from '../../../src/core/trust/whose.ts';
import { edPair, publicJwk } from '../../fixtures/keys.ts';

const key = publicJwk(edPair(), { kid: 'a' });
const setAt = (url: string, keys: readonly unknown[] = [key]) => ({ url, text: JSON.stringify({ keys }) });
const documentOf = (issuer: string, jwks_uri: string, url = `${issuer}/.well-known/openid-configuration`) => ({
  url,
  text: JSON.stringify({ issuer, jwks_uri }),
});

/** A ring that sees one body after the other. */
const seeing = () => {
  let ring: readonly RingKey[] = [];
  let documents: readonly Discovery[] = [];
  let at = 0;
  return {
    issuers: () => ring.map(({ issuer }) => issuer),
    ring: () => ring,
    documents: () => documents,
    /** Whether anything changed. */
    async see(body: { readonly url: string; readonly text: string }): Promise<boolean> {
      at += 1;
      const change = await joinSeen(ring, documents, body, at);
      if (!change) return false;
      const put = new Map([...ring, ...change.put].map((each) => [each.id, each]));
      ring = [...put.values()].filter(({ id }) => !change.remove.includes(id));
      documents = change.documents ?? documents;
      return true;
    },
  };
};

test('whichever comes first, set or document, the keys are the issuer’s', async () => {
  const set = setAt('https://login.test/keys');
  const document = documentOf('https://login.test', 'https://login.test/keys');
  for (const order of [
    [set, document],
    [document, set],
  ]) {
    const { see, ring, issuers } = seeing();
    for (const body of order) expect(await see(body)).toBe(true);
    expect(issuers()).toEqual(['https://login.test']);
    expect(ring()).toMatchObject([{ provenance: 'traffic', source: 'https://login.test/keys' }]);
    for (const body of order) expect(await see(body)).toBe(false);
  }
});

test('a set that no document names is nobody’s', async () => {
  const { see, issuers } = seeing();
  await see(documentOf('https://login.test', 'https://login.test/keys'));
  await see(setAt('https://login.test/other'));
  expect(issuers()).toEqual(['']);
});

test.each([
  ['at another place', documentOf('https://login.test', 'https://login.test/keys', 'https://login.test/openid.json')],
  [
    'of another host',
    documentOf('https://login.test', 'https://login.test/keys', 'https://evil.test/.well-known/openid-configuration'),
  ],
  ['over http', documentOf('http://login.test', 'http://login.test/keys')],
  ['that names keys over http', documentOf('https://login.test', 'http://login.test/keys')],
  ['with an issuer that is none', documentOf('', 'https://login.test/keys')],
  ['with an issuer too long', documentOf(`https://login.test/${'a'.repeat(1000)}`, 'https://login.test/keys')],
])('a document %s is not believed', async (_, document) => {
  const { see, documents } = seeing();
  await see(setAt('https://login.test/keys'));
  await see(setAt('http://login.test/keys'));
  expect(await see(document)).toBe(false);
  expect(documents()).toEqual([]);
});

test('on loopback http will do', async () => {
  const { see, issuers } = seeing();
  await see(documentOf('http://localhost:3000', 'http://localhost:3000/jwks'));
  await see(setAt('http://localhost:3000/jwks'));
  expect(issuers()).toEqual(['http://localhost:3000']);
});

test('an issuer on the origin of the set comes before one that only points at it', async () => {
  const { see, issuers } = seeing();
  await see(setAt('https://login.test/keys'));
  await see(documentOf('https://evil.test', 'https://login.test/keys'));
  expect(issuers()).toEqual(['https://evil.test']);
  await see(documentOf('https://login.test', 'https://login.test/keys'));
  expect(issuers()).toEqual(['https://login.test']);
  await see(documentOf('https://other.test', 'https://login.test/keys'));
  expect(issuers()).toEqual(['https://login.test']);
});

test('a set that several name is of each of them, whoever came first, and of no other', async () => {
  const [evil, mine, third] = ['https://evil.test', 'https://login.test', 'https://third.test'];
  const [set, keys] = [setAt('https://cdn.test/keys'), 'https://cdn.test/keys'];
  for (const order of [
    [documentOf(evil, keys), documentOf(mine, keys), set],
    [set, documentOf(evil, keys), documentOf(mine, keys)],
    [documentOf(evil, keys), set, documentOf(mine, keys), set],
  ]) {
    const { see, ring } = seeing();
    for (const body of order) await see(body);
    expect(ring()).toHaveLength(1);
    for (const key of ring()) {
      expect(isForeign(key, mine)).toBe(false);
      expect(nearness(key, mine, false)).toBe('issuer');
      expect(isForeign(key, third)).toBe(true);
    }
    for (const body of order) expect(await see(body)).toBe(false);
  }
});

test('no flood of issuers that name a set takes it from another, nor from the one on its own origin', async () => {
  const keys = 'https://cdn.test/keys';
  const flood = Array.from({ length: 30 }, (_, index) => documentOf(`https://a${index}.evil.test`, keys));
  const { see, ring } = seeing();
  await see(setAt(keys));
  for (const document of [...flood, documentOf('https://login.test', keys), documentOf('https://cdn.test', keys)]) {
    await see(document);
  }
  for (const key of ring()) {
    expect(key.issuer).toBe('https://cdn.test');
    expect(issuersOf(key)).toHaveLength(MAX_ISSUERS);
    expect(nearness(key, 'https://login.test', false)).toBe('issuer');
  }
});

test('many issuers on the origin of a set leave room for one elsewhere', async () => {
  const keys = 'https://bucket.test/mine/keys';
  const { see, ring } = seeing();
  for (let index = 0; index < 15; index += 1) await see(documentOf(`https://bucket.test/${index}`, keys));
  await see(documentOf('https://login.test', keys));
  await see(setAt(keys));
  for (const key of ring()) {
    expect(key.issuer).toBe('https://bucket.test/0');
    expect(issuersOf(key)).toContain('https://login.test');
  }
  expect(await see(setAt(keys))).toBe(false);
});

test('a key that was fetched stays whose it is', async () => {
  const { see, ring } = seeing();
  await see(setAt('https://login.test/keys'));
  const fetched = ring().map((each) => ({ ...each, provenance: 'discovery' as const, issuer: 'https://a.test' }));
  const change = await joinSeen(fetched, [], documentOf('https://login.test', 'https://login.test/keys'), 9);
  expect(change?.put).toEqual([]);
});

test('an issuer that moves its keys is believed anew', async () => {
  const { see, issuers, documents } = seeing();
  await see(documentOf('https://login.test', 'https://login.test/old'));
  await see(documentOf('https://login.test', 'https://login.test/new'));
  await see(setAt('https://login.test/new'));
  expect(documents()).toHaveLength(1);
  expect(issuers()).toEqual(['https://login.test']);
});

test('a page that invents issuers forgets only its own, and there is a bound for all', async () => {
  const { see, documents } = seeing();
  await see(documentOf('https://login.test', 'https://login.test/keys'));
  for (let index = 0; index < 60; index += 1) {
    await see(documentOf(`https://evil.test/${index}`, 'https://evil.test/keys'));
  }
  expect(documents()).toHaveLength(21);
  expect(documents()[0]?.issuer).toBe('https://login.test');
  for (let index = 0; index < 150; index += 1) {
    await see(documentOf(`https://i${index}.evil.test`, 'https://evil.test/keys'));
  }
  expect(documents()).toHaveLength(100);
  expect(documents()[0]?.issuer).toBe('https://login.test');
  for (let index = 0; index < 150; index += 1) await see(documentOf(`https://i${index}.test`, 'https://i.test/keys'));
  expect(documents()).toHaveLength(100);
});

test('an address with a password in it is passed over', async () => {
  expect(await seeing().see(setAt('https://me:secret@login.test/keys'))).toBe(false);
});

test('only what can hold keys is worth reading', () => {
  expect(mayHoldKeys(setAt('').text)).toBe(true);
  expect(mayHoldKeys(documentOf('', 'https://a.test').text)).toBe(true);
  for (const text of ['', '{"keys":[]}', '{"kty":"RSA"}', '{"a":1}']) expect(mayHoldKeys(text)).toBe(false);
});

test('no body breaks it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.webUrl(), fc.string()), fc.oneof(fc.string(), fc.json()), async (url, text) => {
      const change = await joinSeen([], [], { url, text }, 1);
      expect(change?.put ?? []).toEqual([]);
    }),
  );
});
