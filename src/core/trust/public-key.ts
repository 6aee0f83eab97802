import type { PublicKey } from './key.ts';
import type { KeyFormat } from './signature.ts';

type Octets = Uint8Array<ArrayBuffer>;

/** Octets as base64url without padding (RFC 7515 section 2). */
export const base64url = (bytes: Octets): string => bytes.toBase64({ alphabet: 'base64url', omitPadding: true });

const bitLength = (n: Octets): number => {
  const first = n.findIndex((byte) => byte !== 0);
  return first < 0 ? 0 : (n.length - first) * 8 - (Math.clz32(n[first] ?? 0) - 24);
};

/** A number without the zeros before it, which RFC 7518 section 2 (Base64urlUInt) forbids and Chromium refuses. */
export const bare = (number: Octets): Octets =>
  number.subarray(
    Math.max(
      0,
      number.findIndex((byte) => byte !== 0),
    ),
  );

/** An RSA key from modulus and public exponent, big-endian (RFC 7518 section 6.3.1). */
export const rsaKey = (format: KeyFormat, n: Octets, e: Octets): PublicKey => ({
  format,
  kty: 'RSA',
  bits: bitLength(n),
  material: { kty: 'RSA', n: base64url(bare(n)), e: base64url(bare(e)) },
});

/** A key of a named curve (RFC 7518 section 6.2.1, RFC 8037 section 2) or parameter set (AKP, RFC 9964). `y` for EC only. */
export const curveKey = (
  format: KeyFormat,
  kty: 'EC' | 'OKP' | 'AKP',
  variant: string,
  x: Octets,
  y?: Octets,
): PublicKey => ({
  format,
  kty,
  variant,
  material:
    kty === 'AKP'
      ? { kty, alg: variant, pub: base64url(x) }
      : { kty, crv: variant, x: base64url(x), ...(y && { y: base64url(y) }) },
});
