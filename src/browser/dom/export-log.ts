import type { exportLog as core, Exported } from '../../core/report/export.ts';

/** The core's `exportLog` in a worker of its own, which ends with the answer. */
export const exportLog = (...input: Parameters<typeof core>): Promise<Exported> =>
  new Promise((resolve, reject) => {
    const worker = new Worker('export-worker.js', { type: 'module' });
    const end = (settle: () => void) => {
      worker.terminate();
      settle();
    };
    worker.onmessage = ({ data }: MessageEvent<Exported>) => end(() => resolve(data));
    worker.onerror = ({ message }) => end(() => reject(new Error(message)));
    worker.postMessage(input);
  });
