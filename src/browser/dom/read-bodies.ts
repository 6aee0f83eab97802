/** The reading of bodies, loaded with the first that may hold a token: short ones here, long ones in a worker. */
import type { BodyTokens } from '../../core/capture/bodies.ts';
import { type BodyToRead, type BodyWork, parseBodyTokens, readBody } from '../../core/capture/body-work.ts';
import type { WitnessedRequest } from '../../core/capture/events.ts';
import { grantOf } from '../../core/capture/grant.ts';
import type { Sent } from './body-of.ts';

/** Characters that are read in a task of this page, which may share its thread with the panel: about 1 ms. */
const MAX_HERE = 65_536;
/** Characters that are handed over in one task: less than 1 ms. */
const PIECE = 1_048_576;
/** ms; the worker takes a second for the longest body. */
const MAX_WORK = 30_000;

let running: Worker | undefined;
let last: Promise<unknown> = Promise.resolve();

const stop = (): void => {
  running?.terminate();
  running = undefined;
};

/** The worker's next message; rejects if there is none. */
const answerOf = (worker: Worker): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const late = setTimeout(reject, MAX_WORK);
    const end = (settle: (value: unknown) => void, value: unknown): void => {
      clearTimeout(late);
      settle(value);
    };
    worker.onmessage = ({ data }: MessageEvent<unknown>) => end(resolve, data);
    worker.onerror = ({ message }) => end(reject, message);
  });

const readInWorker = async (content: string, body: BodyToRead): Promise<BodyTokens | undefined> => {
  try {
    running ??= new Worker('body-worker.js', { type: 'module' });
    const worker = running;
    const post = (work: BodyWork): void => worker.postMessage(work);
    const answered = answerOf(worker);
    answered.catch(() => undefined);
    for (let at = 0; at < content.length; at += PIECE) {
      post({ piece: content.slice(at, at + PIECE) });
      await new Promise((resolve) => setTimeout(resolve));
    }
    post({ read: body });
    return parseBodyTokens(await answered);
  } catch {
    stop();
    return;
  }
};

/** The tokens in a body; undefined where the worker did not start, or came to no end. */
const tokensIn = (content: string, body: BodyToRead): Promise<BodyTokens | undefined> => {
  if (content.length <= MAX_HERE) return Promise.resolve(readBody(content, body));
  // One after the other, since the pieces of two would be taken for one body.
  const reading = last.then(() => readInWorker(content, body));
  last = reading;
  return reading;
};

export interface Read {
  /** The request as it is to be told again; undefined where its body held no token. */
  readonly told?: WitnessedRequest;
  /** The body was read to its end, and all that it held is told. */
  readonly isWhole: boolean;
}

/**
 * Reads one body of a request.
 * @param content as DevTools gave it
 * @param sent the request's own body, for its grant
 */
export const readBodyOf = async (
  request: WitnessedRequest,
  content: string,
  body: BodyToRead,
  sent: Sent | undefined,
): Promise<Read> => {
  const tokens = await tokensIn(content, body);
  const isWhole = tokens?.dropped === 0;
  if (!tokens || tokens.found.length === 0) return { isWhole };
  const grant = sent && grantOf(sent.mimeType, sent.text);
  return { told: { ...request, bodies: tokens.found, ...(grant && { grant }) }, isWhole };
};
