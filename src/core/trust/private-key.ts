import type { JWK } from 'jose';
import { TAG } from './der.ts';
import type { PublicKey } from './key.ts';
import { EC, EC_SIZES, idOf } from './key-ids.ts';
import { bare, base64url, rsaKey } from './public-key.ts';
import type { KeyFormat } from './signature.ts';
import { bitString, element, integer, objectId, sequence } from './write-der.ts';

type Octets = Uint8Array<ArrayBuffer>;
type Curve = 'EC' | 'OKP' | 'AKP';

/** Octets of a private key: RFC 8032 sections 5.1.5 and 5.2.5, RFC 7748 section 5; of ML-DSA its seed (RFC 9881 section 6). */
export const PRIVATE_SIZES: ReadonlyMap<string, number> = new Map([
  ...EC_SIZES,
  ['X25519', 32],
  ['X448', 56],
  ['Ed25519', 32],
  ['Ed448', 57],
  ['ML-DSA-44', 32],
  ['ML-DSA-65', 32],
  ['ML-DSA-87', 32],
]);

/** Of PKCS#8 (RFC 5958) and of SEC 1 (RFC 5915). */
const VERSION_0 = integer(Uint8Array.of(0));
const VERSION_1 = integer(Uint8Array.of(1));

/** The number in as many octets as its curve takes, or undefined where it takes more. Curves but EC take it as it is. */
const fitted = (kty: Curve, variant: string, d: Octets): Octets | undefined => {
  const size = PRIVATE_SIZES.get(variant) ?? d.length;
  if (kty !== 'EC') return d.length === size && size > 0 ? d : undefined;
  const number = bare(d);
  if (number.every((byte) => byte === 0) || number.length > size) return;
  const padded = new Uint8Array(size);
  padded.set(number, size - number.length);
  return padded;
};

/** PKCS#8 (RFC 5958): the algorithm, and the private key in the structure of its own. */
export const wrapPkcs8 = (algorithm: Octets, key: Octets): Octets =>
  sequence(VERSION_0, algorithm, element(TAG.octets, key));

/**
 * PKCS#8 of a private key by its number, of AKP its seed (RFC 9881 section 6); undefined where the curve has no identifier
 * here. `point` is the public half of EC (SEC 1 section 2.3.3), where it is known: most readers want it (RFC 5915).
 */
export const writePkcs8 = (kty: Curve, variant: string, d: Octets, point?: Octets): Octets | undefined => {
  const id = idOf(variant);
  if (!id) return;
  if (kty !== 'EC') return wrapPkcs8(sequence(objectId(id)), element(kty === 'AKP' ? TAG.seed : TAG.octets, d));
  const known = point ? [element(TAG.one, bitString(point))] : [];
  return wrapPkcs8(sequence(objectId(EC), objectId(id)), sequence(VERSION_1, element(TAG.octets, d), ...known));
};

/** A public key with its private number `d` (of AKP the seed); without it where that cannot be one of its curve. */
export const withPrivate = (key: PublicKey, kty: Curve, d: Octets | undefined): PublicKey => {
  const own = d && fitted(kty, key.variant ?? '', d);
  if (!own || key.material instanceof Uint8Array) return { ...key, fromPrivate: true };
  const privateMaterial: JWK = { ...key.material, [kty === 'AKP' ? 'priv' : 'd']: base64url(own) };
  return { ...key, fromPrivate: true, privateMaterial };
};

/**
 * A private key that does not carry its public half: `material` is its PKCS#8, out of which the browser, or
 * @noble/curves, makes it. Undefined where `d` is no private key of the curve.
 */
export const onlyPrivate = (format: KeyFormat, kty: Curve, variant: string, d: Octets): PublicKey | undefined => {
  const own = fitted(kty, variant, d);
  const pkcs8 = own && writePkcs8(kty, variant, own);
  return pkcs8 && { format, kty, variant, fromPrivate: true, material: pkcs8, privateMaterial: pkcs8 };
};

/** The private numbers of RSA, in the order of RFC 8017 appendix A.1.2. */
export const RSA_PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi'] as const;

/**
 * An RSA key with its private numbers (RFC 7518 section 6.3.2), in the order of RSA_PRIVATE. WebCrypto wants them all:
 * where one is missing, and with more than two primes, only the public half is given.
 */
export const rsaPrivate = (
  format: KeyFormat,
  n: Octets,
  e: Octets,
  numbers: readonly (Octets | undefined)[],
): PublicKey => {
  const key = rsaKey(format, n, e);
  const members = RSA_PRIVATE.flatMap((name, index) => {
    const number = numbers[index];
    return number && number.length > 0 ? [[name, base64url(bare(number))] as const] : [];
  });
  return members.length < RSA_PRIVATE.length || numbers.length > RSA_PRIVATE.length
    ? { ...key, fromPrivate: true }
    : { ...key, fromPrivate: true, privateMaterial: { ...key.material, ...Object.fromEntries(members) } };
};
