/** A HAR made of Chromium's own protocol (CDP, domain Network), as recorders of tests and crawlers make it. */
import type { CDPSession, Page, Protocol } from 'puppeteer';

type Network = Protocol.Network.Headers;

/** One request; a redirect is one of its own, under the same `requestId`. */
interface Seen {
  readonly id: string;
  readonly sent: Protocol.Network.RequestWillBeSentEvent;
  sentHeaders: Network;
  response?: Protocol.Network.Response;
  answeredHeaders: Network;
  status?: number;
  body?: Promise<Protocol.Network.GetResponseBodyResponse | undefined>;
}

const pairs = (headers: Network) => Object.entries(headers).map(([name, value]) => ({ name, value }));

/** Entries that were answered; CDP joins headers of one name by line ends, and so do they. */
const entryOf = async ({ sent, sentHeaders, response, answeredHeaders, status, body }: Seen) => {
  if (!response) return [];
  const { request, wallTime } = sent;
  const { body: text, base64Encoded } = (await body) ?? {};
  const postData = request.postData && {
    postData: { mimeType: request.headers['Content-Type'] ?? '', text: request.postData },
  };
  return [
    {
      startedDateTime: new Date(wallTime * 1000).toISOString(),
      time: 0,
      request: {
        ...{ method: request.method, url: request.url + (request.urlFragment ?? ''), httpVersion: 'HTTP/1.1' },
        ...{ cookies: [], queryString: [], headersSize: -1, bodySize: -1 },
        headers: pairs({ ...request.headers, ...sentHeaders }),
        ...postData,
      },
      response: {
        ...{ status: status ?? response.status, statusText: response.statusText, httpVersion: 'HTTP/1.1' },
        ...{ cookies: [], redirectURL: '', headersSize: -1, bodySize: -1 },
        headers: pairs({ ...response.headers, ...answeredHeaders }),
        content: {
          ...{ size: text?.length ?? 0, mimeType: response.mimeType },
          ...(text !== undefined && { text }),
          ...(base64Encoded && { encoding: 'base64' }),
        },
      },
      cache: {},
      timings: { send: -1, wait: -1, receive: -1 },
    },
  ];
};

/** Records from now on. Gives what tells of it as a HAR's text. */
export const recordHar = async (page: Page): Promise<() => Promise<string>> => {
  const session: CDPSession = await page.createCDPSession();
  const all: Seen[] = [];
  /** The headers that really travelled come apart, before or after the event that they belong to. */
  const early = new Map<string, Network[]>();
  const current = (id: string) => all.findLast((seen) => seen.id === id);
  session.on('Network.requestWillBeSent', (sent) => {
    const before = current(sent.requestId);
    if (before && sent.redirectResponse) before.response = sent.redirectResponse;
    const [sentHeaders = {}] = early.get(sent.requestId)?.splice(0, 1) ?? [];
    all.push({ id: sent.requestId, sent, sentHeaders, answeredHeaders: {} });
  });
  session.on('Network.requestWillBeSentExtraInfo', ({ requestId, headers }) => {
    const seen = current(requestId);
    if (seen && Object.keys(seen.sentHeaders).length === 0 && !seen.response) seen.sentHeaders = headers;
    else early.set(requestId, [...(early.get(requestId) ?? []), headers]);
  });
  session.on('Network.responseReceivedExtraInfo', ({ requestId, headers, statusCode }) => {
    const seen = all.find(({ id, status }) => id === requestId && status === undefined);
    if (seen) Object.assign(seen, { answeredHeaders: headers, status: statusCode });
  });
  session.on('Network.responseReceived', ({ requestId, response }) => {
    const seen = current(requestId);
    if (seen) seen.response = response;
  });
  session.on('Network.loadingFinished', ({ requestId }) => {
    const seen = current(requestId);
    // Gone with the next navigation.
    if (seen) seen.body = session.send('Network.getResponseBody', { requestId }).catch(() => undefined);
  });
  await session.send('Network.enable');
  return async () => {
    const entries = (await Promise.all(all.map(entryOf))).flat();
    return JSON.stringify({ log: { version: '1.2', creator: { name: 'CDP', version: '1.3' }, entries } });
  };
};
