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
  // Recognised, but not computable: no misfit of type or curve either.
  ES256K: [],
  Ed448: [],
};

test.each(Object.entries(FITS))('a key for %s', (name, fitting) => {
  const reading = readKey(name === 'secret' ? 'a secret!' : publicPem(pairFor(name)));
  const [key] = 'error' in reading ? [] : reading.candidates;
  const fits = [...ALGORITHMS.values()].filter((alg) => key && misfit(key, alg) === undefined);
  expect(fits.map((alg) => alg.name).sort()).toEqual([...fitting].sort());
});

test('curves that WebCrypto lacks fit, and cannot be checked', () => {
  const reading = readKey(publicPem(pairFor('ES256K')));
  const [key] = 'error' in reading ? [] : reading.candidates;
  const alg = ALGORITHMS.get('ES256K');
  expect(key && alg && misfit(key, alg)).toEqual({
    state: 'cannot_be_checked',
    reason: 'alg_unsupported_here',
    detail: ['ES256K'],
  });
});
