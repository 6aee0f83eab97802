import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { ml_dsa44, ml_dsa65, ml_dsa87 } from '@noble/post-quantum/ml-dsa.js';
import { calculateJwkThumbprint } from 'jose';
import { describe, expect, test } from 'vitest';
import type { KeyCandidate } from '../../../src/core/trust/key.ts';
import { withPublicHalf } from '../../../src/core/trust/public-half.ts';
import { publicSet, thumbprint, toJwk, toPem } from '../../../src/core/trust/write-key.ts';
import { PAIRS } from '../../fixtures/key-pairs.ts';
import { pairFor, privateJwk, privatePem, publicJwk, publicPem } from '../../fixtures/keys.ts';
import { opensslCertificate } from '../../fixtures/openssl.ts';
import { read } from '../../fixtures/read.ts';

describe.each(PAIRS)('%s', (_, pair) => {
  test('JWK and PEM are those of node', () => {
    const key = read(publicPem(pair));
    expect(toJwk(key)).toEqual(publicJwk(pair));
    expect(toPem(key)).toBe(publicPem(pair));
  });

  test('of a private key the public half, whether it came with it or not', async () => {
    const { x: _x, y: _y, ...bare } = privateJwk(pair);
    for (const text of [
      privatePem(pair),
      privateJwk(pair),
      pair.publicKey.asymmetricKeyType === 'rsa' ? privateJwk(pair) : bare,
    ]) {
      const key = await withPublicHalf(read(text));
      expect(toJwk(key)).toEqual(publicJwk(pair));
      expect(toPem(key)).toBe(publicPem(pair));
      expect(key).toMatchObject({ fromPrivate: true, privateMaterial: privateJwk(pair) });
    }
  });

  test('the thumbprint is that of jose, of either half', async () => {
    const expected = await calculateJwkThumbprint(publicJwk(pair));
    expect(await thumbprint(read(publicPem(pair)))).toBe(expected);
    expect(await thumbprint(read(privatePem(pair)))).toBe(expected);
  });
});

test('the members that make the key come first, in order of name; then kid, use and alg, and nothing else', () => {
  const jwk = { use: 'sig', y: publicJwk(pairFor('ES256')).y, kid: 'a', alg: 'ES256', x5t: 'x', key_ops: ['verify'] };
  const text = JSON.stringify(toJwk(read({ ...jwk, ...publicJwk(pairFor('ES256')), ext: true })));
  expect(text).toMatch(/^\{"crv":"P-256","kty":"EC","x":"[\w-]+","y":"[\w-]+","kid":"a","use":"sig","alg":"ES256"\}$/);
});

test('a secret is a JWK of its own, and no PEM', () => {
  expect(toJwk(read({ kty: 'oct', k: 'AAEC', kid: 's' }))).toEqual({ kty: 'oct', k: 'AAEC', kid: 's' });
  expect(toPem(read({ kty: 'oct', k: 'AAEC' }))).toBeUndefined();
});

test('a curve without an object identifier has no PEM', () => {
  expect(toPem(read({ kty: 'OKP', crv: 'Ed999', x: 'AAEC' }))).toBeUndefined();
});

test('what carries no public half is not written as if it did', async () => {
  const key = read(privatePem(pairFor('Ed25519')));
  expect([toJwk(key), toPem(key)]).toEqual([undefined, undefined]);
});

test('a private number that none of the curve is stays as it came', async () => {
  // The order of P-256 itself
  const d = Buffer.from('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551', 'hex').toString(
    'base64url',
  );
  const key = read({ kty: 'EC', crv: 'P-256', d });
  expect(await withPublicHalf(key)).toBe(key);
  expect(await thumbprint(key)).toBeUndefined();
});

test('RSA for PSS only keeps its algorithm identifier', () => {
  const pair = generateKeyPairSync('rsa-pss', { modulusLength: 2048 });
  expect(toPem(read(publicPem(pair)))).toBe(publicPem(pair));
});

test('a certificate gives the very key structure that it holds', () => {
  const pair = generateKeyPairSync('rsa-pss', {
    modulusLength: 2048,
    hashAlgorithm: 'sha256',
    mgf1HashAlgorithm: 'sha256',
  });
  const key = read(opensslCertificate(privatePem(pair)));
  expect(toPem(key)).toBe(publicPem(pair));
  expect(toPem({ ...key, certificate: undefined } as KeyCandidate)).not.toBe(publicPem(pair));
});

test('a modulus with a zero before it is the same key', async () => {
  const { n = '', e = '' } = publicJwk(pairFor('RS256'));
  const padded = Buffer.concat([Buffer.of(0), Buffer.from(n, 'base64url')]).toString('base64url');
  expect(toJwk(read({ kty: 'RSA', n: padded, e }))).toEqual({ kty: 'RSA', n, e });
});

describe.each([
  ['ML-DSA-44', ml_dsa44, '11'],
  ['ML-DSA-65', ml_dsa65, '12'],
  ['ML-DSA-87', ml_dsa87, '13'],
] as const)('%s', (alg, scheme, arc) => {
  const seed = new Uint8Array(32).fill(7);
  const { publicKey, secretKey } = scheme.keygen(seed);
  const jwk = { kty: 'AKP', alg, pub: Buffer.from(publicKey).toString('base64url') };
  const element = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
    const content = Buffer.concat(parts);
    return Buffer.concat([Buffer.of(tag, 0x82, content.length >> 8, content.length & 255), content]);
  };
  const pem = (...key: readonly Uint8Array[]): string => {
    const algorithm = Buffer.from(`300b06096086480165030403${arc}`, 'hex');
    const body = element(0x30, Buffer.of(2, 1, 0), algorithm, element(4, ...key)).toString('base64');
    return `-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----`;
  };
  const forms = [
    ['the seed', pem(element(0x80, seed))],
    ['the long form', pem(element(4, secretKey))],
    ['both', pem(element(0x30, element(4, seed), element(4, secretKey)))],
    ['a JWK without its public half', { kty: 'AKP', alg, priv: Buffer.from(seed).toString('base64url') }],
    ['a JWK', { ...jwk, priv: Buffer.from(seed).toString('base64url') }],
  ] as const;

  test.each(forms)('from %s', async (_, text) => {
    const key = read(text);
    expect(key).toMatchObject({ fromPrivate: true, variant: alg });
    const whole = await withPublicHalf(key);
    expect(whole).toMatchObject({ material: jwk });
    // Of the long form alone there is no seed, and so no JWK.
    if (text === forms[1][1]) expect(whole).toMatchObject({ privateMaterial: expect.any(Uint8Array) });
    else expect(whole).toMatchObject({ privateMaterial: { ...jwk, priv: Buffer.from(seed).toString('base64url') } });
  });

  test('written as SPKI it reads back', () => {
    expect(read(toPem(read(jwk)) ?? '')).toMatchObject({ format: 'spki', material: jwk });
  });
});

test('a set of the public keys: no secret, no private half', async () => {
  const keys = [
    read({ kty: 'oct', k: 'AAEC' }),
    read({ ...privateJwk(pairFor('RS256')), kid: 'r' }),
    read(privatePem(pairFor('Ed25519'))),
  ];
  expect(JSON.parse(await publicSet(keys))).toEqual({
    keys: [publicJwk(pairFor('RS256'), { kid: 'r' }), publicJwk(pairFor('Ed25519'))],
  });
});

test('node takes the PEM of every pair', () => {
  for (const [, pair] of PAIRS) {
    expect(createPublicKey(toPem(read(publicJwk(pair))) ?? '').export({ format: 'jwk' })).toEqual(publicJwk(pair));
  }
});
