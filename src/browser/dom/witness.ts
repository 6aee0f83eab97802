import type { WitnessedRequest } from '../../core/capture/exchange.ts';
import { openKey } from '../../core/capture/keys.ts';
import { MAX_WITNESSED } from '../../core/capture/messages.ts';
import { send } from '../messages.ts';
import { stay } from '../presence.ts';
import { subscribe } from '../subscribe.ts';
import { inspectedTab } from './inspected.ts';

/** Requests that finish together are told together; the panel should show them within 100 ms all the same. */
const GATHER_MS = 25;
/** A background stopped in the middle of a message is woken by the next one. */
const MAX_ATTEMPTS = 5;

type Entry = chrome.devtools.network.Request & {
  readonly _fromCache?: string | null;
  readonly _resourceType?: string | null;
};

/** HTTP/2's pseudo-headers repeat method and URL. */
const headersOf = (headers: Entry['request']['headers']): WitnessedRequest['requestHeaders'] =>
  headers.filter(({ name }) => !name.startsWith(':')).map(({ name, value }) => ({ name, value }));

const witnessedOf = (entry: Entry, id: string): WitnessedRequest => {
  const start = Date.parse(entry.startedDateTime);
  const { request, response } = entry;
  return {
    id,
    method: request.method,
    url: request.url,
    resource: entry._resourceType ?? 'other',
    start,
    end: start + Math.max(0, entry.time),
    status: Math.max(0, response.status),
    requestHeaders: headersOf(request.headers),
    responseHeaders: headersOf(response.headers),
  };
};

/** What never left the browser is no request: nothing was sent, and the headers are made up. */
const left = (entry: Entry): boolean => /^(https?|wss?):/i.test(entry.request.url) && entry._fromCache !== 'memory';

const tell = async (tab: number, requests: WitnessedRequest[], attempt = 1): Promise<void> => {
  try {
    await send({ type: 'witnessed', tab, requests });
  } catch {
    if (attempt < MAX_ATTEMPTS) await tell(tab, requests, attempt + 1);
  }
};

/** Tells the background of every request that DevTools sees, and that DevTools is open. */
export const witness = async (): Promise<void> => {
  const page = `d${crypto.randomUUID()}`;
  let gathered: WitnessedRequest[] = [];
  let told = 0;
  const tab = inspectedTab();

  const flush = async (): Promise<void> => {
    const requests = gathered;
    gathered = [];
    for (let from = 0; from < requests.length; from += MAX_WITNESSED) {
      await tell(await tab, requests.slice(from, from + MAX_WITNESSED));
    }
  };
  subscribe(chrome.devtools.network.onRequestFinished, (entry: Entry) => {
    if (!left(entry)) return;
    told += 1;
    if (gathered.length === 0) setTimeout(flush, GATHER_MS);
    gathered.push(witnessedOf(entry, `${page}-${told}`));
  });

  const inspected = await tab;
  await stay(() => openKey(inspected, crypto.randomUUID()));
};
