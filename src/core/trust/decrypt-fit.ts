import { MIN_RSA_BITS } from './algorithms.ts';
import type { DecryptionFailure, Encrypted } from './decrypt-check.ts';
import type { DecryptionReason } from './decryption.ts';
import { AGREEMENT_CURVES } from './jwe-algorithms.ts';
import type { KeyCandidate, PublicKey, SecretKey } from './key.ts';

const BITS_PER_BYTE = 8;
const CURVES_OF_OKP: ReadonlySet<string> = new Set(['X25519', 'X448']);

const unfit = (reason: DecryptionReason, ...detail: readonly string[]): DecryptionFailure => ({
  state: 'key_does_not_fit',
  reason,
  detail,
});

/** `RSA`, `EC`; for the others the name people know: `Ed25519`, `ML-DSA-44`. */
const typeName = ({ kty, variant }: PublicKey): string => (kty === 'OKP' || kty === 'AKP' ? (variant ?? kty) : kty);

/** Why a secret cannot be the key (RFC 7518 sections 4.4 to 4.8): where no password is derived, its length is fixed. */
const secretMisfit = ({ bytes }: SecretKey, { alg, enc }: Encrypted): DecryptionFailure | undefined => {
  const [wanted, by] = alg.family === 'dir' ? [enc.keyBits, enc.name] : [alg.bits, alg.name];
  const bits = bytes.length * BITS_PER_BYTE;
  return wanted === undefined || wanted === bits ? undefined : unfit('wrong_length', String(bits), String(wanted), by);
};

const curveMisfit = (key: PublicKey, { alg, curve = '' }: Encrypted): DecryptionFailure | undefined => {
  const { kty, variant = '' } = key;
  if (kty !== 'EC' && !(kty === 'OKP' && CURVES_OF_OKP.has(variant)))
    return unfit('wrong_key_type', typeName(key), alg.name);
  if (variant !== curve) return unfit('wrong_curve', variant, curve);
  return AGREEMENT_CURVES.has(variant)
    ? undefined
    : { state: 'cannot_be_checked', reason: 'unsupported_here', detail: [variant] };
};

const rsaMisfit = (key: PublicKey, { alg }: Encrypted): DecryptionFailure | undefined => {
  if (key.kty !== 'RSA') return unfit('wrong_key_type', typeName(key), alg.name);
  const { bits = MIN_RSA_BITS } = key;
  return bits < MIN_RSA_BITS ? unfit('rsa_too_small', String(bits), alg.name) : undefined;
};

/**
 * Why this key cannot decrypt this token, or undefined when it can be tried.
 * Key type and length: RFC 7518 sections 4.2 to 4.8; curve: section 4.6.1.1 and RFC 8037 section 3.2.
 */
export const decryptionMisfit = (key: KeyCandidate, encrypted: Encrypted): DecryptionFailure | undefined => {
  const { alg } = encrypted;
  const isPair = alg.family === 'rsa' || alg.family === 'ecdh';
  if (key.kty === 'oct') return isPair ? unfit('secret_given', alg.name) : secretMisfit(key, encrypted);
  if (!isPair) return unfit('wrong_key_type', typeName(key), alg.name);
  const misfit = alg.family === 'rsa' ? rsaMisfit(key, encrypted) : curveMisfit(key, encrypted);
  if (misfit || key.privateMaterial) return misfit;
  // A private key whose numbers are not all there: WebCrypto makes no RSA key without its primes.
  return key.fromPrivate ? unfit('not_a_key', 'member', key.kty === 'RSA' ? 'p' : 'd') : unfit('public_only', alg.name);
};
