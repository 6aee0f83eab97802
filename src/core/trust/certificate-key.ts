import { type Der, inside, readDer, TAG } from './der.ts';
import type { KeyError } from './key.ts';
import { type Read, readSpki } from './spki.ts';
import { sequence } from './write-der.ts';

/** Version, subject, key, attributes. */
const REQUEST = 4;
/** UTCTime and GeneralizedTime */
const TIMES: ReadonlySet<number> = new Set([0x17, 0x18]);

/** RFC 5280 section 4.1: the key is the first SEQUENCE after the subject; a version [0] may stand before the rest. */
const keyInside = (elements: readonly Der[]): Der | undefined => {
  const body = inside(elements[0]);
  return body[body[0]?.tag === TAG.zero ? 6 : 5];
};

/** What is signed in the same manner: a request (RFC 2986) ends in [0] and has no validity, a list of revoked ones (RFC 5280 section 5.1) has times. */
const otherSigned = (elements: readonly Der[]): KeyError | undefined => {
  const tags = inside(elements[0]).map(({ tag }) => tag);
  if (tags[0] === TAG.integer && tags.length === REQUEST && tags[REQUEST - 1] === TAG.zero) return { error: 'csr' };
  return tags.some((tag) => TIMES.has(tag)) ? { error: 'crl' } : undefined;
};

/**
 * The key of a certificate, of which `elements` are the three parts: what is signed, how, and the signature.
 * Errors: those of `readSpki`; `csr` and `crl` for what has the same three parts and is none.
 */
export const readCertificate = (certificate: Uint8Array<ArrayBuffer>, elements: readonly Der[]): Read => {
  const other = otherSigned(elements);
  if (other) return other;
  const read = readSpki(inside(keyInside(elements)), 'x509');
  return 'error' in read ? read : { ...read, certificate };
};

/** The SPKI of a certificate that `readDerKey` has read. */
export const spkiOf = (certificate: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | undefined => {
  const key = keyInside(inside(readDer(certificate)?.[0]));
  return key && sequence(key.content);
};
