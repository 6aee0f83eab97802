/** Secrets by name in texts: in URLs, forms and challenges as `name=value`, in JSON as `"name": "value"`. */
import { isTakenOut } from './mask.ts';
import { isSecretName } from './secret-names.ts';

/**
 * A name and the equals sign behind it, whatever of both is percent-encoded, and how often: `%253Fcode%253D`. A name
 * begins where the one before ended, so that the time is linear.
 */
const NAMED =
  /(^|[?&#;,\s|(){}"'<>=/]|%(?:25)*(?:3F|26|23|3D|2F))((?:(?!%(?:25)*(?:3F|26|23|3D|2F))[^?&#;,\s|(){}"'<>=/])+)(=|%(?:25)*3D)/gi;
/** The same in JSON, its quotation marks escaped by backslashes or percent-encoded. */
const MEMBER =
  /((?<!\\)\\*"|%(?:25)*22|')([\w.$[\]-]{1,100})\1((?:\s|%(?:25)*20|\+)*(?::|%(?:25)*3A)(?:\s|%(?:25)*20|\+)*)/gi;
const QUOTE = /\\*"|%(?:25)*22|'/iy;
/** A number in JSON, or whatever stands there without quotes; yes or no is no secret. */
const BARE = /(?!(?:true|false|null)\b)[^\s,[\]{}"'&%]+/y;
/** Where a value of a URL ends, and one of a challenge, a cookie or a sentence. */
const IN_URL = /[&#\s"<>]/g;
const IN_LIST = /[&#;,\s]/g;
const ENCODED = /[&#\s"<>]|%(?:26|23)/gi;
const TWICE_ENCODED = /[&#\s"<>]|%(?:25)*(?:26|23)/gi;

/** 0 for `=`, 1 for `%3D`, 2 for `%253D`. */
const layersOf = (mark: string): number => (mark.startsWith('%') ? Math.floor(mark.length / 2) : 0);

const indexOf = (pattern: RegExp, text: string, from: number): number => {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? text.length;
};

/** The end of a value: of what no mark of its own layer ends, all. */
const endOf = (text: string, from: number, before: string, equals: string): number => {
  const quote = text.charAt(from);
  if (quote === '"' || quote === "'") {
    const end = text.indexOf(quote, from + 1);
    return end < 0 ? text.length : end;
  }
  const isInUrl = /[?&#%/]/.test(before);
  const layers = Math.min(layersOf(equals), before.startsWith('%') ? layersOf(before) : layersOf(equals));
  const encoded = layers > 1 ? TWICE_ENCODED : ENCODED;
  return indexOf(layers > 0 ? encoded : isInUrl ? IN_URL : IN_LIST, text, from);
};

/** Replaces parts of a text, found one behind the other: `next` gives the part behind an index, or undefined. */
const withoutParts = (
  text: string,
  mask: () => string,
  next: (from: number) => { readonly start: number; readonly end: number; readonly goOn: number } | undefined,
): string => {
  let out = '';
  let done = 0;
  for (let part = next(0); part; part = next(part.goOn)) {
    if (part.end <= part.start || isTakenOut(text.slice(part.start, part.end))) continue;
    out += text.slice(done, part.start) + mask();
    done = part.end;
  }
  return out + text.slice(done);
};

/** In JSON it is that of an error; a code that opens a door comes in an address. */
const ERROR_CODE = 'code';
const NOTHING = { start: 0, end: 0 };

const parameters = (text: string, mask: () => string): string =>
  withoutParts(text, mask, (from) => {
    NAMED.lastIndex = from;
    const found = NAMED.exec(text);
    if (!found) return undefined;
    const [whole, before = '', name = '', equals = ''] = found;
    const at = found.index + whole.length;
    // What is no secret itself may be a URL with one: its name may begin right behind the equals sign.
    if (!isSecretName(name)) return { ...NOTHING, goOn: at - equals.length };
    const quoted = /["']/.test(text.charAt(at)) ? 1 : 0;
    const end = endOf(text, at, before, equals);
    return { start: at + quoted, end, goOn: end };
  });

const members = (text: string, mask: () => string): string =>
  withoutParts(text, mask, (from) => {
    MEMBER.lastIndex = from;
    const found = MEMBER.exec(text);
    if (!found) return undefined;
    const [whole, , name = ''] = found;
    const at = found.index + whole.length;
    if (name === ERROR_CODE || !isSecretName(name)) return { ...NOTHING, goOn: at };
    QUOTE.lastIndex = BARE.lastIndex = at;
    const [quote] = QUOTE.exec(text) ?? [];
    const start = at + (quote?.length ?? 0);
    const closing = quote === undefined ? -1 : text.indexOf(quote, start);
    const end = quote === undefined ? at + (BARE.exec(text)?.[0].length ?? 0) : closing < 0 ? text.length : closing;
    return { start, end, goOn: end };
  });

/** The text without values of parameters and members whose names say that they are secret. Linear; never throws. */
export const withoutNamedSecrets = (text: string, mask: () => string): string => members(parameters(text, mask), mask);
