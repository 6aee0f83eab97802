/**
 * Bodies that need not be read: most of a HAR is pictures, scripts and answers without a token, and JSON.parse would copy
 * every one of them.
 */
import { nextHeaderStart } from '../../capture/find.ts';
import { ESCAPED_LETTER } from './escaped-letters.ts';
import { BACKSLASH, COMMA, QUOTE } from './json-octets.ts';
import { stringEnd } from './string-end.ts';

/** A long string literal of an item. */
export interface Passage {
  /** Its octets, between the quotes. */
  readonly start: number;
  readonly end: number;
  /** From here to its end it may be left out; undefined where it may not. */
  readonly idleFrom?: number;
}

/**
 * Looks through the octets that are here; what it gives finds the next such literal from an offset on, asked with rising
 * ones.
 * @param text one character for each of the octets
 */
export type Skim = (text: string, octets: Uint8Array<ArrayBuffer>) => (from: number) => Passage | undefined;

const [CARRIAGE_RETURN, LETTER_U] = [0x0d, 0x75];
const TEXT = '"text":';
/** Characters before it in which `content` begins: size, type and encoding stand between. */
const NEAR = 300;
const CONTENT = /"content":\s{0,9}\{[^{}]*$/;
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

/** Octets of a literal's first character, as far as it must not be taken apart: `\n`, `\u0000`. */
const firstLength = (octets: Uint8Array<ArrayBuffer>, at: number): number =>
  octets[at] !== BACKSLASH ? 1 : octets[at + 1] === LETTER_U ? 6 : 2;

/** The offset of what `find` finds from an offset on, `none` where that is -1; asked with rising offsets, it looks once. */
const rising = (find: (from: number) => number, none: number): ((from: number) => number) => {
  let next = -1;
  return (from) => {
    if (next < from) {
      const found = find(from);
      next = found < 0 ? none : found;
    }
    return next;
  };
};

/** Skims the entries of a HAR: a body is left out but for its first character, which tells that there was one. */
export const skimHar: Skim = (text, octets) => {
  const { length } = octets;
  const nextToken = rising((from) => nextHeaderStart(text, from), length);
  const nextEscaped = rising((from) => text.indexOf(ESCAPED_LETTER, from), length);
  const nextFeed = rising((from) => text.indexOf('\n', from), length);
  const nextText = rising((from) => text.indexOf(TEXT, from), length);
  let last: Passage | undefined;

  /**
   * Where the literal ends whose quote stands at `quote`. Where members stand on lines of their own it is the line that
   * ends, since no string has a line break in it: a search that the engine does. Else each quote is looked at.
   */
  const literalEnd = (quote: number): number => {
    const feed = nextFeed(quote);
    let end = feed - 1;
    while (octets[end] === CARRIAGE_RETURN || octets[end] === COMMA) end -= 1;
    const isLine = feed < length && end > quote && octets[end] === QUOTE && octets[end - 1] !== BACKSLASH;
    if (isLine && !NAME_END.test(text.slice(Math.max(quote + 1, end - MAX_MEMBER), end))) return end;
    return stringEnd(octets, quote + 1);
  };

  /** Whether the body can be left out whose literal stands from `quote` to `end`, behind a name at `name`. */
  const isIdle = (name: number, quote: number, end: number): boolean => {
    const [before] = CONTENT.exec(text.slice(Math.max(0, name - NEAR), name)) ?? [];
    if (before === undefined || nextToken(quote) < end || nextEscaped(quote) < end) return false;
    const isBase64 = before.includes(BASE64) || text.slice(end, end + NEAR_BEHIND).includes(BASE64);
    return isBase64 ? BINARY.test(before) : !mayHoldKeys(text.slice(quote, end));
  };

  const find = (from: number): Passage | undefined => {
    for (let name = nextText(from); name < length; name = nextText(name + 1)) {
      const quote = quoteBehind(text, name + TEXT.length - 1);
      if (quote < 0) continue;
      const end = literalEnd(quote);
      if (end >= length) return;
      const start = quote + 1;
      if (end - quote >= MIN_SKIMMED)
        return { start, end, ...(isIdle(name, quote, end) && { idleFrom: start + firstLength(octets, start) }) };
    }
    return;
  };

  return (from) => {
    if (!last || last.start < from) last = find(from);
    return last;
  };
};
