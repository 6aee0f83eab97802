/**
 * The scanner: where in a text compact tokens stand. Found by shape, never by the name of what carries them.
 *
 * Linear by construction: a segment (a stretch of base64url characters) is decoded as a header MAX_TRIES times at
 * most, and measured once for each of the at most five segments of a candidate that it can be part of.
 */
export interface Range {
  /** Offset of the first character, in UTF-16 units. */
  readonly start: number;
  /** Offset behind the last character. */
  readonly end: number;
}

/**
 * base64url of `{"` and a letter, or of `{`, white space and what JSON allows behind it: always four characters.
 * The fourth keeps `framework` and `homework` out: on ordinary text a hit costs more than the search.
 */
const HEADER_START = /e(?:yJ[\w-]|(?:yA|w[0ko])[JKNgi])/g;
const HEADER_START_LENGTH = 4;
const OUTSIDE_SEGMENT = /[^\w-]/g;
const SEGMENT_CHARACTER = /[\w-]/;
/** A disclosure that begins as a JSON array does, `["` or with white space. */
const ARRAY_START = /^W[yw]/;
/** A payload that begins as a JSON object does; `e30` is the empty one. */
const OBJECT_START = /^e(?:yJ|yA|w[0ko]|30)/;

/** Longer headers are not decoded. A chain of ten `x5c` certificates takes about 30,000 characters. */
const MAX_HEADER_LENGTH = 65_536;
/** Starts tried in one segment: `%22eyJ…`, `jwt-eyJ…` and `\u0022eyJ…` have base64url characters before the header. */
const MAX_TRIES = 4;
const JWS_SEGMENTS = 3;
const JWE_SEGMENTS = 5;

/**
 * What base64url text ends with when its last octet is `}` or white space, by its length modulo 4. Spares most look-alikes
 * a decoding that throws, which is what a hostile text would cost. With one octet in the last group, the last character
 * but one tells.
 */
const OBJECT_ENDS: readonly RegExp[] = [/[9gJKN]$/, /(?!)/, /[fICD].$/, /[0-3A-Dk-r]$/];

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The JSON object that base64url text encodes (RFC 7515 section 2), read leniently: trailing bits and padding are the
 * decoder's business. Undefined when it is anything else. Never throws.
 */
const decodeObject = (segment: string): { readonly typ?: unknown } | undefined => {
  if (!OBJECT_ENDS[segment.length % 4]?.test(segment.slice(-2))) return undefined;
  try {
    const value: unknown = JSON.parse(utf8.decode(Uint8Array.fromBase64(segment, { alphabet: 'base64url' })));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

/** Offset of the next character from `from` on at which a token may begin; -1 where there is none. */
export const nextHeaderStart = (text: string, from: number): number => {
  HEADER_START.lastIndex = from;
  return HEADER_START.test(text) ? HEADER_START.lastIndex - HEADER_START_LENGTH : -1;
};

const segmentEnd = (text: string, from: number): number => {
  OUTSIDE_SEGMENT.lastIndex = from;
  return OUTSIDE_SEGMENT.test(text) ? OUTSIDE_SEGMENT.lastIndex - 1 : text.length;
};

/** Whether the header says by itself that it is JOSE, for want of other evidence. */
const isNamed = (header: object, before: string): boolean =>
  Object.hasOwn(header, 'alg') ||
  // Behind a dot it may be the payload of a token whose header is broken, and payloads have a `typ` of their own.
  (before !== '.' && (Object.hasOwn(header, 'enc') || Object.hasOwn(header, 'typ')));

/** The end of the token whose header this is, or undefined when what follows makes no token of it. */
const tokenEnd = (text: string, start: number, headerEnd: number, header: object): number | undefined => {
  const ends = [headerEnd];
  const most = Object.hasOwn(header, 'enc') ? JWE_SEGMENTS : JWS_SEGMENTS;
  let end = headerEnd;
  while (text[end] === '.' && ends.length < most) {
    end = segmentEnd(text, end + 1);
    ends.push(end);
  }
  let count = ends.length;
  // A dot behind four segments of a JWE ends a sentence. Behind five it is kept: the tag is missing there.
  if (count === JWE_SEGMENTS - 1 && end === (ends.at(-2) ?? 0) + 1) count -= 1;
  end = ends[count - 1] ?? headerEnd;
  if (end - headerEnd < count) return undefined;
  const before = text[start - 1] ?? '';
  if (isNamed(header, before)) return end;
  const isBareWord = !SEGMENT_CHARACTER.test(before) && before !== '.';
  const hasClaims = OBJECT_START.test(text.slice(headerEnd + 1, headerEnd + 4));
  return isBareWord && count === JWS_SEGMENTS && hasClaims ? end : undefined;
};

/**
 * The end of the SD-JWT (RFC 9901 section 4) whose issuer-signed JWT ends at `end`, before a tilde. Disclosures are taken as
 * long as they begin as JSON arrays do; then a key-binding JWT, which behind no disclosure must say that it is one. A
 * tilde alone is the tail of an SD-JWT where the word ends with it: `token~user` is somebody's own invention.
 */
const tailEnd = (text: string, end: number): number => {
  let from = end + 1;
  let stop = segmentEnd(text, from);
  while (text[stop] === '~' && ARRAY_START.test(text.slice(from, stop))) {
    from = stop + 1;
    stop = segmentEnd(text, from);
  }
  const header = decodeObject(text.slice(from, stop));
  const isBegun = from > end + 1 || header?.typ === 'kb+jwt';
  const bound = isBegun && header && tokenEnd(text, from, stop, header);
  return bound || (isBegun || !SEGMENT_CHARACTER.test(text[from] ?? '') ? from : end);
};

/**
 * Every token in `text`, in order and disjoint, `limit` at most. Never throws; linear in the text.
 *
 * A token is a header that decodes to a JSON object and, behind dots, what makes of it
 * - a JWS or an unsecured JWT of three segments (RFC 7515 section 7.1), or a JWE of five (RFC 7516 section 7.1);
 * - a broken one of two to four, when its header names `alg`, `enc` or `typ`. The same names are wanted when the
 *   header begins inside a word, and when the payload is no object: a Flask session
 *   (`{"user":…}.timestamp.signature`) is not a JWT.
 *
 * Of more than three segments (five, with `enc`) the first are the token: behind them stands the signature of a cookie,
 * `.jpg`, or the end of a sentence. Behind two segments a dot makes an unsecured token.
 * A tilde behind it, and what an SD-JWT has there, is part of it.
 */
export const findTokens = (text: string, limit = Number.POSITIVE_INFINITY): readonly Range[] => {
  const found: Range[] = [];
  let headerEnd = 0;
  let tries = 0;
  HEADER_START.lastIndex = 0;
  while (found.length < limit && HEADER_START.test(text)) {
    const start = HEADER_START.lastIndex - HEADER_START_LENGTH;
    if (start >= headerEnd) {
      headerEnd = segmentEnd(text, start);
      tries = 0;
    }
    tries += 1;
    let next = headerEnd;
    if (text[headerEnd] === '.') {
      const isShort = headerEnd - start <= MAX_HEADER_LENGTH;
      const header = isShort ? decodeObject(text.slice(start, headerEnd)) : undefined;
      const end = header && tokenEnd(text, start, headerEnd, header);
      if (end !== undefined) {
        next = text[end] === '~' ? tailEnd(text, end) : end;
        found.push({ start, end: next });
      } else if (header === undefined && tries < MAX_TRIES) next = start + 1;
    }
    HEADER_START.lastIndex = next;
  }
  return found;
};
