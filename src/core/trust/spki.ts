import { type Der, inside, oid, readDer, TAG, unsigned } from './der.ts';
import { readPoint } from './ec-point.ts';
import type { KeyError, PublicKey } from './key.ts';
import { EC, EC_CURVES, PSS, RSA, VARIANTS } from './key-ids.ts';
import { curveKey, rsaKey } from './public-key.ts';
import type { KeyFormat } from './signature.ts';

/** id-dsa (RFC 3279 section 2.3.2) */
const DSA = '1.2.840.10040.4.1';

/** A key, or why it is none. */
export type Read = PublicKey | KeyError;

/** Whether the algorithm identifier is one of RSA. */
export const isRsa = (id: string): boolean => id === RSA || id === PSS;

/** RFC 8017 appendix A.1.1: modulus and exponent. `id` is the algorithm identifier, if any. */
export const readRsa = (elements: readonly Der[], format: KeyFormat, id?: string): Read => {
  const [n, e] = [unsigned(elements[0]), unsigned(elements[1])];
  if (n.length === 0 || e.length === 0) return { error: 'der' };
  return { ...rsaKey(format, n, e), ...(id === PSS && { pssOnly: true }) };
};

/** A key of an algorithm that is none of JOSE's. */
export const otherAlgorithm = (id: string): KeyError =>
  id === DSA ? { error: 'dsa' } : { error: 'algorithm', detail: id };

/** SEC 1 section 2.3.3: a point of the curve of that identifier. Errors: `algorithm`, `not_on_curve`. */
export const readEc = (curveOid: string, point: Uint8Array<ArrayBuffer>, format: KeyFormat): Read => {
  const curve = EC_CURVES.get(curveOid);
  if (!curve) return otherAlgorithm(curveOid || EC);
  const read = readPoint(curve, point);
  return read ? curveKey(format, 'EC', curve, read.x, read.y) : { error: 'not_on_curve' };
};

/** A BIT STRING's octets; its first says how many bits of the last are unused, none in a key. */
export const bits = (der: Der | undefined): Uint8Array<ArrayBuffer> | undefined =>
  der?.tag === TAG.bits ? der.content.subarray(1) : undefined;

/** RFC 5280 section 4.1.2.7: algorithm, then the key. Errors: `der`, `algorithm`, `dsa`, `not_on_curve`. */
export const readSpki = (elements: readonly Der[], format: KeyFormat): Read => {
  const [algorithm, parameter] = inside(elements[0]);
  const key = bits(elements[1]);
  const id = oid(algorithm);
  if (!key || !id) return { error: 'der' };
  if (isRsa(id)) return readRsa(inside(readDer(key)?.[0]), format, id);
  if (id === EC) return readEc(oid(parameter), key, format);
  const [kty, variant] = VARIANTS.get(id) ?? [];
  return kty && variant ? curveKey(format, kty, variant, key) : otherAlgorithm(id);
};
