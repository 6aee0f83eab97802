/** Reads an imported file off the panel's thread, no faster than the panel takes what is in it. */
import type { ImportEnd, ImportPiece } from '../core/report/import/imported.ts';
import { readFile } from '../core/report/import/read-file.ts';

/** The file, and the present time; after that, for each piece, that it was taken. */
export type ImportAsked = { readonly file: Blob; readonly at: number } | 'taken';
export type ImportTold = { readonly piece: ImportPiece } | { readonly end: ImportEnd };

const tell = (told: ImportTold): void => self.postMessage(told);

/** When the panel has taken what was told last; reading goes on meanwhile. */
let taken = Promise.withResolvers<void>();
taken.resolve();

const read = async (file: Blob, at: number): Promise<void> => {
  const pieces = readFile(file, at);
  for (;;) {
    const { done, value } = await pieces.next();
    await taken.promise;
    if (done) return tell({ end: value });
    taken = Promise.withResolvers();
    tell({ piece: value });
  }
};

self.onmessage = ({ data }: MessageEvent<ImportAsked>) => {
  if (data === 'taken') taken.resolve();
  // The panel's `onerror` hears of what is reported, and of no rejected promise.
  else read(data.file, data.at).catch(reportError);
};
