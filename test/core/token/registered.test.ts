import { expect, test } from 'vitest';
import { explainClaim, explainHeader } from '../../../src/core/token/glossary.ts';
import { REGISTERED_CLAIMS, REGISTERED_HEADER_PARAMETERS } from '../../../src/core/token/registered.ts';

test('each has its explanation', () => {
  expect(REGISTERED_CLAIMS.filter((name) => !explainClaim(name))).toEqual([]);
  expect(REGISTERED_HEADER_PARAMETERS.filter((name) => !explainHeader(name))).toEqual([]);
});

test('each once, those of RFC 7519 and RFC 7515 first', () => {
  expect(REGISTERED_CLAIMS.slice(0, 7)).toEqual(['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti']);
  expect(REGISTERED_HEADER_PARAMETERS.slice(0, 4)).toEqual(['alg', 'jku', 'jwk', 'kid']);
  expect(new Set(REGISTERED_CLAIMS).size).toBe(REGISTERED_CLAIMS.length);
  expect(REGISTERED_CLAIMS).toContain('cnf');
});
