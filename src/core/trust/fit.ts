import { type Algorithm, MIN_RSA_BITS } from './algorithms.ts';
import type { KeyCandidate, KeyError, PublicKey } from './key.ts';
import type { SignatureAnswer } from './signature.ts';

/** An answer that did not verify, before it is known whose key it was. */
export type Failure = Pick<SignatureAnswer, 'state' | 'reason' | 'detail' | 'elsewhere'>;

/** RFC 7748, RFC 8037 section 3.2: curves of OKP on which a secret is agreed, and nothing is signed. */
export const OKP_AGREEMENT: ReadonlySet<string> = new Set(['X25519', 'X448']);

const unfit = (reason: SignatureAnswer['reason'], ...detail: readonly string[]): Failure => ({
  state: 'key_does_not_fit',
  reason,
  detail,
});

/** A key that could not be read. */
export const notAKey = ({ error, detail = '' }: KeyError): Failure => unfit('not_a_key', error, detail);

/** `RSA`, `EC`; for the others the name people know: `Ed25519`, `ML-DSA-44`. */
export const typeName = ({ kty, variant }: PublicKey): string =>
  kty === 'OKP' || kty === 'AKP' ? (variant ?? kty) : kty;

/**
 * Why this key cannot check this algorithm, or undefined when it can.
 * Key type and curve: RFC 7518 section 3.1, RFC 8037 section 3.1, RFC 8812, RFC 9864, RFC 9964. Size: MIN_RSA_BITS.
 */
export const misfit = (key: KeyCandidate, alg: Algorithm): Failure | undefined => {
  if (key.kty === 'oct') return alg.kty === 'oct' ? undefined : unfit('secret_for_public_alg', alg.name);
  const { variant = '', bits = MIN_RSA_BITS } = key;
  if (OKP_AGREEMENT.has(variant)) return unfit('wrong_use', variant, alg.name);
  if (key.kty !== alg.kty) return unfit('wrong_key_type', typeName(key), alg.name);
  if (alg.variants && !alg.variants.includes(variant))
    return key.kty === 'EC'
      ? unfit('wrong_curve', variant, alg.name)
      : unfit('wrong_key_type', typeName(key), alg.name);
  return bits < MIN_RSA_BITS ? unfit('rsa_too_small', String(bits), alg.name) : undefined;
};
