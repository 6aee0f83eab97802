import { describe, expect, test } from 'vitest';
import { decode } from '../../../src/core/token/decode.ts';
import { createEmbedded } from '../../../src/core/trust/embedded.ts';
import type { RingKey } from '../../../src/core/trust/signature.ts';
import { createVerifier } from '../../../src/core/trust/verify.ts';
import { certificate, ecPair, given, pairFor, privateJwk, publicJwk, publicPem } from '../../fixtures/keys.ts';
import { CLAIMS, hmacToken, SECRET, signedToken } from '../../fixtures/tokens.ts';

const ISSUER = CLAIMS.iss;
const own = ecPair('P-256');
const JWK = publicJwk(own);
const x5c = async (pair = own) => [(await certificate(pair)).replace(/-----[A-Z ]+-----|\s/g, '')];
const check = (token: string, keys: readonly RingKey[] = []) => createVerifier()(decode(token), keys);
const sign = (header: object, payload: unknown = CLAIMS) => signedToken('ES256', { pair: own, header, payload });
const idsOf = (header: object) => createEmbedded()({ ...header }).map(({ given: { id } }) => id);

describe('what a token brought along', () => {
  test('verifies it where no other key is known, and says where it came from', async () => {
    expect(await check(await sign({ jwk: JWK }))).toMatchObject({
      state: 'verified',
      key: { id: 'jwk', format: 'jwk', provenance: 'token' },
    });
    expect(await check(await sign({ x5c: await x5c() }))).toMatchObject({
      state: 'verified',
      key: { id: 'x5c', format: 'x509', provenance: 'token' },
    });
  });

  test('denies it too', async () => {
    const answer = await check(await sign({ jwk: publicJwk(ecPair('P-256')) }));
    expect(answer).toMatchObject({ state: 'mismatch', reason: 'bad_signature', key: { id: 'jwk' } });
    expect(await check(await sign({ x5c: await x5c(ecPair('P-256')) }))).toMatchObject({ state: 'mismatch' });
  });

  test('does not fit, and says why', async () => {
    expect(await check(await sign({ jwk: publicJwk(pairFor('RS256')) }))).toMatchObject({
      state: 'key_does_not_fit',
      reason: 'wrong_key_type',
      key: { id: 'jwk' },
    });
  });

  test('is the leaf of the chain, and no other certificate of it', async () => {
    const chain = [...(await x5c(ecPair('P-256'))), ...(await x5c())];
    expect(await check(await sign({ x5c: chain }))).toMatchObject({ state: 'mismatch' });
    expect(await check(await sign({ x5c: chain.toReversed() }))).toMatchObject({ state: 'verified' });
  });

  test('reports what the JWK says of itself', async () => {
    const answer = await check(await sign({ jwk: { ...JWK, alg: 'ES384', use: 'enc' } }));
    expect(answer).toMatchObject({ state: 'verified', disagrees: ['alg', 'use'] });
  });
});

describe('what counts as none', () => {
  test.each([
    ['nothing', {}],
    ['a private JWK', { jwk: privateJwk(own) }],
    ['a secret', { jwk: { kty: 'oct', k: 'AAAA' } }],
    ['no JWK', { jwk: 'x' }],
    ['null', { jwk: null }],
    ['a list', { jwk: [JWK] }],
    ['a set', { jwk: { keys: [JWK] } }],
    ['no certificate', { x5c: ['AAAA'] }],
    ['a chain of nothing', { x5c: [] }],
    ['a chain that is a text', { x5c: 'AAAA' }],
    ['a number', { x5c: [7] }],
    ['a JWK for a certificate', { x5c: [JSON.stringify(JWK)] }],
    ['a PEM for a certificate', { x5c: [publicPem(own)] }],
    ['a public key for a certificate', { x5c: [publicPem(own).replace(/-----[A-Z ]+-----|\s/g, '')] }],
  ])('%s', async (_, header) => {
    expect(idsOf(header)).toEqual([]);
    expect(await check(await sign(header))).toMatchObject({ state: 'no_key', reason: 'no_key_given' });
  });

  test('a secret verifies nothing, as it would verify what anybody wrote', async () => {
    const token = hmacToken(SECRET, { header: { jwk: { kty: 'oct', k: Buffer.from(SECRET).toString('base64url') } } });
    expect(await check(token)).toMatchObject({ state: 'no_key' });
  });
});

