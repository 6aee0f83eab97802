import type { PanelSource } from '../../panel/source.ts';
import type { ImportAsked, ImportTold } from '../../workers/import-worker.ts';

/** Has the file read in a worker of its own, which ends with the file or the signal. */
export const importFile: PanelSource['importFile'] = (file, listener, signal) =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const worker = new Worker('import-worker.js', { type: 'module' });
    const post = (asked: ImportAsked): void => worker.postMessage(asked);
    const end = (settle: () => void): void => {
      worker.terminate();
      signal.removeEventListener('abort', abort);
      settle();
    };
    const abort = (): void => end(() => reject(signal.reason));
    worker.onmessage = ({ data }: MessageEvent<ImportTold>) => {
      // What was on its way when the signal came is for nobody.
      if (signal.aborted) return;
      if ('end' in data) {
        end(() => resolve(data.end));
        return;
      }
      listener(data.piece);
      post('taken');
    };
    worker.onerror = ({ message }) => end(() => reject(new Error(message)));
    signal.addEventListener('abort', abort);
    post({ file, at: Date.now() });
  });
