import { describe, expect, test } from 'vitest';
import { readKey } from '../../../src/core/trust/read-key.ts';
import { pairFor, privateJwk, publicJwk } from '../../fixtures/keys.ts';

const read = (value: unknown) => readKey(JSON.stringify(value));
const rsa = privateJwk(pairFor('RS256'));
const ec = publicJwk(pairFor('ES256'));

describe('RSA with its private numbers', () => {
  test('without n the modulus is the product of the primes', () => {
    const { n: _, ...jwk } = rsa;
    expect(read(jwk)).toMatchObject({
      candidates: [{ bits: 2048, material: publicJwk(pairFor('RS256')), privateMaterial: rsa }],
    });
  });

  test.each([
    ['n', { ...rsa, n: undefined, q: undefined }],
    ['n', { ...rsa, n: '!' }],
    ['e', { ...rsa, e: undefined }],
  ])('and without %s besides it is an error', (detail, jwk) => {
    expect(read(jwk)).toEqual({ error: 'member', detail });
  });

  test('zeros before its numbers are left out', () => {
    const padded = (text = '') => Buffer.concat([Buffer.of(0), Buffer.from(text, 'base64url')]).toString('base64url');
    expect(read({ ...rsa, p: padded(rsa.p), d: padded(rsa.d) })).toMatchObject({
      candidates: [{ privateMaterial: rsa }],
    });
  });
});

describe('sets', () => {
  test('keys of one kid are all kept', () => {
    const keys = [{ ...ec, kid: 'a' }, publicJwk(pairFor('ES384'), { kid: 'a' }), { ...ec, kid: 'a' }];
    expect(read({ keys })).toMatchObject({ format: 'jwks', candidates: keys.map(({ kid }) => ({ kid })) });
  });

  test('of more keys than the bound the first ones, and it says so', () => {
    const reading = read({ keys: Array.from({ length: 1002 }, (_, index) => ({ ...ec, kid: String(index) })) });
    expect(reading).toMatchObject({ skipped: [{ error: 'too_many', detail: '1000' }] });
    expect('candidates' in reading && reading.candidates.map(({ kid }) => kid).at(-1)).toBe('999');
  });

  test('as many as the bound are no more than that', () => {
    expect(read({ keys: Array(1000).fill(ec) })).toMatchObject({ skipped: [] });
  });

  test('what is unusable is named, in order', () => {
    expect(read({ keys: ['AAAA', null, { kty: 'oct', k: 5 }, ec, [], { kty: 'EC', crv: 'P-256' }] })).toMatchObject({
      candidates: [{ kty: 'EC' }],
      skipped: [
        { error: 'not_a_jwk' },
        { error: 'not_a_jwk' },
        { error: 'member', detail: 'k' },
        { error: 'not_a_jwk' },
        { error: 'member', detail: 'x' },
      ],
    });
  });
});
