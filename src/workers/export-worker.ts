/** Writes exports off the panel's thread: redacting and proving a log of 10,000 tokens takes seconds. */
import { exportLog } from '../core/report/export.ts';
import { gatewayLog } from '../core/report/gateway-log.ts';

/** What is to be written, and of what. */
export type Asked =
  | readonly ['log', ...Parameters<typeof exportLog>]
  | readonly ['gateway', ...Parameters<typeof gatewayLog>];

self.onmessage = ({ data }: MessageEvent<Asked>) => {
  if (data[0] === 'log') self.postMessage(exportLog(data[1], data[2]));
  else self.postMessage(gatewayLog(data[1], data[2], data[3]));
};
