import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { ALGORITHMS } from '../../../src/core/trust/algorithms.ts';
import { misfit } from '../../../src/core/trust/fit.ts';
import { readKey } from '../../../src/core/trust/read-key.ts';
import { pairFor, publicPem } from '../../fixtures/keys.ts';

/** Which key fits which algorithm: all of them against all, nothing besides. */
const FITS: Readonly<Record<string, readonly string[]>> = {
  secret: ['HS256', 'HS384', 'HS512'],
  RS256: ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ES256: ['ES256'],
  ES384: ['ES384'],
  ES512: ['ES512'],
  EdDSA: ['EdDSA', 'Ed25519'],
  ES256K: ['ES256K'],
  Ed448: ['EdDSA', 'Ed448'],
  'ML-DSA-65': ['ML-DSA-65'],
};

const textFor = (name: string): string =>
  name === 'secret'
    ? 'a secret!'
    : name.startsWith('ML')
      ? JSON.stringify({ kty: 'AKP', alg: name, pub: 'AAAA' })
      : publicPem(pairFor(name));

test.each(Object.entries(FITS))('a key for %s', (name, fitting) => {
  const reading = readKey(textFor(name));
  const [key] = 'error' in reading ? [] : reading.candidates;
  const fits = [...ALGORITHMS.values()].filter((alg) => key && misfit(key, alg) === undefined);
  expect(fits.map((alg) => alg.name).sort()).toEqual([...fitting].sort());
});

test.each(['x25519', 'x448'] as const)('a key of %s agrees on secrets, and signs with no algorithm', (type) => {
  const reading = readKey(publicPem(generateKeyPairSync(type as 'x25519')));
  const [key] = 'error' in reading ? [] : reading.candidates;
  for (const name of ['HS256', 'RS256', 'ES256', 'EdDSA', 'ML-DSA-44']) {
    const alg = ALGORITHMS.get(name);
    expect(key && alg && misfit(key, alg)).toEqual({
      state: 'key_does_not_fit',
      reason: 'wrong_use',
      detail: [type.toUpperCase(), name],
    });
  }
});
