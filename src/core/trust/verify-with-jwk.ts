import type { Decoded } from '../token/decoded.ts';
import { publicJwk } from './embedded.ts';
import { notAKey } from './fit.ts';
import { createJudge } from './judge-token.ts';
import { readJwk } from './jwk.ts';
import type { KeyError } from './key.ts';
import type { RingKey, SignatureAnswer } from './signature.ts';

const CNF: RingKey = { id: 'cnf', text: '', provenance: 'token', issuer: '', addedAt: 0 };

/** What is read of a private or symmetric key: it is none that proves possession (RFC 7800 section 3.2). */
const NOT_PUBLIC: KeyError = { error: 'no_public_half' };

/**
 * Checks a token with one JWK and no other key, as the key-binding JWT of an SD-JWT with that of `cnf` (RFC 9901 section
 * 4.3, RFC 7800 section 3.2).
 * @param jwk any JSON value; only a public key counts, any other is `not_a_key`
 * @returns the answer, its key with the id `cnf`; never rejects
 */
export const verifyWithJwk = async (decoded: Decoded, jwk: unknown): Promise<SignatureAnswer> => {
  const candidate = publicJwk(jwk);
  const tries = candidate ? [{ given: CNF, candidate }] : [];
  const read = candidate ? undefined : readJwk(jwk, 'jwk');
  const error = read && ('error' in read ? read : NOT_PUBLIC);
  const unreadable = error ? [{ given: CNF, failure: notAKey(error) }] : [];
  return createJudge()(decoded, { trials: () => ({ tries: [], unreadable }), embedded: () => tries });
};
