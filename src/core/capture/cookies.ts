/** Cookies of one message, by name (RFC 6265), with the chunks that libraries split long values into joined again. */

import { findTokens } from './find.ts';
import type { CookieAttributes } from './records.ts';
import { shorten } from './shorten.ts';
import { type TokenInValue, tokensInValue } from './value.ts';

export interface CookiePair {
  readonly name: string;
  readonly value: string;
  /** Of a Set-Cookie. */
  readonly attributes?: CookieAttributes;
}

export interface TokenInCookie extends TokenInValue {
  /** The base name, when chunks were joined. */
  readonly name: string;
  readonly chunks?: number;
  readonly attributes?: CookieAttributes;
}

/** `authjs.session-token.0`, `sb-ref-auth-token.0`, `name_0`: no library comes near a thousand chunks. */
const CHUNK_SUFFIX = /[._](0|[1-9]\d{0,2})$/;

/** Name and value of one cookie-pair, trimmed (RFC 6265 section 5.2); a pair without `=` is a value without name. */
export const readPair = (pair: string): CookiePair => {
  const equals = pair.indexOf('=');
  return { name: pair.slice(0, Math.max(equals, 0)).trim(), value: pair.slice(equals + 1).trim() };
};

/**
 * The pairs of a `Cookie` header, in order. The library `cookie` keeps the first of two cookies of one name; the
 * server gets both, and which one it reads is worth seeing.
 */
export const readCookies = (header: string): readonly CookiePair[] =>
  header
    .split(';')
    .map(readPair)
    .filter(({ value }) => value !== '');

/** A cookie whose value begins with a token is a cookie of its own, whatever its name: chunks are cut mid-token. */
const beginsWithToken = ({ value }: CookiePair): boolean => findTokens(value, 1)[0]?.start === 0;

/** Runs of two chunks or more, from chunk 0 up without a gap. */
const chunkRuns = (cookies: readonly CookiePair[]): readonly (readonly CookiePair[])[] => {
  const groups = new Map<string, Map<number, CookiePair>>();
  for (const cookie of cookies) {
    const suffix = CHUNK_SUFFIX.exec(cookie.name);
    if (suffix === null) continue;
    const base = cookie.name.slice(0, suffix.index + 1);
    const index = Number(suffix[1]);
    const group = groups.get(base) ?? new Map<number, CookiePair>();
    groups.set(base, group);
    // Of two cookies of one name the first counts: its path is the longer one (RFC 6265 section 5.4).
    if (!group.has(index)) group.set(index, cookie);
  }
  return [...groups.values()].map((group) => {
    const run: CookiePair[] = [];
    for (let next = group.get(0); next !== undefined; next = group.get(run.length)) {
      if (run.length > 0 && beginsWithToken(next)) return [];
      run.push(next);
    }
    return run.length > 1 ? run : [];
  });
};

/** Whether it has all segments of a JWS (three) or a JWE (five). A chunk by itself has a header, but rarely these. */
const isWhole = ({ compact }: TokenInValue): boolean => {
  const segments = compact.split('.').length;
  return segments === 3 || segments === 5;
};

/** Every token in the cookies of one message: joined chunks first, then each other cookie. Never throws. */
export const tokensInCookies = (cookies: readonly CookiePair[]): readonly TokenInCookie[] => {
  const joined = new Set<CookiePair>();
  const found: TokenInCookie[] = [];
  for (const run of chunkRuns(cookies)) {
    const tokens = tokensInValue(run.map(({ value }) => value).join(''));
    const [first] = run;
    if (first === undefined || tokens.length === 0) continue;
    for (const cookie of run) joined.add(cookie);
    const { attributes } = first;
    const name = shorten(first.name.slice(0, -2));
    for (const token of tokens) found.push({ ...token, name, chunks: run.length, ...(attributes && { attributes }) });
  }
  for (const cookie of cookies) {
    if (joined.has(cookie)) continue;
    const tokens = tokensInValue(cookie.value);
    const kept = CHUNK_SUFFIX.test(cookie.name) ? tokens.filter(isWhole) : tokens;
    const { attributes } = cookie;
    const name = shorten(cookie.name);
    for (const token of kept) found.push({ ...token, name, ...(attributes && { attributes }) });
  }
  return found;
};
