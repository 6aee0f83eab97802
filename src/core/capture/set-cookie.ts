/** `Set-Cookie` of one response (RFC 6265bis section 4.1). */
import { type CookiePair, readPair } from './cookies.ts';
import { type Header, headerValues } from './headers.ts';
import type { CookieAttributes } from './records.ts';
import { shorten } from './shorten.ts';

/** More digits than a number holds are no time, nor is what is no date. */
const whole = (time: number): number | undefined => (Number.isSafeInteger(time) ? time : undefined);

/**
 * What stands behind the cookie-pair (RFC 6265bis section 5.6): names compare without case, and of an attribute that
 * stands twice the last counts. `set-cookie-parser` would be a fifteenth of the background, and makes no use of our pairs.
 */
const readAttributes = (text: string): CookieAttributes => {
  const pairs = text.split(';').map((attribute) => readPair(attribute.includes('=') ? attribute : `${attribute}=`));
  const written = new Map(pairs.map(({ name, value }) => [name.toLowerCase(), shorten(value)]));
  const [domain, path, sameSite] = ['domain', 'path', 'samesite'].map((name) => written.get(name));
  const expires = whole(Date.parse(written.get('expires') ?? ''));
  // In seconds, as sent.
  const maxAge = whole(Number.parseInt(written.get('max-age') ?? '', 10));
  return {
    ...(domain && { domain }),
    ...(path && { path }),
    ...(expires !== undefined && { expires }),
    ...(maxAge !== undefined && { maxAge }),
    ...(written.has('secure') && { secure: true }),
    ...(written.has('httponly') && { httpOnly: true }),
    ...(sameSite && { sameSite }),
    ...(written.has('partitioned') && { partitioned: true }),
  };
};

/** The cookies that a response sets, in order, with attributes; Firefox's `\n` joins undone. Never throws. */
export const readSetCookies = (headers: readonly Header[]): readonly CookiePair[] =>
  headerValues(headers, 'set-cookie')
    .map((line) => {
      const end = line.indexOf(';');
      const pair = readPair(end < 0 ? line : line.slice(0, end));
      return { ...pair, attributes: end < 0 ? {} : readAttributes(line.slice(end)) };
    })
    // A deleted cookie, and the chunk that a shorter session no longer needs.
    .filter(({ value }) => value !== '');
