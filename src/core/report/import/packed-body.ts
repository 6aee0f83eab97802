/** Bodies that a proxy saved as they came: in base64, and their octets still packed (RFC 9110 section 8.4). */
import { beginsAsGzip } from './gzip-pieces.ts';
import { createKeptOctets } from './kept-octets.ts';
import { unpack } from './unpacked.ts';

type Octets = Uint8Array<ArrayBuffer>;

export interface PackedBody {
  readonly octets: Octets;
  /** `other` is none that browsers unpack: Brotli, Zstandard, deflate without its header. */
  readonly packing: 'gzip' | 'deflate' | 'other';
}

export interface UnpackedBody {
  readonly text: string;
  /** Octets that were unpacked. */
  readonly length: number;
  /** Why there is no text, or only its beginning, as problems name it. */
  readonly missing?: 'too_long' | 'packed';
}

/** Characters of base64 by which it is told whether more of it is worth decoding. */
const HEAD = 1024;
const ENCODED = /\b(?:deflate|br|zstd)\b/i;

const octetsOf = (base64: string): Octets | undefined => {
  try {
    return Uint8Array.fromBase64(base64);
  } catch {
    return;
  }
};

/** RFC 1950 section 2.2: the method is deflate, and the first two octets as a number are a multiple of 31. */
const beginsAsZlib = ([first = 0, second = 0]: Octets): boolean =>
  (first & 0x0f) === 8 && first >> 4 <= 7 && (first * 256 + second) % 31 === 0;

/** Controls that no text has. */
const isNoText = (octets: Octets): boolean => octets.some((octet) => octet < 0x09 || (octet > 0x0d && octet < 0x1b));

const packingOf = (head: Octets, contentEncoding: string): PackedBody['packing'] | undefined => {
  if (beginsAsGzip(head)) return 'gzip';
  if (!ENCODED.test(contentEncoding) || !isNoText(head)) return;
  return /\bdeflate\b/i.test(contentEncoding) && beginsAsZlib(head) ? 'deflate' : 'other';
};

/**
 * The body's octets, if they are packed; undefined where they are not, or are no base64. The header alone does not tell:
 * it stays where DevTools and most proxies saved the text.
 * @param contentEncoding the header's value, '' for none
 */
export const packedIn = (base64: string, contentEncoding: string): PackedBody | undefined => {
  const head = octetsOf(base64.slice(0, HEAD));
  const packing = head && packingOf(head, contentEncoding);
  const octets = packing && octetsOf(base64);
  return octets && { octets, packing };
};

/** What is in it, if that is of `bound` octets at most: a few of them may stand for a thousand times as many. Never throws. */
export const unpackBody = async ({ octets, packing }: PackedBody, bound: number): Promise<UnpackedBody> => {
  if (packing === 'other') return { text: '', length: 0, missing: 'packed' };
  const file = {
    async *stream() {
      yield octets;
    },
  };
  const { stream, isCut } = unpack(file, packing);
  const kept = createKeptOctets();
  for await (const piece of stream()) {
    if (kept.length() + piece.length > bound) return { text: '', length: bound, missing: 'too_long' };
    kept.add(piece);
  }
  const length = kept.length();
  return { text: new TextDecoder().decode(kept.take()), length, ...(isCut() && { missing: 'packed' }) };
};
