/** Reads an imported file off the panel's thread, no faster than the panel takes what is in it. */
import type { ImportEnd, ImportPiece } from '../core/report/import/imported.ts';
import { readFile } from '../core/report/import/read-file.ts';

/** The file, and the present time; after that, for each piece, that it was taken. */
export type ImportAsked = { readonly file: Blob; readonly at: number } | 'taken';
export type ImportTold = { readonly piece: ImportPiece } | { readonly end: ImportEnd };

const tell = (told: ImportTold): void => self.postMessage(told);

/** The panel took what was told last. */
let take = (): void => undefined;

const read = async (file: Blob, at: number): Promise<void> => {
  const pieces = readFile(file, at);
  // Reading goes on while the panel takes what it was told.
  let taken = Promise.resolve();
  for (;;) {
    const { done, value } = await pieces.next();
    await taken;
    if (done) return tell({ end: value });
    taken = new Promise((resolve) => {
      take = resolve;
    });
    tell({ piece: value });
  }
};

self.onmessage = ({ data }: MessageEvent<ImportAsked>) => {
  if (data === 'taken') take();
  // The panel's `onerror` hears of what is reported, and of no rejected promise.
  else read(data.file, data.at).catch(reportError);
};
