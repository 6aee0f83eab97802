import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { withPublicHalf } from '../../../src/core/trust/public-half.ts';
import { toPrivateJwk, toPrivatePem } from '../../../src/core/trust/write-private.ts';
import { PAIRS } from '../../fixtures/key-pairs.ts';
import { certificate, pairFor, privateJwk, privatePem, publicJwk, publicPem } from '../../fixtures/keys.ts';
import { ML_DSA } from '../../fixtures/more-algorithms.ts';
import { read } from '../../fixtures/read.ts';

test.each(PAIRS)('%s: JWK and PEM are those of node, whichever of them came', async (_, pair) => {
  for (const text of [privatePem(pair), privateJwk(pair)]) {
    const key = await withPublicHalf(read(text));
    expect(toPrivateJwk(key)).toEqual(privateJwk(pair));
    expect(toPrivatePem(key)).toBe(privatePem(pair));
  }
});

test('RSA for PSS only keeps its algorithm identifier', () => {
  const pair = generateKeyPairSync('rsa-pss', { modulusLength: 2048 });
  expect(toPrivatePem(read(privatePem(pair)))).toBe(privatePem(pair));
});

test('the members that make the key come first, in order of name; then kid, use and alg', () => {
  const jwk = { use: 'sig', kid: 'a', alg: 'ES256', key_ops: ['sign'], ...privateJwk(pairFor('ES256')), ext: true };
  const names = ['crv', 'd', 'kty', 'x', 'y', 'kid', 'use', 'alg'];
  expect(Object.keys(toPrivateJwk(read(jwk)) ?? {})).toEqual(names);
});

test('a secret is a JWK, and no PEM', () => {
  const key = read({ kty: 'oct', k: 'AAEC', kid: 's' });
  expect(toPrivateJwk(key)).toEqual({ kty: 'oct', k: 'AAEC', kid: 's' });
  expect(toPrivatePem(key)).toBeUndefined();
});

test('of a public key there is nothing to write', async () => {
  for (const text of [publicPem(pairFor('RS256')), publicJwk(pairFor('Ed448')), await certificate(pairFor('ES256'))]) {
    expect([toPrivateJwk(read(text)), toPrivatePem(read(text))]).toEqual([undefined, undefined]);
  }
});

test('nor of a curve without an object identifier', () => {
  const key = read({ kty: 'OKP', crv: 'Ed999', x: 'AAEC', d: 'AAEC' });
  expect(toPrivatePem(key)).toBeUndefined();
});

describe.each(Object.entries(ML_DSA))('%s', (alg, scheme) => {
  const seed = new Uint8Array(32).fill(7);
  const { publicKey, secretKey } = scheme.keygen(seed);
  const base64 = (octets: Uint8Array) => Buffer.from(octets).toString('base64url');
  const jwk = { kty: 'AKP', alg, pub: base64(publicKey), priv: base64(seed) };

  test('is written as its seed (RFC 9881 section 6), and read back', async () => {
    const key = read(jwk);
    expect(toPrivateJwk(key)).toEqual(jwk);
    const written = toPrivatePem(key) ?? '';
    const der = Buffer.from(written.replace(/-.*-/g, ''), 'base64');
    expect(der.subarray(-34).toString('hex')).toBe(`8020${Buffer.from(seed).toString('hex')}`);
    expect(await withPublicHalf(read(written))).toMatchObject({ material: { kty: 'AKP', alg, pub: jwk.pub } });
  });

  test('in its long form stays as it came', () => {
    const tlv = (tag: number, ...contents: readonly Uint8Array[]): Buffer => {
      const content = Buffer.concat(contents);
      return Buffer.concat([Buffer.of(tag, 0x82, content.length >> 8, content.length & 255), content]);
    };
    const id = Buffer.from(
      `300b0609608648016503040${{ 'ML-DSA-44': '311', 'ML-DSA-65': '312', 'ML-DSA-87': '313' }[alg]}`,
      'hex',
    );
    const der = tlv(0x30, Buffer.of(2, 1, 0), id, tlv(4, tlv(4, secretKey))).toString('base64');
    const key = read(der);
    expect(toPrivateJwk(key)).toBeUndefined();
    expect(toPrivatePem(key)?.split('\n').slice(1, -2).join('')).toBe(der);
  });
});
