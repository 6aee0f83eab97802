import type { Exported } from '../../core/report/export.ts';
import type { PanelSource } from '../../panel/source.ts';

/** The core's `exportLog` in a worker of its own, which ends with the answer or the signal. */
export const exportLog: PanelSource['exportLog'] = (log, options, signal) =>
  new Promise((resolve, reject) => {
    const worker = new Worker('export-worker.js', { type: 'module' });
    const end = (settle: () => void) => () => {
      worker.terminate();
      settle();
    };
    worker.onmessage = ({ data }: MessageEvent<Exported>) => end(() => resolve(data))();
    worker.onerror = ({ message }) => end(() => reject(new Error(message)))();
    signal.addEventListener(
      'abort',
      end(() => reject(signal.reason)),
    );
    worker.postMessage([log, options]);
  });
