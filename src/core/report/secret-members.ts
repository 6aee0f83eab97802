/** Secrets by name in JSON (`"name": "value"`), GraphQL and JavaScript (`name: "value"`), and header lines, all escaped or not. */
import { isDrawnAt } from './drawn.ts';
import { behindBrackets, COLON, closingOf, GAP, MARK } from './escaped-json.ts';
import { isAllTakenOut } from './mask.ts';
import { isSecretName, secrecyOf } from './secret-names.ts';
import { noPart, type Part, withoutParts } from './without-parts.ts';

/** A name may be escaped itself: `"pass\u0077ord"`. */
const NAME = String.raw`(?:[\w.$[\]:/-]|(?:\\|%(?:25)*5C)+u[0-9A-F]{4}){1,100}`;
const MEMBER = new RegExp(`(${MARK})(${NAME})\\1${GAP}${COLON}${GAP}`, 'gi');
/** A name without quotes, at a word's beginning; behind a colon it is one of a URN: `did:key:z6Mk…`. */
const FIELD = new RegExp(
  String.raw`(?:(?<![^\s,;&?=#<>(){}[\]"'+|])|(?<=(?:^|[\s,{(]):)|%(?:25)*(?!25|3A)[0-9A-F]{2})([A-Z_$][\w.$-]{0,99})${COLON}${GAP}`,
  'gi',
);
const QUOTE = new RegExp(MARK, 'iy');
/** Of a text over lines (GraphQL, section 2.9.4; Python, Kotlin). */
const BLOCK_MARK = '"""';
const BRACKET = /[[{]|%(?:25)*(?:5B|7B)/iy;
/** A number in JSON, or whatever stands there without quotes; yes or no is no secret. */
const BARE = /(?!(?:true|false|null)\b)[^\s,[\]{}"'&%]+/y;
/** In JSON it is that of an error; a code that opens a door comes in an address. */
export const ERROR_CODE = 'code';
/** Asked to have these claims (OpenID Connect Core section 5.5); a token is no object. */
const CLAIMS_OF = 'id_token';
const OBJECT = /\{|%(?:25)*7B/iy;
/** What no sentence has before a colon. */
const LINE_NAME = /[-_]|passw|pwd|secret|authorization/i;
/** Behind the scheme, where there is one. */
const LINE_VALUE =
  /((?:Bearer|Basic|DPoP|Token|ApiKey)(?:[\s+]|%(?:25)*20)+)?((?:(?!%(?:25)*(?:0[AD]|2[02679C]|3B|7D))[^\s,;&"'<>(){}[\]]){6,})/iy;
const DRAWN = /^(?=.*\d)(?=.*[a-z])(?!.*(?:\/\/|%2F%2F))/is;

/** A value with quotes or brackets around it; undefined for any other. */
const enclosed = (text: string, at: number): Part | undefined => {
  if (text.startsWith(BLOCK_MARK, at)) {
    const close = text.indexOf(BLOCK_MARK, at + BLOCK_MARK.length);
    const end = close < 0 ? text.length : close;
    return { start: at + BLOCK_MARK.length, end, goOn: end + BLOCK_MARK.length };
  }
  QUOTE.lastIndex = BRACKET.lastIndex = at;
  const [quote] = QUOTE.exec(text) ?? [];
  if (quote !== undefined) {
    const start = at + quote.length;
    const [end] = closingOf(text, start, quote);
    return { start, end, goOn: end };
  }
  if (!BRACKET.test(text)) return undefined;
  const end = behindBrackets(text, at);
  return isAllTakenOut(text.slice(at, end)) ? noPart(end) : { start: at, end, goOn: end };
};

const members = (text: string, mask: () => string): string =>
  withoutParts(text, mask, (from) => {
    MEMBER.lastIndex = from;
    const [, , name = ''] = MEMBER.exec(text) ?? [];
    const at = MEMBER.lastIndex;
    if (name === '') return undefined;
    OBJECT.lastIndex = at;
    const isOpen = name === ERROR_CODE || (name === CLAIMS_OF && OBJECT.test(text));
    const secrecy = isOpen ? 'none' : secrecyOf(name);
    const part = secrecy === 'none' ? undefined : enclosed(text, at);
    if (secrecy === 'none' || (secrecy === 'unsure' && !isDrawnAt(text, part?.start ?? at))) return noPart(at);
    if (part) return part;
    BARE.lastIndex = at;
    const end = at + (BARE.exec(text)?.[0].length ?? 0);
    return { start: at, end, goOn: end };
  });

const fields = (text: string, mask: () => string): string =>
  withoutParts(text, mask, (from) => {
    FIELD.lastIndex = from;
    const [, name = ''] = FIELD.exec(text) ?? [];
    const at = FIELD.lastIndex;
    if (name === '') return undefined;
    if (name === ERROR_CODE || !isSecretName(name)) return noPart(at);
    QUOTE.lastIndex = at;
    if (QUOTE.test(text)) return enclosed(text, at);
    LINE_VALUE.lastIndex = at;
    const [all = '', scheme = '', value = ''] = LINE_VALUE.exec(text) ?? [];
    if (!LINE_NAME.test(name) || !DRAWN.test(value)) return noPart(at);
    const end = at + all.length;
    return { start: at + scheme.length, end, goOn: end };
  });

/** The text without values of members, fields and header lines whose names say that they are secret. Linear; never throws. */
export const withoutSecretMembers = (text: string, mask: () => string): string => fields(members(text, mask), mask);
