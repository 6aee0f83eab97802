/** Files that were packed with gzip (RFC 1952), as logs that were put away and HARs that were sent are: `trace.har.gz`. */
import { gzipPieces, isGzip, type Piece } from './gzip-pieces.ts';
import type { ReadableFile } from './reader.ts';

type Octets = Uint8Array<ArrayBuffer>;

export interface Unpacked extends ReadableFile {
  /** Octets of the packed file that were taken; undefined of one that is not packed. */
  read(): number | undefined;
  /** It ends in the middle, or what follows is no gzip. */
  isCut(): boolean;
}

/** Octets of a member's last field, its length when unpacked modulo 2^32 (section 2.3.1). */
const ISIZE = 4;

/** How the writing of a member ended. */
type End =
  | { readonly how: 'whole' | 'cut' }
  /** This piece was not taken; `isize` is what stands before it. */
  | { readonly how: 'refused'; readonly piece: Piece; readonly isize: number | undefined }
  /** The file itself threw. */
  | { readonly how: 'failed'; readonly error: unknown };

/** Writes a member from its first piece on. Each is taken once what the one before it gave was read. Never throws. */
const write = async (
  writable: WritableStream<BufferSource>,
  first: Piece,
  take: () => Promise<Piece | undefined>,
): Promise<End> => {
  const writer = writable.getWriter();
  let isize: number | undefined;
  for (let piece: Piece | undefined = first; piece; ) {
    try {
      await writer.write(piece.octets);
    } catch {
      return { how: 'refused', piece, isize };
    }
    for (const octet of piece.octets.subarray(-ISIZE)) isize = (((isize ?? 0) >>> 8) | (octet << 24)) >>> 0;
    try {
      piece = await take();
    } catch (error) {
      await writer.abort(error).catch(() => undefined);
      return { how: 'failed', error };
    }
  }
  return writer.close().then(
    () => ({ how: 'whole' }),
    () => ({ how: 'cut' }),
  );
};

/**
 * What is in a packed file, or in a body, of which `format` tells how. All members of gzip, one behind the other (section
 * 2.2): browsers refuse whatever stands behind the first one, so that each gets a stream of its own. What cannot be
 * unpacked any further is the end, and `isCut` tells of it; throws only what the file does.
 */
export const unpack = (file: ReadableFile, format: 'gzip' | 'deflate' = 'gzip'): Unpacked => {
  let read = 0;
  let isCut = false;

  async function* stream(): AsyncGenerator<Octets, void, undefined> {
    read = 0;
    isCut = false;
    const pieces = gzipPieces(file);
    const take = async (): Promise<Piece | undefined> => {
      const { value } = await pieces.next();
      read += value?.octets.length ?? 0;
      return value ?? undefined;
    };
    try {
      for (let first = await take(); first; ) {
        const { readable, writable } = new DecompressionStream(format);
        const writing = write(writable, first, take);
        let length = 0;
        try {
          for await (const octets of readable) {
            length = (length + octets.length) >>> 0;
            yield octets;
          }
        } catch {
          // Why is what the writing tells.
        }
        const end = await writing;
        if (end.how === 'failed') throw end.error;
        if (end.how !== 'refused') {
          isCut = end.how === 'cut';
          return;
        }
        isCut = !end.piece.isBeginning || end.isize !== length;
        if (isCut) return;
        first = end.piece;
      }
    } finally {
      await pieces.return();
    }
  }

  return { stream, read: () => read, isCut: () => isCut };
};

/** The file, or what is in it where it is packed with gzip. Throws only what the file does. */
export const unpacked = async (file: ReadableFile): Promise<Unpacked> =>
  (await isGzip(file)) ? unpack(file) : { stream: () => file.stream(), read: () => undefined, isCut: () => false };
