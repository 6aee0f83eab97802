import { BACKSLASH, QUOTE } from './json-octets.ts';

/** Octets that are looked at one by one; in a string that is longer the engine's own search is faster. */
const NEAR = 48;

/** Whether the octet at `at` is escaped: an odd number of backslashes stands before it, and not before `from`. */
const isEscaped = (octets: Uint8Array, from: number, at: number): boolean => {
  let before = at;
  while (before > from && octets[before - 1] === BACKSLASH) before -= 1;
  return (at - before) % 2 === 1;
};

/**
 * Where the string ends: the offset of its closing quote. Where that is not there, the number of octets, or one more if the
 * first of the next octets is escaped. Linear.
 * @param from an offset in the string, or behind its last octet, that is not escaped
 */
export const stringEnd = (octets: Uint8Array, from: number): number => {
  const { length } = octets;
  let at = from;
  let near = at + NEAR;
  while (at < length) {
    if (at >= near) {
      const quote = octets.indexOf(QUOTE, at);
      const end = quote < 0 ? length : quote;
      const escaped = isEscaped(octets, at, end);
      if (!escaped || quote < 0) return escaped ? end + 1 : end;
      at = quote + 1;
      near = at + NEAR;
      continue;
    }
    const octet = octets[at];
    if (octet === QUOTE) return at;
    at += octet === BACKSLASH ? 2 : 1;
  }
  return at;
};
