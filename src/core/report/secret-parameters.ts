/** Secrets by name in texts: in URLs, forms and challenges as `name=value`, in JSON as `"name": "value"`. */
import { isDrawnAt } from './drawn.ts';
import { withoutSecretMembers } from './secret-members.ts';
import { secrecyOf } from './secret-names.ts';
import { noPart, withoutParts } from './without-parts.ts';

/**
 * A name and the equals sign behind it, whatever of both is percent-encoded, and how often: `%253Fcode%253D`. A name
 * begins where the one before ended, so that the time is linear. (Tokens of CDNs have `exp=1~hmac=2` in one.)
 */
const NAMED =
  /(^|[?&#;,\s|(){}"'<>=/~]|%(?:25)*(?:3F|26|23|3D|2F|7E))((?:(?!%(?:25)*(?:3F|26|23|3D|2F|7E))[^?&#;,\s|(){}"'<>=/~])+)([ \t]{1,3}:?=(?![=>])[ \t]{0,3}|=|%(?:25)*3D)/gi;
/** With spaces around the equals sign it is a sentence's or a program's: `status code = 401`. */
const NO_VARIABLE = /^(?:code|key)$/i;
/** Where a value of a URL ends, and one of a challenge, a cookie or a sentence. */
const IN_URL = /[&#\s"<>]/g;
const IN_LIST = /[&#;,\s]/g;
const ENCODED = /[&#\s"<>]|%(?:26|23)/gi;
const TWICE_ENCODED = /[&#\s"<>]|%(?:25)*(?:26|23)/gi;

/** In front of a credential, which a space does not end then: `Authorization=Bearer 8Kq…`. */
const SCHEME = /(?:Bearer|Basic|DPoP|Token|ApiKey)[ \t]+/iy;

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

const parameters = (text: string, mask: () => string): string =>
  withoutParts(text, mask, (from) => {
    NAMED.lastIndex = from;
    const found = NAMED.exec(text);
    if (!found) return undefined;
    const [whole, before = '', name = '', equals = ''] = found;
    const at = found.index + whole.length;
    const quoted = /["']/.test(text.charAt(at)) ? 1 : 0;
    const secrecy = /^\s/.test(equals) && NO_VARIABLE.test(name) ? 'none' : secrecyOf(name);
    // What is no secret itself may be a URL with one: its name may begin right behind the equals sign.
    if (secrecy === 'none' || (secrecy === 'unsure' && !isDrawnAt(text, at + quoted)))
      return noPart(at - equals.length);
    SCHEME.lastIndex = at;
    const start = quoted === 0 && SCHEME.test(text) ? SCHEME.lastIndex : at;
    const end = endOf(text, start, before, equals);
    return { start: start + quoted, end, goOn: end };
  });

/** The text without values of parameters and members whose names say that they are secret. Linear; never throws. */
export const withoutNamedSecrets = (text: string, mask: () => string): string =>
  withoutSecretMembers(parameters(text, mask), mask);
