import { tokensInCookies } from './cookies.ts';
import { distinct } from './distinct.ts';
import type { Header, Message } from './headers.ts';
import type { Captured, Carried } from './request.ts';
import { readSetCookies } from './set-cookie.ts';
import { shorten } from './shorten.ts';
import { urlCredentials } from './url.ts';
import { tokensInValue } from './value.ts';

const inHeader = (header: Header): Carried => {
  const name = shorten(header.name.toLowerCase());
  if (name === 'set-cookie') return { found: [], opaque: [] };
  // The target of a redirect is the URL of no request yet, and browsers keep its fragment from webRequest:
  // the places are the URL's, so that `#id_token=` is told by its name, and say that the server sent it.
  if (name === 'location') {
    const { found, opaque } = urlCredentials(header.value);
    return { found: found.map((one) => ({ ...one, place: { ...one.place, from: 'location' } })), opaque };
  }
  const found = tokensInValue(header.value).map(({ compact, ...place }) => ({
    compact,
    place: { kind: 'response_header' as const, name, ...place },
  }));
  return { found, opaque: [] };
};

/**
 * Every token a response's headers carry: each `Set-Cookie` with its attributes (chunks joined, the attributes those of
 * the first), `Location` by query, path and fragment, and any other by shape; and the opaque credentials in `Location`.
 * MAX_TOKENS at most. The URL of the message is the request's and is not looked at again. Never throws; linear in the
 * message.
 */
export const captureResponse = ({ headers }: Message): Captured => {
  const cookies = tokensInCookies(readSetCookies(headers)).map(({ compact, ...place }) => ({
    compact,
    place: { kind: 'set_cookie' as const, ...place },
  }));
  const parts = headers.map(inHeader);
  return {
    ...distinct([...cookies, ...parts.flatMap(({ found }) => found)]),
    opaque: parts.flatMap(({ opaque }) => opaque),
  };
};
