/** A reader of files for the panel's tests: tells what it is told to, when it is told to. */
import type { ImportEnd, ImportPiece } from '../../src/core/report/import/imported.ts';
import type { PanelSource } from '../../src/panel/source.ts';

export const END: ImportEnd = { format: 'har', read: 0, problems: [] };

export interface Reading {
  readonly file: File;
  /** A piece, of which the octets read are all so far. */
  put(piece: Partial<ImportPiece>): void;
  end(end?: Partial<ImportEnd>): void;
  fail(): void;
}

/** Every file that is being read, in order, for `importFile` of a source. */
export const createReader = () => {
  const readings: Reading[] = [];
  const importFile: PanelSource['importFile'] = (file, listener, signal) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      signal.addEventListener('abort', () => reject(signal.reason));
      if (!(file instanceof File)) throw new Error('no file');
      readings.push({
        file,
        put: (piece) => signal.aborted || listener({ read: 0, records: [], ...piece }),
        end: (end) => resolve({ ...END, ...end }),
        fail: () => reject(new Error('the worker broke')),
      });
    });
  return { importFile, readings };
};

export const fileOf = (name: string, text = '0123456789'): File => new File([text], name);
