/**
 * Bodies that need not be read: most of a HAR is pictures, scripts and answers without a token, and JSON.parse would copy
 * every one of them.
 */
import { nextHeaderStart } from '../../capture/find.ts';
import { BACKSLASH, COMMA, QUOTE } from './json-octets.ts';
import { stringEnd } from './string-end.ts';

/** A range of octets. */
export type Range = readonly [start: number, end: number];

/**
 * What of an item may be left out, inside of string literals, in order.
 * @param text one character for each of the octets
 */
export type Skim = (text: string, octets: Uint8Array<ArrayBuffer>, from: number, to: number) => readonly Range[];

const [CARRIAGE_RETURN, LETTER_U] = [0x0d, 0x75];
const TEXT = '"text":';
/** Characters before it in which `content` begins: size, type and encoding stand between. */
const NEAR = 300;
/** Characters; shorter bodies are read faster than skimmed. */
const MIN_SKIMMED = 512;
/** No token shows itself in base64; pictures have none. The encoding stands near the text, mostly behind it. */
const BASE64 = '"base64"';
const NEAR_BEHIND = 100;
/** Characters before a line's end in which another member of it would have its name. */
const MAX_MEMBER = 200;
const NAME_END = /(?<!\\)":/;
const BINARY = /"mimeType":\s{0,9}"(?:image|font|audio|video)\//;

/** Of a key set or a discovery document, as they stand in a string: as mayHoldKeys asks. */
const mayHoldKeys = (text: string): boolean => text.includes('jwks_uri') || text.includes('kty\\"');

/** Where a string literal begins behind the colon; -1 where something else stands there. */
const quoteBehind = (text: string, colon: number): number => {
  let at = colon + 1;
  while (text[at] === ' ') at += 1;
  return text[at] === '"' ? at : -1;
};

/**
 * Where the literal ends whose quote stands at `quote`. Where members stand on lines of their own it is the line that
 * ends, since no string has a line break in it: a search that the engine does. Else each quote is looked at.
 */
const literalEnd = (text: string, octets: Uint8Array<ArrayBuffer>, quote: number): number => {
  const feed = text.indexOf('\n', quote);
  let end = feed - 1;
  while (octets[end] === CARRIAGE_RETURN || octets[end] === COMMA) end -= 1;
  const isLine = feed > 0 && end > quote && octets[end] === QUOTE && octets[end - 1] !== BACKSLASH;
  if (isLine && !NAME_END.test(text.slice(Math.max(quote + 1, end - MAX_MEMBER), end))) return end;
  return stringEnd(octets, quote + 1);
};

/** Octets of a literal's first character, as far as it must not be taken apart: `\\n`, `\\u0000`. */
const firstLength = (octets: Uint8Array<ArrayBuffer>, at: number): number =>
  octets[at] !== BACKSLASH ? 1 : octets[at + 1] === LETTER_U ? 6 : 2;

/** Skims the entries of a HAR: a body is left out but for its first character, which tells that there was one. No writer escapes letters. */
export const createHarSkim = (): Skim => {
  let searched = '';
  let hit = -1;

  /** The next beginning of a token; asked with rising offsets, so that each character is looked at once. */
  const nextHit = (text: string, from: number): number => {
    if (text !== searched) hit = -1;
    searched = text;
    if (hit < from) {
      const found = nextHeaderStart(text, from);
      hit = found < 0 ? text.length : found;
    }
    return hit;
  };

  return (text, octets, from, to) => {
    const found: Range[] = [];
    const item = text.slice(from, to);
    for (let at = item.indexOf(TEXT); at >= 0; at = item.indexOf(TEXT, at + 1)) {
      const quote = quoteBehind(item, at + TEXT.length - 1);
      const before = item.slice(Math.max(0, at - NEAR), at);
      if (quote < 0 || !before.includes('"content":')) continue;
      const end = literalEnd(text, octets, from + quote);
      if (end >= to) break;
      at = end - from;
      if (at - quote < MIN_SKIMMED || nextHit(text, from + quote) < end) continue;
      const isOpaque = before.includes(BASE64) || item.slice(at, at + NEAR_BEHIND).includes(BASE64);
      if (isOpaque ? BINARY.test(before) : !mayHoldKeys(item.slice(quote, at)))
        found.push([from + quote + 1 + firstLength(octets, from + quote + 1), end]);
    }
    return found;
  };
};
