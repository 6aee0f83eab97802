import { MIN_RSA_BITS } from './algorithms.ts';
import type { DecryptionFailure, Encrypted } from './decrypt-check.ts';
import type { DecryptionReason } from './decryption.ts';
import { OKP_AGREEMENT, typeName } from './fit.ts';
import { AGREEMENT_CURVES } from './jwe-algorithms.ts';
import type { KeyCandidate, PublicKey, SecretKey } from './key.ts';

const BITS_PER_BYTE = 8;

/** A failure of one of these reasons. */
type Unfit<Reason extends DecryptionReason> = DecryptionFailure & { readonly reason: Reason };

const unfit = <Reason extends DecryptionReason>(reason: Reason, ...detail: readonly string[]): Unfit<Reason> => ({
  state: 'key_does_not_fit',
  reason,
  detail,
});

type Algorithms = Pick<Encrypted, 'alg' | 'enc'>;

/** Why a secret cannot be the key (RFC 7518 sections 4.4 to 4.8): where no password is derived, its length is fixed. */
const secretMisfit = ({ bytes }: SecretKey, { alg, enc }: Algorithms) => {
  const [wanted, by] = alg.family === 'dir' ? [enc.keyBits, enc.name] : [alg.bits, alg.name];
  const bits = bytes.length * BITS_PER_BYTE;
  return wanted === undefined || wanted === bits ? undefined : unfit('wrong_length', String(bits), String(wanted), by);
};

const isOfAgreement = ({ kty, variant = '' }: PublicKey): boolean =>
  kty === 'EC' || (kty === 'OKP' && OKP_AGREEMENT.has(variant));

/**
 * Why a key of this kind is none for the algorithm, be it to encrypt or to decrypt; undefined where it may be one.
 * Key type and length: RFC 7518 sections 4.2 to 4.8.
 */
export const kindMisfit = (key: KeyCandidate, algorithms: Algorithms) => {
  const { family, name } = algorithms.alg;
  const isPair = family === 'rsa' || family === 'ecdh';
  if (key.kty === 'oct') return isPair ? unfit('secret_given', name) : secretMisfit(key, algorithms);
  if (family === 'rsa' ? key.kty !== 'RSA' : !isPair || !isOfAgreement(key))
    return unfit('wrong_key_type', typeName(key), name);
  const { bits = MIN_RSA_BITS } = key;
  return bits < MIN_RSA_BITS ? unfit('rsa_too_small', String(bits), name) : undefined;
};

/** RFC 7518 section 4.6.1.1 and RFC 8037 section 3.2. */
const curveMisfit = ({ variant = '' }: PublicKey, curve: string): DecryptionFailure | undefined => {
  if (variant !== curve) return unfit('wrong_curve', variant, curve);
  return AGREEMENT_CURVES.has(variant)
    ? undefined
    : { state: 'cannot_be_checked', reason: 'unsupported_here', detail: [variant] };
};

/** Why this key cannot decrypt this token, or undefined when it can be tried. */
export const decryptionMisfit = (key: KeyCandidate, encrypted: Encrypted): DecryptionFailure | undefined => {
  const { alg, curve = '' } = encrypted;
  const misfit = kindMisfit(key, encrypted);
  if (misfit || key.kty === 'oct') return misfit;
  const other = alg.family === 'ecdh' ? curveMisfit(key, curve) : undefined;
  if (other || key.privateMaterial) return other;
  // A private key whose numbers are not all there: WebCrypto makes no RSA key without its primes.
  return key.fromPrivate ? unfit('not_a_key', 'member', key.kty === 'RSA' ? 'p' : 'd') : unfit('public_only', alg.name);
};
