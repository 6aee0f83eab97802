import { expect, test } from 'vitest';
import { ALGORITHMS } from '../../../src/core/trust/algorithms.ts';

test('the table is the IANA registry of JWS algorithms', () => {
  const sizes = (family: string) => [256, 384, 512].map((size) => `${family}${size}`);
  expect([...ALGORITHMS.keys()].sort()).toEqual(
    [
      ...['HS', 'RS', 'PS', 'ES'].flatMap(sizes),
      ...['ES256K', 'EdDSA', 'Ed25519', 'Ed448', 'ML-DSA-44', 'ML-DSA-65', 'ML-DSA-87', 'none'],
    ].sort(),
  );
});

test('a PSS salt is as long as its digest (RFC 7518 section 3.5)', () => {
  expect(ALGORITHMS.get('PS384')?.parameters).toEqual({ name: 'RSA-PSS', saltLength: 48 });
});

test('what no browser has carries no parameters', () => {
  const lacking = [...ALGORITHMS.values()].filter(({ parameters }) => parameters === undefined);
  expect(lacking.map(({ name }) => name)).toEqual(['ES256K', 'Ed448', 'none']);
});
