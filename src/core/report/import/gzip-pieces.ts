/** A file packed with gzip in pieces, of which each beginning of a member is the first octet of one. */
import type { ReadableFile } from './reader.ts';

type Octets = Uint8Array<ArrayBuffer>;

/** How a member begins (RFC 1952 section 2.3.1): two octets for gzip, and one for deflate, the only method there is. */
const BEGINNING = [0x1f, 0x8b, 0x08] as const;
/**
 * Octets that are unpacked at once. What comes of them waits in memory, a thousand times as much at most; and where they
 * break, it is lost with them.
 */
const MAX_AT_ONCE = 1024;
/**
 * Places that may begin a member, behind which no further one is looked for: each member costs a stream, half a ms in
 * Chromium. Logs that were put together have a few, or one for each 64 KB; in 16 MB, one place looks like it by chance.
 */
const MAX_BEGINNINGS = 10_000;

export interface Piece {
  readonly octets: Octets;
  /** As a member begins, or by chance. */
  readonly isBeginning: boolean;
}

const beginsAt = (octets: Octets, at: number): boolean =>
  BEGINNING.every((octet, index) => octets[at + index] === octet);

/** The next place behind the first octet; -1 for none. */
const nextBeginning = (octets: Octets): number => {
  let at = octets.indexOf(BEGINNING[0], 1);
  while (at >= 0 && !beginsAt(octets, at)) at = octets.indexOf(BEGINNING[0], at + 1);
  return at;
};

const joined = (a: Octets, b: Octets): Octets => {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
};

export const beginsAsGzip = (octets: Octets): boolean => beginsAt(octets, 0);

export const isGzip = async (file: ReadableFile): Promise<boolean> => {
  let first: Octets = new Uint8Array(0);
  for await (const chunk of file.stream()) {
    first = joined(first, chunk.subarray(0, BEGINNING.length));
    if (first.length >= BEGINNING.length) break;
  }
  return beginsAsGzip(first);
};

/** Throws only what the file does. */
export async function* gzipPieces(file: ReadableFile): AsyncGenerator<Piece, void, undefined> {
  let rest: Octets = new Uint8Array(0);
  let beginnings = 0;
  for await (const chunk of file.stream()) {
    rest = rest.length === 0 ? chunk : joined(rest, chunk);
    while (rest.length >= BEGINNING.length) {
      const reach = rest.subarray(0, MAX_AT_ONCE);
      const next = beginnings < MAX_BEGINNINGS ? nextBeginning(reach) : -1;
      if (next >= 0) beginnings += 1;
      // Whether its last ones begin a member is known only with what follows.
      const length = next >= 0 ? next : reach.length - (BEGINNING.length - 1);
      yield { octets: rest.subarray(0, length), isBeginning: beginsAt(rest, 0) };
      rest = rest.subarray(length);
    }
  }
  if (rest.length > 0) yield { octets: rest, isBeginning: false };
}
