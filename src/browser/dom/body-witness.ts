import { isText } from '../../core/capture/body-type.ts';
import { isCut, withoutLost } from '../../core/capture/cut-body.ts';
import type { WitnessedRequest } from '../../core/capture/events.ts';
import { nextHeaderStart } from '../../core/capture/find.ts';
import { parseSettings } from '../../core/capture/settings.ts';
import { settings } from '../settings.ts';
import { bodyOf, type Content, sentOf } from './body-of.ts';
import { createBodyQueue } from './body-queue.ts';
import { type Entry, sentHeader } from './har-entry.ts';
import { isJson, mayBeKeys } from './key-witness.ts';

/** Bytes of a body, or characters: the browsers keep none that is longer, nor has anybody seen a token in one. */
const MAX_BODY = 64 * 1024 * 1024;
/** Bytes; no token is shorter, and an API's `{"ok":true}` need not be asked for. */
const MIN_BODY = 24;
/** Characters that are looked through for the beginning of a token at once: about 1 ms. */
const MAX_PEEK = 1_048_576;

/** Whom the witness tells. */
export interface Teller {
  /** A request that was told before, with what a body of it holds. */
  again(request: WitnessedRequest): void;
  /** A body was not looked at, or not to the end: for want of room, or because it is no text. */
  unread(why: 'skipped' | 'binary'): void;
}

const hasBody = ({ request, response }: Entry): boolean =>
  response.status >= 200 &&
  (response.status < 300 || response.status >= 400) &&
  request.method !== 'HEAD' &&
  request.method !== 'OPTIONS' &&
  response.content.size !== 0;

const isUrgent = (entry: Entry): boolean =>
  mayBeKeys(entry) ||
  entry.request.method !== 'GET' ||
  entry._resourceType === 'document' ||
  (isJson(entry.response.content.mimeType) && sentHeader(entry, 'authorization') === undefined);

/** Gives what looks at the bodies of each finished request, which was told already: for tokens, and for keys. */
export const witnessBodies = ({ again, unread }: Teller): ((entry: Entry, request: WitnessedRequest) => void) => {
  const queue = createBodyQueue(() => performance.now());
  let paused = false;
  let lastSeen: Promise<unknown> = Promise.resolve();
  const set = (stored: unknown): void => {
    ({ paused } = parseSettings(stored));
  };
  settings.onChanged(set);
  void settings.read().then(set);

  /** Has the keys of a body join the ring, one body after the other: a document and its set are to find each other. */
  const takeKeys = (url: string, body: Content): void => {
    // Storage is full, or the page under DevTools is gone: the keys pass by again.
    lastSeen = lastSeen.then(async () => (await import('./seen.ts')).takeSeen(url, body)).catch(() => undefined);
  };

  const read = async (
    entry: Entry,
    request: WitnessedRequest,
    { content, base64 }: Content,
    kind: 'request_body' | 'response_body',
    mimeType: string,
  ): Promise<void> => {
    if (!base64 && content.length <= MAX_PEEK && nextHeaderStart(content, 0) < 0) return;
    const cut = kind === 'response_body' && !base64 && isCut(content, entry.response.content.size);
    const { readBodyOf } = await import('./read-bodies.ts');
    const body = { kind, mimeType, base64, ...(cut && { cut }) };
    const kept = cut ? withoutLost(content) : content;
    const { told, isWhole } = await readBodyOf(request, kept, body, sentOf(entry));
    if (told) again(told);
    if (!isWhole) unread('skipped');
  };

  const lookAtSent = (entry: Entry, request: WitnessedRequest): void => {
    const sent = sentOf(entry);
    if (!sent) return;
    const { text, mimeType } = sent;
    if (!isText(mimeType)) unread('binary');
    else if (text.length > MAX_BODY) unread('skipped');
    else void read(entry, request, { content: text, base64: false }, 'request_body', mimeType);
  };

  const lookAtGot = (entry: Entry, request: WitnessedRequest): void => {
    if (!hasBody(entry)) return;
    const { size = 0, mimeType } = entry.response.content;
    if (size > 0 && size < MIN_BODY) return;
    if (!isText(mimeType, request.url)) {
      unread('binary');
      return;
    }
    const run = async (): Promise<void> => {
      const body = await bodyOf(entry);
      if (body.content === '') unread('skipped');
      else if (mayBeKeys(entry)) takeKeys(request.url, body);
      await read(entry, request, body, 'response_body', mimeType);
    };
    const job = { size: Math.max(0, size), isUrgent: isUrgent(entry), run };
    if (size > MAX_BODY || !queue.add(job)) unread('skipped');
  };

  return (entry, request) => {
    if (paused) return;
    lookAtSent(entry, request);
    lookAtGot(entry, request);
  };
};
