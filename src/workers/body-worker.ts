/** Looks for tokens in bodies that would hold up a page: 50 MB of text take a tenth of a second and more. */
import { createBodyWork } from '../core/capture/body-work.ts';

const work = createBodyWork();

self.onmessage = ({ data }: MessageEvent<unknown>) => {
  const answer = work(data);
  if (answer) self.postMessage(answer);
};
