/** What devtools.network tells of a finished request; where the browsers differ, both ways. */
import type { WitnessedRequest } from '../../core/capture/events.ts';

export type Entry = chrome.devtools.network.Request & {
  readonly _fromCache?: string | null;
  readonly _resourceType?: string | null;
  readonly _initiator?: { readonly url?: string } | null;
  readonly response: {
    /** Chromium's: a page's own service worker answered, and may have made it up. */
    readonly _fetchedViaServiceWorker?: boolean;
  };
};

/** HTTP/2's pseudo-headers repeat method and URL. */
const headersOf = (headers: Entry['request']['headers']): WitnessedRequest['requestHeaders'] =>
  headers.filter(({ name }) => !name.startsWith(':')).map(({ name, value }) => ({ name, value }));

/** The value of a header of the request, or undefined. */
export const sentHeader = ({ request }: Entry, wanted: string): string | undefined =>
  request.headers.find(({ name }) => name.toLowerCase() === wanted)?.value;

/** The origin of the document that asked: as it says itself, or else by the markup that Chromium names. */
const initiatorOf = (entry: Entry): string | undefined => {
  const address = [sentHeader(entry, 'origin'), sentHeader(entry, 'referer'), entry._initiator?.url];
  return address.flatMap((url) => URL.parse(url ?? '')?.origin ?? []).find((origin) => origin !== 'null');
};

/** A finished request as the background is told of it. */
export const witnessedOf = (entry: Entry, id: string): WitnessedRequest => {
  const start = Date.parse(entry.startedDateTime);
  const { request, response } = entry;
  const initiator = initiatorOf(entry);
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
    ...(initiator && { initiator }),
  };
};

/** What never left the browser is no request: nothing was sent, and the headers are made up. */
export const left = (entry: Entry): boolean =>
  /^(https?|wss?):/i.test(entry.request.url) && entry._fromCache !== 'memory';
