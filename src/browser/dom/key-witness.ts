import { type Entry, sentHeader } from './har-entry.ts';

/** Bytes; Firefox 140 cuts longer bodies at this length, and nobody's keys take as much. */
const MAX_BODY = 1_048_576;

export const isJson = (type: string): boolean => /^[^;]*[/+-]json\b/i.test(type);

/** An address that keys are likely to stand at. */
const LIKELY = /(?:jwks?|certs?|keys|openid-configuration|oauth-authorization-server)(?:\.json)?\/?(?:\?|$)/i;

/** Firefox tells no address of what came out of a cache, or of a service worker; Chromium tells of the latter. */
const isFromServer = ({ response, serverIPAddress }: Entry): boolean =>
  response._fetchedViaServiceWorker === undefined ? Boolean(serverIPAddress) : !response._fetchedViaServiceWorker;

/**
 * Whether a body may hold keys, from what is known without it: most JSON of an app is its API's, and keys are public, so
 * that nobody sends a credential to get them, unless it goes with every request.
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
    (LIKELY.test(request.url) || sentHeader(entry, 'authorization') === undefined) &&
    isFromServer(entry)
  );
};
