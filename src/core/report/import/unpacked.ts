/** Files that were packed with gzip (RFC 1952), as logs that were put away and HARs that were sent are: `trace.har.gz`. */
import type { ReadableFile } from './reader.ts';

type Octets = Uint8Array<ArrayBuffer>;

const MAGIC = [0x1f, 0x8b] as const;
/**
 * Octets that are unpacked at once. What comes of them waits in memory, a thousand times as much at most; and where they
 * break, it is lost with them.
 */
const MAX_AT_ONCE = 1024;

export interface Unpacked extends ReadableFile {
  /** Octets of the packed file that were taken; undefined of one that is not packed. */
  read(): number | undefined;
  /** It ends in the middle, or what follows is no gzip. */
  isCut(): boolean;
}

const isPacked = async (file: ReadableFile): Promise<boolean> => {
  const first: number[] = [];
  for await (const chunk of file.stream()) {
    first.push(...chunk.subarray(0, MAGIC.length - first.length));
    if (first.length === MAGIC.length) break;
  }
  return MAGIC.every((octet, at) => first[at] === octet);
};

/** As a stream of pieces, none of them too large. Told of each; and of what the file itself throws. */
const piecesOf = (file: ReadableFile, onTaken: (length: number) => void, onError: (error: unknown) => void) => {
  const chunks = file.stream()[Symbol.asyncIterator]();
  let rest: Octets = new Uint8Array(0);
  return new ReadableStream<Octets>({
    async pull(controller) {
      try {
        while (rest.length === 0) {
          const { done, value } = await chunks.next();
          if (done) {
            controller.close();
            return;
          }
          rest = value;
        }
      } catch (error) {
        onError(error);
        throw error;
      }
      const piece = rest.subarray(0, MAX_AT_ONCE);
      rest = rest.subarray(piece.length);
      onTaken(piece.length);
      controller.enqueue(piece);
    },
    async cancel() {
      await chunks.return?.();
    },
  });
};

/**
 * The file, or what is in it where it is packed. What cannot be unpacked any further is the end, and `isCut` tells of it;
 * throws only what the file does.
 */
export const unpacked = async (file: ReadableFile): Promise<Unpacked> => {
  if (!(await isPacked(file))) return { stream: () => file.stream(), read: () => undefined, isCut: () => false };
  let read = 0;
  let isCut = false;

  async function* stream(): AsyncGenerator<Octets, void, undefined> {
    let failure: { readonly error: unknown } | undefined;
    read = 0;
    isCut = false;
    const onTaken = (length: number) => {
      read += length;
    };
    const onError = (error: unknown) => {
      failure = { error };
    };
    try {
      yield* piecesOf(file, onTaken, onError).pipeThrough(new DecompressionStream('gzip'));
    } catch {
      if (failure) throw failure.error;
      isCut = true;
    }
  }

  return { stream, read: () => read, isCut: () => isCut };
};
