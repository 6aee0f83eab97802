import type { Decoded } from '../token/decoded.ts';
import { issuerOf } from './issuer.ts';
import type { RingKey, SignatureAnswer } from './signature.ts';
import { createVerifier } from './verify.ts';

/**
 * Checks a token with one JWK and nothing else, as the key-binding JWT of an SD-JWT with the key in `cnf` (RFC 7800 section 3.2).
 * @param jwk any JSON value; only a public key counts
 * @returns the answer, its key with the id `cnf`; never rejects
 */
export const verifyWithJwk = async (decoded: Decoded, jwk: unknown): Promise<SignatureAnswer> => {
  const text = JSON.stringify(jwk) ?? '';
  const given: RingKey = { id: 'cnf', text, provenance: 'token', issuer: issuerOf(decoded), addedAt: 0 };
  return createVerifier()(decoded, [given]);
};
