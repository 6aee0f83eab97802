/** Writes an export off the panel's thread: redacting and proving a log of 10,000 tokens takes seconds. */
import { exportLog } from '../core/report/export.ts';

self.onmessage = ({ data }: MessageEvent<Parameters<typeof exportLog>>) => {
  self.postMessage(exportLog(...data));
};
