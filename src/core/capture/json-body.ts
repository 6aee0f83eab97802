/**
 * Tokens in JSON text of any size, with their paths. Not by JSON.parse, which takes ten times as long as looking for
 * tokens does, and wants the text whole: a body may be cut, may be one value a line, or broken in the middle.
 */
import { findTokens, nextHeaderStart } from './find.ts';
import { shorten } from './shorten.ts';
import { MAX_DEPTH, stepInto, type TokenInValue, tokensInValue } from './value.ts';

/** JSON in JSON strings that is followed by path. Each level escapes the quotes of the one inside, and so doubles the text. */
const MAX_NESTED = 8;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const ESCAPE = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Whether a character (by its code, up to that of the last bracket) is one that JSON is built of: most are not. */
const STRUCTURAL = Uint8Array.from({ length: CLOSE_OBJECT + 1 }, (_, code) =>
  '"[]{},:'.includes(String.fromCharCode(code)) ? 1 : 0,
);

/**
 * Offset behind the closing quote of the literal whose text begins at `from`; that of the text's end where it is cut. By
 * the browser's own search: a quarter less time for the whole body than character by character.
 */
const literalEnd = (text: string, from: number): number => {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
    let before = at - 1;
    while (before >= from && text.charCodeAt(before) === ESCAPE) before -= 1;
    if ((at - before) % 2 === 1) return at + 1;
  }
  return text.length;
};

/** What a literal says; of one that is cut or broken the characters as they stand. */
const unescaped = (literal: string): string => {
  if (!literal.includes('\\')) return literal;
  try {
    return String(JSON.parse(`"${literal}"`));
  } catch {
    return literal;
  }
};

/** An open bracket. */
interface Frame {
  readonly isArray: boolean;
  /** Of the item, in an array. */
  index: number;
  /** Of the member's name, in an object: the literal without its quotes; -1 where no name was read yet. */
  start: number;
  end: number;
  /** What it says, once that was asked: a name may be as long as the text, and many tokens may stand behind it. */
  name?: string | undefined;
}

const pathOf = (text: string, frames: readonly Frame[]): string => {
  let path = '';
  for (const frame of frames) {
    if (frame.isArray) path = stepInto(path, frame.index);
    else if (frame.start >= 0) {
      frame.name ??= shorten(unescaped(text.slice(frame.start, frame.end)));
      path = stepInto(path, frame.name);
    }
  }
  return path;
};

const joined = (outer: string | undefined, inner = ''): string | undefined => {
  if (outer === undefined || inner === '') return outer;
  return outer === '' || inner.startsWith('[') ? outer + inner : `${outer}.${inner}`;
};

const MAY_BE_JSON = /^\s{0,64}[[{"]/;

const walk = (text: string, nested: number, limit: number): readonly TokenInValue[] => {
  const found: TokenInValue[] = [];
  const frames: Frame[] = [];
  let depth = 0;
  /** The innermost bracket, while the path is followed. */
  let top: Frame | undefined;
  let hit = nextHeaderStart(text, 0);
  /** The last string, which is a member's name if a colon follows. */
  let start = 0;
  let end = 0;

  const take = (value: string, path: string | undefined): void => {
    const inside = nested > 0 && MAY_BE_JSON.test(value) ? walk(value, nested - 1, limit) : [];
    for (const token of inside.length > 0 ? inside : tokensInValue(value, limit)) {
      const full = joined(path, token.path);
      found.push({ compact: token.compact, ...(full && { path: full }) });
    }
  };

  for (let at = 0; at < text.length && hit >= 0 && found.length < limit; at += 1) {
    const code = text.charCodeAt(at);
    if (code > CLOSE_OBJECT || STRUCTURAL[code] === 0) continue;
    switch (code) {
      case QUOTE: {
        const behind = literalEnd(text, at + 1);
        start = at + 1;
        end = text.charCodeAt(behind - 1) === QUOTE && behind > start ? behind - 1 : behind;
        // Text outside of strings is no JSON; what stands there is found without a path.
        if (hit < start) hit = nextHeaderStart(text, start);
        if (hit >= 0 && hit < behind) {
          take(unescaped(text.slice(start, end)), depth > MAX_DEPTH ? undefined : pathOf(text, frames));
          hit = nextHeaderStart(text, behind);
        }
        at = behind - 1;
        break;
      }
      case COLON:
        if (top) {
          top.start = start;
          top.end = end;
          top.name = undefined;
        }
        break;
      case COMMA:
        if (top?.isArray) top.index += 1;
        else if (top) top.start = -1;
        break;
      case OPEN_ARRAY:
      case OPEN_OBJECT:
        depth += 1;
        top = undefined;
        if (depth > MAX_DEPTH) break;
        top = { isArray: code === OPEN_ARRAY, index: 0, start: -1, end: -1 };
        frames.push(top);
        break;
      case CLOSE_ARRAY:
      case CLOSE_OBJECT:
        if (depth <= MAX_DEPTH) frames.pop();
        depth = Math.max(0, depth - 1);
        top = depth > MAX_DEPTH ? undefined : frames.at(-1);
        break;
    }
  }
  return found;
};

/**
 * Every token in JSON text, `limit` of each kind at most: in strings with the path to it, through JSON in JSON strings and
 * what else `tokensInValue` unwraps; in a member's name with the path of the object's; and what stands elsewhere, or deeper than the
 * path is followed, without one. Of several values in a row (one a line) each has paths of its own. Never throws, recurses
 * MAX_NESTED times at most; linear in the text.
 */
export const tokensInJson = (text: string, limit = Number.POSITIVE_INFINITY): readonly TokenInValue[] => {
  const found = walk(text, MAX_NESTED, limit);
  const known = new Set(found.map(({ compact }) => compact));
  const rest = findTokens(text, limit).map((range) => ({ compact: text.slice(range.start, range.end) }));
  return [...found, ...rest.filter(({ compact }) => !known.has(compact))];
};