describe('comes after every other key (CVE-2018-0114)', () => {
  const issuers = (kid: string, issuer = ISSUER, provenance: RingKey['provenance'] = 'discovery') =>
    given(publicJwk(ecPair('P-256'), { kid }), provenance, 0, issuer);

  test.each(['given', 'discovery', 'traffic'] as const)(
    "the issuer's key for that kid says no: %s",
    async (provenance) => {
      const forged = await sign({ kid: 'a1', jwk: { ...JWK, kid: 'a1' } });
      expect(await check(forged, [issuers('a1', ISSUER, provenance)])).toMatchObject({
        state: 'mismatch',
        reason: 'bad_signature',
        key: { provenance },
      });
    },
  );

  test('nor by another algorithm, which that key does not even fit', async () => {
    const rsa = given(publicJwk(pairFor('RS256'), { kid: 'a1' }), 'discovery', 0, ISSUER);
    const forged = await sign({ kid: 'a1', jwk: JWK });
    expect(await check(forged, [rsa])).toMatchObject({ state: 'key_does_not_fit', reason: 'wrong_key_type' });
  });

  test('a key of the issuer without a kid says no', async () => {
    const key = given(publicPem(ecPair('P-256')), 'given', 0, ISSUER);
    expect(await check(await sign({ jwk: JWK }), [key])).toMatchObject({ state: 'mismatch', key: { id: key.id } });
  });

  test('another key that verifies is the one that is named', async () => {
    const key = given(publicJwk(own), 'traffic', 0, 'https://elsewhere.test');
    expect(await check(await sign({ jwk: JWK }), [key])).toMatchObject({ state: 'verified', key: { id: key.id } });
  });

  test('keys that decide nothing leave it to decide', async () => {
    const token = await sign({ kid: 'a1', jwk: JWK });
    for (const key of [
      issuers('b2'),
      issuers('a1', 'https://elsewhere.test'),
      given('not even a key', 'given', 0, ''),
    ]) {
      expect(await check(token, [key])).toMatchObject({ state: 'verified', key: { id: 'jwk', provenance: 'token' } });
    }
  });

  test('a proof that names no issuer is not accused by a key that was given for another such token', async () => {
    const proof = await sign({ typ: 'dpop+jwt', jwk: JWK }, { htm: 'GET', htu: 'https://api.test/', jti: '1', iat: 1 });
    const key = given(publicPem(ecPair('P-256')), 'given', 0, '');
    expect(await check(proof, [key])).toMatchObject({ state: 'verified', key: { id: 'jwk' } });
  });
});

test('a key that is only being tried is asked alone, and that is not remembered', async () => {
  const verify = createVerifier();
  const token = decode(await sign({ jwk: JWK }));
  const keys = [given('not the key', 'given', 0, '')];
  expect(await verify(token, keys, { onlyKnown: true })).toMatchObject({ reason: 'secret_for_public_alg' });
  expect(await verify(token, [], { onlyKnown: true })).toMatchObject({ reason: 'no_key_given' });
  expect(await verify(token, [])).toMatchObject({ state: 'verified', key: { id: 'jwk' } });
});

test('reads a key once for all the tokens that bring it, and forgets what a thousand others brought', () => {
  const embedded = createEmbedded();
  const first = embedded({ jwk: JWK })[0];
  expect(first).toBeDefined();
  expect(embedded({ jwk: { ...JWK } })[0]).toBe(first);
  for (let kid = 0; kid < 1000; kid++) embedded({ jwk: { ...JWK, kid: String(kid) } });
  expect(embedded({ jwk: JWK })[0]).not.toBe(first);
});
