/** Reads what a person pastes, drops or selects: a token, or a text with tokens in it. */
import { readAscii } from '../token/base64url.ts';
import { isSerialized } from '../token/json-serialization.ts';
import { findTokens, type Range } from './find.ts';
import { joinLines } from './join-lines.ts';
import { percentDecode } from './percent.ts';
import { tokensInValue } from './value.ts';

/** What was taken away to reach the token. Each has its sentence in `_locales`, under `forgiven_<code>`. */
export type ForgivenCode =
  | 'quotes'
  | 'scheme' // `Bearer ` or `Authorization:` before it
  | 'line_breaks' // inside it, with their indentation
  | 'percent_encoding'
  | 'curl' // a cURL command around it
  | 'url' // a URL around it
  | 'surrounding_text'; // any other text, JSON among it

export interface Pasted {
  /** Compact strings in the order of the text, each once. One that is no token is an attempt, for the decoder to explain. */
  readonly tokens: readonly string[];
  readonly forgiven: readonly ForgivenCode[];
}

/** A text with more tokens than this is a file to import. */
const MAX_TOKENS = 1_000;
/** How far before a token its quotes and its scheme are looked for, and how many of them. */
const MAX_PEELED = 64;
const MAX_PEELS = 8;

const QUOTES = '"\'`“”„‟‘’‚‛«»‹›';
const QUOTE_BEFORE = new RegExp(`[${QUOTES}]$`);
const QUOTE_AFTER = new RegExp(`^[${QUOTES}]`);
const SCHEME_BEFORE = /(?:^|[\s"'`:])((?:proxy-)?authorization\s*[:=]|bearer|dpop|jwt|token)\s*$/i;
const CURL = /^(?:[$>] ?)?curl\s/i;
const URL_START = /^[a-z][a-z\d+.-]{0,31}:\/\//i;
const ENCODED_DOT = /%2e/i;
const WORD_END = new RegExp(`[\\s<>(){}\\[\\],;${QUOTES}]`, 'g');
const NOT_PUNCTUATION = /[^.:!?]/;
/** A header alone, or two segments of which the first is long enough for `{"alg":…}`; not `www.example.com`. */
const ATTEMPT = /^(?:e(?:y[JA]|w[0ko])\S{12}|[\w+/=~-]{16,4096}\.[\w+/=~-])/;

interface Around {
  readonly before: string;
  readonly after: string;
  readonly forgiven: ReadonlySet<ForgivenCode>;
}

/** Takes scheme and quotes off the text around a token. */
const peel = (before: string, after: string): Around => {
  const forgiven = new Set<ForgivenCode>();
  let left = before.trimEnd();
  let right = after.trimStart();
  for (let peels = 0; peels < MAX_PEELS; peels += 1) {
    const near = left.slice(-MAX_PEELED);
    const scheme = SCHEME_BEFORE.exec(near)?.[1];
    if (scheme !== undefined) {
      forgiven.add('scheme');
      left = left.slice(0, left.length - (near.length - near.lastIndexOf(scheme))).trimEnd();
    } else if (QUOTE_BEFORE.test(near)) {
      forgiven.add('quotes');
      left = left.slice(0, -1).trimEnd();
      right = right.replace(QUOTE_AFTER, '').trimStart();
    } else break;
  }
  return { before: left, after: right, forgiven };
};

/** The end of the word that a token begins, so that a stray character stays in it and is explained. */
const wordEnd = (text: string, { start, end }: Range): number => {
  // All segments are there: what follows (`.jpg`, the signature of a cookie) is another's.
  if (text[end] === '.') return end;
  WORD_END.lastIndex = start;
  const word = WORD_END.test(text) ? WORD_END.lastIndex - 1 : text.length;
  return NOT_PUNCTUATION.test(text.slice(end, word)) ? word : end;
};

const attempts = (text: string): readonly string[] =>
  text
    .split(WORD_END)
    .filter((word) => ATTEMPT.test(word))
    .slice(0, 1);

/** Whether all stand in the text, in this order: each is looked for behind the one before, so linear in the text. */
const hasAll = (text: string, tokens: readonly string[]): boolean => {
  let end = 0;
  return tokens.every((token) => {
    const at = text.indexOf(token, end);
    end = at + token.length;
    return at >= 0;
  });
};

const describe = (text: string, ranges: readonly Range[]): ReadonlySet<ForgivenCode> => {
  const trimmed = text.trim();
  if (CURL.test(trimmed)) return new Set(['curl']);
  if (URL_START.test(trimmed) && !/\s/.test(trimmed)) return new Set(['url']);
  const { before, after, forgiven } = peel(text.slice(0, ranges[0]?.start), text.slice(ranges.at(-1)?.end));
  const isBetween = ranges.some(({ end }, index) => text.slice(end, ranges[index + 1]?.start).trim() !== '');
  const hasText = before !== '' || after !== '' || (ranges.length > 1 && isBetween);
  return hasText ? new Set(['surrounding_text']) : forgiven;
};

/** JSON in a JSON string in a JSON string: nobody quotes more often. */
const MAX_UNQUOTED = 3;
const SIGNATURE = /^[\w-]+$/;
const WHOLE_START = /\{|e(?:yJ|yA|w[0ko])/;
/** Quotes and white space that can stand behind a signature. */
const AFTER_SIGNATURE = new RegExp(`[\\s${QUOTES}]{1,${MAX_PEELED}}$`);

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** A JSON serialisation (RFC 7515 section 7.2, RFC 7516 section 7.2) that is all of the text, or of a JSON string in it. */
const asJson = (text: string, unquoted = 0): string | undefined => {
  const value = /^["{]/.test(text) ? parse(text) : undefined;
  if (typeof value === 'string' && unquoted < MAX_UNQUOTED) return asJson(value.trim(), unquoted + 1);
  return isSerialized(value) ? text : undefined;
};

/** With the lines joined that a document broke inside its strings. */
const asBrokenJson = (text: string): string | undefined =>
  text.startsWith('{') && text.includes('\n')
    ? asJson(
        text
          .split('\n')
          .map((line) => line.trim())
          .join(''),
      )
    : undefined;

/** A JWS whose payload is not encoded, and may be any text without a dot (RFC 7797 section 5.2). */
const asUnencoded = (text: string): string | undefined => {
  const [first = '', , signature = '', more] = text.split('.', 4);
  if (more !== undefined || !SIGNATURE.test(signature)) return undefined;
  const header = parse(readAscii(first) ?? '');
  return typeof header === 'object' && header !== null && 'b64' in header && header.b64 === false ? text : undefined;
};

/** The token that the whole text is, under quotes and scheme, and that a search for compact strings would break up. */
const readWhole = (text: string): Pasted | undefined => {
  const quoted = asJson(text);
  if (quoted !== undefined) return { tokens: [quoted], forgiven: quoted === text ? [] : ['quotes'] };
  const start = text.search(WHOLE_START);
  if (start < 0) return undefined;
  const isObject = text[start] === '{';
  const end = isObject ? text.lastIndexOf('}') + 1 : text.length - (AFTER_SIGNATURE.exec(text)?.[0].length ?? 0);
  const { before, after, forgiven } = peel(text.slice(0, start), text.slice(end));
  if (before !== '' || after !== '') return undefined;
  const inside = text.slice(start, end);
  const token = isObject ? asJson(inside) : asUnencoded(inside);
  if (token !== undefined) return { tokens: [token], forgiven: [...forgiven] };
  const joined = asBrokenJson(inside);
  return joined === undefined ? undefined : { tokens: [joined], forgiven: [...forgiven, 'line_breaks'] };
};

/**
 * The tokens in a pasted text, and what was forgiven to reach them. Without any token, a word that looks like an
 * attempt at one (a broken header, padding) is returned as it is; without that either, nothing. Never throws; linear.
 */
export const readPasted = (text: string): Pasted => {
  const asWhole = readWhole(text.trim());
  if (asWhole) return asWhole;
  const forgiven = new Set<ForgivenCode>();
  const whole = joinLines(text);
  const isEncoded = ENCODED_DOT.test(whole) || findTokens(whole, 1).length === 0;
  const readable = isEncoded ? percentDecode(whole) : whole;
  let ranges = findTokens(readable, MAX_TOKENS);
  const [first] = ranges;
  if (first !== undefined && peel(readable.slice(0, first.start), '').before === '') {
    // Nothing stands before it, so the word is meant to be the token.
    const end = wordEnd(readable, first);
    ranges = [{ start: first.start, end }, ...ranges.filter(({ start }) => start >= end)];
  }
  let tokens = ranges.map(({ start, end }) => readable.slice(start, end));
  if (tokens.length === 0) {
    // Tokens under another layer: a Supabase cookie, JSON in JSON.
    const inside = tokensInValue(readable.trim()).map(({ compact }) => compact);
    if (inside.length > 0) return { tokens: [...new Set(inside)], forgiven: ['surrounding_text'] };
    tokens = [...attempts(readable)];
    const start = readable.indexOf(tokens[0] ?? '');
    ranges = tokens.map((token) => ({ start, end: start + token.length }));
  }
  if (tokens.length === 0) return { tokens, forgiven: [] };
  if (whole !== text && !hasAll(text, tokens)) forgiven.add('line_breaks');
  if (readable !== whole && !hasAll(whole, tokens)) forgiven.add('percent_encoding');
  return { tokens: [...new Set(tokens)], forgiven: [...forgiven, ...describe(readable, ranges)] };
};
