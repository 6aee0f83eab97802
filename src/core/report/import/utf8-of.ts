/** Whatever a file is encoded in, as UTF-8 without a byte order mark. */
import { createKeptOctets } from './kept-octets.ts';

type Octets = Uint8Array<ArrayBuffer>;

/** Fiddler and Windows editors mark UTF-8, and PowerShell's `>` makes UTF-16 of everything. */
const MARKS = [
  { name: 'utf-8', mark: [0xef, 0xbb, 0xbf], octetsPerUnit: undefined },
  { name: 'utf-16le', mark: [0xff, 0xfe], octetsPerUnit: 2 },
  { name: 'utf-16be', mark: [0xfe, 0xff], octetsPerUnit: 2 },
] as const;
/** UTF-16 that has lost its mark, as the part of a file has: every second octet of a text that begins with ASCII is zero. */
const UNMARKED = [
  { name: 'utf-16le', ascii: [0, 2], zero: [1, 3] },
  { name: 'utf-16be', ascii: [1, 3], zero: [0, 2] },
] as const;
/** Octets; all JSON begins with two characters of ASCII (RFC 4627 section 3), and no mark is as long. */
const HEAD = 4;

export interface Encoding {
  readonly name: (typeof MARKS)[number]['name'];
  /** Octets of the byte order mark. */
  readonly mark: number;
}

/** What a text in ASCII may begin with. */
const isText = (octet = 0): boolean => (octet >= 0x20 && octet < 0x7f) || (octet >= 0x09 && octet <= 0x0d);

const encodingOf = (first: Octets): Encoding => {
  const found = MARKS.find(({ mark }) => mark.every((octet, at) => first[at] === octet));
  if (found) return { name: found.name, mark: found.mark.length };
  const unmarked = UNMARKED.find(
    ({ ascii, zero }) => ascii.every((at) => isText(first[at])) && zero.every((at) => first[at] === 0),
  );
  return { name: unmarked?.name ?? 'utf-8', mark: 0 };
};

const joined = (a: Octets, b: Octets): Octets => {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
};

/** Chunks of which the first is as long as what tells the encoding, if there is as much. */
async function* withFirst(file: AsyncIterable<Octets>): AsyncGenerator<Octets, void, undefined> {
  let first: Octets | undefined = new Uint8Array(0);
  for await (const chunk of file) {
    if (!first) {
      yield chunk;
      continue;
    }
    first = first.length === 0 ? chunk : joined(first, chunk);
    if (first.length < HEAD) continue;
    yield first;
    first = undefined;
  }
  if (first) yield first;
}

/**
 * Gives the same text in UTF-8, chunk by chunk, each with its file's octets up to its end; at least one, if only an empty
 * one. What is no character of UTF-16 stands as U+FFFD.
 */
export async function* utf8Of(
  file: AsyncIterable<Octets>,
): AsyncGenerator<{ readonly octets: Octets; readonly read: number; readonly encoding: Encoding }, void, undefined> {
  const encoder = new TextEncoder();
  let encoding: Encoding | undefined;
  let decoder: TextDecoder | undefined;
  let read = 0;
  for await (const chunk of withFirst(file)) {
    const isFirst = encoding === undefined;
    encoding ??= encodingOf(chunk);
    const { name, mark } = encoding;
    const octets = isFirst ? chunk.subarray(mark) : chunk;
    read += chunk.length;
    if (name === 'utf-8') yield { octets, read, encoding };
    else {
      decoder ??= new TextDecoder(name, { ignoreBOM: true });
      yield { octets: encoder.encode(decoder.decode(octets, { stream: true })), read, encoding };
    }
  }
  const rest = decoder?.decode() ?? '';
  if (encoding && rest !== '') yield { octets: encoder.encode(rest), read, encoding };
}

/** The chunks in larger ones, of at least so many octets but for the last. Those that are large enough stay as they are. */
export async function* inBlocks(file: AsyncIterable<Octets>, length: number): AsyncGenerator<Octets, void, undefined> {
  const kept = createKeptOctets();
  for await (const chunk of file) {
    kept.add(chunk);
    if (kept.length() >= length) yield kept.take();
  }
  if (kept.length() > 0) yield kept.take();
}
