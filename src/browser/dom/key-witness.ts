import { subscribe } from '../subscribe.ts';

export type Entry = chrome.devtools.network.Request & {
  readonly response: {
    /** Chromium's: a page's own service worker answered, and may have made it up. */
    readonly _fetchedViaServiceWorker?: boolean;
  };
};

/** Bytes; Firefox 140 cuts longer bodies at this length, and nobody's keys take as much. */
const MAX_BODY = 1_048_576;
/** Bodies that wait to be read; a page that loads more at once is not held up, and its keys come with the next load. */
const MAX_WAITING = 100;
/** Bytes of them, all together. */
const MAX_WAITING_BYTES = 8 * MAX_BODY;

const isJson = (type: string): boolean => /^[^;]*[/+-]json\b/i.test(type);

/** An address that keys are likely to stand at. */
const LIKELY = /(?:jwks?|certs?|keys|openid-configuration|oauth-authorization-server)(?:\.json)?\/?(?:\?|$)/i;

/** Firefox tells no address of what came out of a cache, or of a service worker; Chromium tells of the latter. */
const isFromServer = ({ response, serverIPAddress }: Entry): boolean =>
  response._fetchedViaServiceWorker === undefined ? Boolean(serverIPAddress) : !response._fetchedViaServiceWorker;

/**
 * Whether a body may hold keys, from what is known without it. Reading one takes the browser some work, and most JSON of
 * an app is its API's: keys are public, so that nobody sends a credential to get them, unless it goes with every request.
 */
export const mayBeKeys = (entry: Entry): boolean => {
  const { request, response } = entry;
  const { size = 0, mimeType } = response.content;
  return (
    request.method === 'GET' &&
    response.status === 200 &&
    size <= MAX_BODY &&
    /^https?:/i.test(request.url) &&
    (isJson(mimeType) || LIKELY.test(request.url)) &&
    (LIKELY.test(request.url) || !request.headers.some(({ name }) => name.toLowerCase() === 'authorization')) &&
    isFromServer(entry)
  );
};

/** Has the keys join the ring that pass by in the traffic: no request is made for it. */
export const witnessKeys = (): (() => void) => {
  let waiting = 0;
  let bytes = 0;
  let last: Promise<unknown> = Promise.resolve();
  let loaded: Promise<typeof import('./seen.ts')> | undefined;
  const load = () => {
    loaded ??= import('./seen.ts');
    return loaded;
  };
  const take = async ({ request, response }: Entry, body: Promise<string>): Promise<void> => {
    try {
      const { takeSeen } = await load();
      await takeSeen(request.url, await body);
    } catch {
      // Storage is full, or the page under DevTools is gone: the keys pass by again.
    } finally {
      waiting -= 1;
      bytes -= response.content.size;
    }
  };
  return subscribe(chrome.devtools.network.onRequestFinished, (entry: Entry) => {
    const { size } = entry.response.content;
    if (waiting >= MAX_WAITING || bytes + size > MAX_WAITING_BYTES || !mayBeKeys(entry)) return;
    waiting += 1;
    bytes += size;
    // Read at once: a page that leaves, as for a login, takes its bodies along.
    const body = load().then(({ bodyOf }) => bodyOf(entry));
    body.catch(() => undefined);
    // Taken one after the other: a document and its set that come together are to find each other.
    last = last.then(() => take(entry, body));
  });
};
