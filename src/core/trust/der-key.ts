import { type Der, inside, oid, readDer, TAG, unsigned } from './der.ts';
import type { KeyError, PublicKey } from './key.ts';
import { curveKey, rsaKey } from './public-key.ts';
import type { KeyFormat } from './signature.ts';

/** id-RSASSA-PSS: the same key, for PSS only (RFC 4055 section 1.2). */
const PSS = '1.2.840.113549.1.1.10';
const RSA = new Set(['1.2.840.113549.1.1.1', PSS]);
const EC = '1.2.840.10045.2.1';
const EC_CURVES: ReadonlyMap<string, string> = new Map([
  ['1.2.840.10045.3.1.7', 'P-256'],
  ['1.3.132.0.34', 'P-384'],
  ['1.3.132.0.35', 'P-521'],
  ['1.3.132.0.10', 'secp256k1'],
]);
/** RFC 8410 (OKP) and RFC 9881 (AKP): the algorithm alone names the key. */
const VARIANTS: ReadonlyMap<string, readonly ['OKP' | 'AKP', string]> = new Map([
  ['1.3.101.110', ['OKP', 'X25519']],
  ['1.3.101.111', ['OKP', 'X448']],
  ['1.3.101.112', ['OKP', 'Ed25519']],
  ['1.3.101.113', ['OKP', 'Ed448']],
  ['2.16.840.1.101.3.4.3.17', ['AKP', 'ML-DSA-44']],
  ['2.16.840.1.101.3.4.3.18', ['AKP', 'ML-DSA-65']],
  ['2.16.840.1.101.3.4.3.19', ['AKP', 'ML-DSA-87']],
]);

const UNCOMPRESSED = 4;

type Read = PublicKey | KeyError;

/** RFC 8017 appendix A.1: modulus and exponent stand at `at` and after it. `id` is the algorithm identifier, if any. */
const readRsa = (elements: readonly Der[], at: number, format: KeyFormat, id?: string): Read => {
  const [n, e] = [unsigned(elements[at]), unsigned(elements[at + 1])];
  if (n.length === 0 || e.length === 0) return { error: 'der' };
  return { ...rsaKey(format, n, e), ...(id === PSS && { pssOnly: true }) };
};

/** SEC 1 section 2.3.3: 04, x, y. */
const readPoint = (curveOid: string, point: Uint8Array<ArrayBuffer>, format: KeyFormat): Read => {
  const curve = EC_CURVES.get(curveOid);
  if (!curve) return { error: 'algorithm', detail: curveOid || EC };
  if (point[0] !== UNCOMPRESSED) return { error: 'compressed_point' };
  const half = (point.length - 1) / 2;
  return curveKey(format, 'EC', curve, point.subarray(1, 1 + half), point.subarray(1 + half));
};

/** A BIT STRING's octets; its first says how many bits of the last are unused, none in a key. */
const bits = (der: Der | undefined): Uint8Array<ArrayBuffer> | undefined =>
  der?.tag === TAG.bits ? der.content.subarray(1) : undefined;

const readSpki = (elements: readonly Der[], format: KeyFormat): Read => {
  const [algorithm, parameter] = inside(elements[0]);
  const key = bits(elements[1]);
  const id = oid(algorithm);
  if (!key || !id) return { error: 'der' };
  if (RSA.has(id)) return readRsa(inside(readDer(key)?.[0]), 0, format, id);
  if (id === EC) return readPoint(oid(parameter), key, format);
  const [kty, variant] = VARIANTS.get(id) ?? [];
  return kty && variant ? curveKey(format, kty, variant, key) : { error: 'algorithm', detail: id };
};

/** RFC 5915: version, private key, [0] curve, [1] public key. Inside PKCS#8 the curve may stand outside. */
const readSec1 = (elements: readonly Der[], format: KeyFormat, curveOutside = ''): Read => {
  const point = bits(inside(elements.find(({ tag }) => tag === TAG.one))[0]);
  const curve = oid(inside(elements.find(({ tag }) => tag === TAG.zero))[0]) || curveOutside;
  return point ? readPoint(curve, point, format) : { error: 'no_public_half' };
};

const readPkcs8 = (bytes: Uint8Array<ArrayBuffer>, elements: readonly Der[]): Read => {
  const [algorithm, parameter] = inside(elements[1]);
  const key = elements[2]?.content ?? new Uint8Array();
  const id = oid(algorithm);
  const format = 'pkcs8';
  if (RSA.has(id)) return readRsa(inside(readDer(key)?.[0]), 1, format, id);
  if (id === EC) {
    const read = readSec1(inside(readDer(key)?.[0]), format, oid(parameter));
    const variant = EC_CURVES.get(oid(parameter));
    // WebCrypto knows how to multiply the generator; it takes PKCS#8 and not SEC 1.
    return 'error' in read && variant ? { format, kty: 'EC', variant, material: bytes } : read;
  }
  const [kty, variant] = VARIANTS.get(id) ?? [];
  return kty && variant ? { format, kty, variant, material: bytes } : { error: 'algorithm', detail: id };
};

/** RFC 5280 section 4.1: the key is the first SEQUENCE after the subject; a version [0] may stand before the rest. */
const readCertificate = (elements: readonly Der[]): Read => {
  const body = inside(elements[0]);
  const skip = body[0]?.tag === TAG.zero ? 6 : 5;
  return readSpki(inside(body[skip]), 'x509');
};

const ownHalf = (read: Read): Read => ('error' in read ? read : { ...read, fromPrivate: true });

/**
 * Octets in DER as a public key. The structure decides and not the PEM label, which is often the wrong one:
 * SPKI (RFC 5280), PKCS#1 (RFC 8017), PKCS#8 (RFC 5958), SEC 1 (RFC 5915), X.509.
 * Errors: `der`, `encrypted`, `algorithm`, `compressed_point`, `no_public_half`.
 */
export const readDerKey = (bytes: Uint8Array<ArrayBuffer>): Read => {
  const outer = readDer(bytes);
  const elements = outer?.length === 1 && outer[0]?.tag === TAG.sequence ? inside(outer[0]) : [];
  switch (
    elements
      .map(({ tag }) => tag)
      .slice(0, 3)
      .join()
  ) {
    case `${TAG.sequence},${TAG.bits}`:
      return readSpki(elements, 'spki');
    case `${TAG.sequence},${TAG.sequence},${TAG.bits}`:
      return readCertificate(elements);
    case `${TAG.sequence},${TAG.octets}`:
      return { error: 'encrypted' };
    case `${TAG.integer},${TAG.integer}`:
      return readRsa(elements, 0, 'pkcs1_public');
    case `${TAG.integer},${TAG.integer},${TAG.integer}`:
      return ownHalf(readRsa(elements, 1, 'pkcs1_private'));
    case `${TAG.integer},${TAG.sequence},${TAG.octets}`:
      return ownHalf(readPkcs8(bytes, elements));
    default:
      return elements[0]?.tag === TAG.integer && elements[1]?.tag === TAG.octets
        ? ownHalf(readSec1(elements, 'sec1_private'))
        : { error: 'der' };
  }
};
