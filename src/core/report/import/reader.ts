import type { ImportEnd } from './imported.ts';

/** One way to read a file, as its octets come. */
export interface Reader {
  /** Takes the next octets, as UTF-8; false where nothing that follows is for it. */
  take(octets: Uint8Array<ArrayBuffer>): boolean;
  /** Resolves once all is kept of what was taken, where something of it takes its time. */
  settle?(): Promise<void>;
  /** It is what is read so, as far as can be told. */
  isFound(): boolean;
  /** What is to be said in the end; undefined where the file is to be read in another way. */
  end(): Omit<ImportEnd, 'problems'> | undefined;
}

/** A file that can be read more than once, as a Blob can. */
export interface ReadableFile {
  stream(): AsyncIterable<Uint8Array<ArrayBuffer>>;
}
