import { calculateJwkThumbprint, type JWK } from 'jose';
import { describe, expect, it } from 'vitest';
import { privateMembers, publicMembers, thumbprint } from '../../../src/core/judge/thumbprint.ts';
import { pairFor, privateJwk, publicJwk } from '../../fixtures/keys.ts';

const ALGORITHMS = ['ES256', 'ES384', 'ES512', 'ES256K', 'EdDSA', 'Ed448', 'RS256'];

describe('thumbprint', () => {
  it('is that of RFC 7638 section 3.1', async () => {
    const n =
      '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3ok' +
      'njhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu' +
      '6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8a' +
      'wapJzKnqDKgw';
    const jwk = { kty: 'RSA', n, e: 'AQAB', alg: 'RS256', kid: '2011-04-29' };
    expect(await thumbprint(jwk)).toBe('NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs');
  });

  it.each(ALGORITHMS)("is jose's, for a key of %s, public or private", async (alg) => {
    const expected = await calculateJwkThumbprint(publicJwk(pairFor(alg)));
    expect(await thumbprint(publicJwk(pairFor(alg), { kid: 'a', use: 'sig' }))).toBe(expected);
    expect(await thumbprint(privateJwk(pairFor(alg)))).toBe(expected);
    expect(privateMembers(privateJwk(pairFor(alg)))).toContain('d');
    expect(privateMembers(publicJwk(pairFor(alg)))).toEqual([]);
  });

  it("is jose's for ML-DSA", async () => {
    const jwk: JWK = { kty: 'AKP', alg: 'ML-DSA-65', pub: 'AAAA', kid: 'x' };
    expect(await thumbprint(jwk)).toBe(await calculateJwkThumbprint(jwk));
    expect(privateMembers({ ...jwk, priv: 'AAAA' })).toEqual(['priv']);
  });

  it.each([
    undefined,
    null,
    'text',
    [],
    {},
    { kty: 'oct', k: 'AAAA' },
    { kty: 'EC', crv: 'P-256', x: 'AA', y: 1 },
    { kty: '__proto__' },
    { kty: 'toString' },
  ])('is none for %j', async (jwk) => {
    expect(await thumbprint(jwk)).toBeUndefined();
    if (typeof jwk === 'object' && jwk !== null && !Array.isArray(jwk)) expect(publicMembers(jwk)).toBeUndefined();
  });
});
