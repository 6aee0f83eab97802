/** `Set-Cookie` of one response (RFC 6265bis section 4.1). */
import { parseSetCookie } from 'set-cookie-parser';
import { type CookiePair, readPair } from './cookies.ts';
import { type Header, headerValues } from './headers.ts';
import type { CookieAttributes } from './records.ts';
import { shorten } from './shorten.ts';

/**
 * The name stands in for the cookie's own, which the library would drop when it is `constructor` or another name that
 * every object has; it is asked for the attributes alone.
 */
const STAND_IN = 'cookie=';

const readAttributes = (attributes: string): CookieAttributes => {
  const [cookie] = parseSetCookie([STAND_IN + attributes], { decodeValues: false, silent: true });
  if (cookie === undefined) return {};
  const { domain, path, expires, maxAge, secure, httpOnly, sameSite, partitioned } = cookie;
  return {
    ...(domain !== undefined && { domain: shorten(domain) }),
    ...(path !== undefined && { path: shorten(path) }),
    ...(expires !== undefined && { expires: expires.getTime() }),
    // In seconds, as sent. More digits than a number holds are no time.
    ...(Number.isFinite(maxAge) && { maxAge }),
    ...(secure && { secure }),
    ...(httpOnly && { httpOnly }),
    ...(sameSite !== undefined && { sameSite: shorten(sameSite) }),
    ...(partitioned && { partitioned }),
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
