import { readCertificate } from './certificate-key.ts';
import { type Der, inside, oid, readDer, TAG, unsigned } from './der.ts';
import { EC, EC_CURVES, VARIANTS } from './key-ids.ts';
import { onlyPrivate, rsaPrivate, withPrivate } from './private-key.ts';
import { curveKey } from './public-key.ts';
import type { KeyFormat } from './signature.ts';
import { bits, isRsa, otherAlgorithm, type Read, readEc, readRsa, readSpki } from './spki.ts';

/** Of a private RSA key, with its version (RFC 8017 appendix A.1.2); OpenSSL writes DSA in the same manner with six. */
const RSA_NUMBERS = 9;

/** id-signedData (RFC 5652 section 5.1), which PKCS#7 bundles certificates in. */
const SIGNED_DATA = '1.2.840.113549.1.7.2';

/** Of PKCS#12 (RFC 7292 section 4). */
const PKCS12_VERSION = 3;

/** RFC 8017 appendix A.1.2: version, modulus, exponent, the private numbers, and more primes if the version says so. */
const readRsaPrivate = (elements: readonly Der[], format: KeyFormat, id?: string): Read => {
  const read = readRsa(elements.slice(1), format, id);
  if ('error' in read) return read;
  const numbers = elements.slice(3).map(unsigned);
  return { ...read, ...rsaPrivate(format, unsigned(elements[1]), unsigned(elements[2]), numbers) };
};

/** RFC 5915: version, private key, [0] curve, [1] public key. Inside PKCS#8 the curve may stand outside. */
const readSec1 = (elements: readonly Der[], format: KeyFormat, curveOutside = ''): Read => {
  const point = bits(inside(elements.find(({ tag }) => tag === TAG.one))[0]);
  const id = oid(inside(elements.find(({ tag }) => tag === TAG.zero))[0]) || curveOutside;
  const d = elements[1]?.tag === TAG.octets ? elements[1].content : undefined;
  const curve = EC_CURVES.get(id);
  if (!curve) return otherAlgorithm(id || EC);
  if (!point) return (d && onlyPrivate(format, 'EC', curve, d)) ?? { error: 'no_public_half' };
  const read = readEc(id, point, format);
  return 'error' in read ? read : withPrivate(read, 'EC', d);
};

/** RFC 9881 section 6: the seed, the long form, or both. */
const seedOf = (key: Der | undefined): Uint8Array<ArrayBuffer> | undefined =>
  key?.tag === TAG.seed ? key.content : key?.tag === TAG.sequence ? inside(key)[0]?.content : undefined;

/** RFC 5958: version, algorithm, private key, [0] attributes, [1] public key. */
const readPkcs8 = (bytes: Uint8Array<ArrayBuffer>, elements: readonly Der[]): Read => {
  const [algorithm, parameter] = inside(elements[1]);
  const key = readDer(elements[2]?.content ?? new Uint8Array())?.[0];
  const id = oid(algorithm);
  const format = 'pkcs8';
  if (isRsa(id)) return readRsaPrivate(inside(key), format, id);
  if (id === EC) return readSec1(inside(key), format, oid(parameter));
  const [kty, variant] = VARIANTS.get(id) ?? [];
  if (!kty || !variant) return otherAlgorithm(id);
  const own = kty === 'AKP' ? seedOf(key) : key?.tag === TAG.octets ? key.content : undefined;
  const known = elements.find(({ tag }) => tag === TAG.publicBits)?.content.subarray(1);
  if (known) return withPrivate(curveKey(format, kty, variant, known), kty, own);
  if (own) return onlyPrivate(format, kty, variant, own) ?? { error: 'der' };
  // ML-DSA in its long form, without the seed
  return kty === 'AKP' && key
    ? { format, kty, variant, fromPrivate: true, material: bytes, privateMaterial: bytes }
    : { error: 'der' };
};

/**
 * Octets in DER as a public key. The structure decides and not the PEM label, which is often the wrong one:
 * SPKI (RFC 5280), PKCS#1 (RFC 8017), PKCS#8 (RFC 5958), SEC 1 (RFC 5915), X.509.
 * A private key gives its public half and, beside it, `privateMaterial`.
 * Errors: `der`, `encrypted`, `algorithm`, `dsa`, `not_on_curve`, `no_public_half`, `csr`, `crl`, `pkcs7`, `pkcs12`.
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
      return readCertificate(bytes, elements);
    case `${TAG.sequence},${TAG.octets}`:
      return { error: 'encrypted' };
    case `${TAG.integer},${TAG.integer}`:
      return readRsa(elements, 'pkcs1_public');
    case `${TAG.integer},${TAG.integer},${TAG.integer}`:
      return elements.length < RSA_NUMBERS ? { error: 'dsa' } : readRsaPrivate(elements, 'pkcs1_private');
    case `${TAG.integer},${TAG.sequence},${TAG.octets}`:
      return readPkcs8(bytes, elements);
    case `${TAG.integer},${TAG.sequence},${TAG.sequence}`:
    case `${TAG.integer},${TAG.sequence}`:
      return { error: elements[0]?.content[0] === PKCS12_VERSION ? 'pkcs12' : 'der' };
    case `${TAG.oid},${TAG.zero}`:
      return { error: oid(elements[0]) === SIGNED_DATA ? 'pkcs7' : 'der' };
    default:
      return elements[0]?.tag === TAG.integer && elements[1]?.tag === TAG.octets
        ? readSec1(elements, 'sec1_private')
        : { error: 'der' };
  }
};
