import type { PanelSource } from '../../panel/source.ts';
import type { Asked } from '../../workers/export-worker.ts';

/** Has it written in a worker of its own, which ends with the answer or the signal. */
const written = <Answer>(asked: Asked, signal: AbortSignal): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const worker = new Worker('export-worker.js', { type: 'module' });
    const end = (settle: () => void) => () => {
      worker.terminate();
      settle();
    };
    worker.onmessage = ({ data }: MessageEvent<Answer>) => end(() => resolve(data))();
    worker.onerror = ({ message }) => end(() => reject(new Error(message)))();
    signal.addEventListener(
      'abort',
      end(() => reject(signal.reason)),
    );
    worker.postMessage(asked);
  });

/** The core's `exportLog`. */
export const exportLog: PanelSource['exportLog'] = (log, options, signal) => written(['log', log, options], signal);

/** The core's `gatewayLog`. */
export const exportGatewayLog: PanelSource['exportGatewayLog'] = (log, rows, options, signal) =>
  written(['gateway', log, rows, options], signal);
