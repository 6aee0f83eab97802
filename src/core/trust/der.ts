/**
 * As much of DER (X.690) as it takes to find a public key. @peculiar/x509 would be 100 kB for four structures
 * and takes neither PKCS#1 nor SEC1; certificates as such are its work, not this file's.
 */

export interface Der {
  readonly tag: number;
  readonly content: Uint8Array<ArrayBuffer>;
}

export const TAG = {
  integer: 2,
  bits: 3,
  octets: 4,
  oid: 6,
  sequence: 0x30,
  /** [0] and [1] around something of its own tag */
  zero: 0xa0,
  one: 0xa1,
  /** [0] instead of OCTET STRING, and [1] instead of BIT STRING */
  seed: 0x80,
  publicBits: 0x81,
} as const;

/** No key needs more; beyond it `length << 8` would overflow. */
const MAX_LENGTH_BYTES = 3;

/** The elements that stand one after the other in `bytes`, or undefined where that is not DER. */
export const readDer = (bytes: Uint8Array<ArrayBuffer>): readonly Der[] | undefined => {
  const elements: Der[] = [];
  let at = 0;
  while (at < bytes.length) {
    const tag = bytes[at++] ?? 0;
    let length = bytes[at++] ?? bytes.length;
    if (length & 0x80) {
      let more = length & 0x7f;
      if (more === 0 || more > MAX_LENGTH_BYTES) return;
      for (length = 0; more > 0; more--) length = (length << 8) | (bytes[at++] ?? 0);
    }
    if (at + length > bytes.length) return;
    elements.push({ tag, content: bytes.subarray(at, at + length) });
    at += length;
  }
  return elements;
};

/** The elements inside `der`; none where there is nothing to read. */
export const inside = (der: Der | undefined): readonly Der[] => (der && readDer(der.content)) ?? [];

/** Octets. The identifiers of keys take ten; one without a bound would be a text without one. */
const MAX_OID = 64;

/** An object identifier in dotted form; '' where it is none. */
export const oid = (der: Der | undefined): string => {
  if (der?.tag !== TAG.oid || der.content.length === 0 || der.content.length > MAX_OID) return '';
  const arcs = [0];
  for (const byte of der.content) {
    const last = arcs.length - 1;
    arcs[last] = (arcs[last] ?? 0) * 128 + (byte & 0x7f);
    if (byte < 0x80) arcs.push(0);
  }
  const [head = 0, ...rest] = arcs.slice(0, -1);
  const root = Math.min(Math.floor(head / 40), 2);
  return [root, head - root * 40, ...rest].join('.');
};

/** An INTEGER's octets without the zero that only keeps it positive. */
export const unsigned = (der: Der | undefined): Uint8Array<ArrayBuffer> => {
  const content = der?.content ?? new Uint8Array();
  const start = content.findIndex((byte) => byte !== 0);
  return start < 0 ? new Uint8Array() : content.subarray(start);
};
