import { isBase64url, readAscii, readBase64url } from './base64url.ts';
import type { Decoded, Form, JsonObject, Problem, ProblemCode, Segment } from './decoded.ts';
import { readJson } from './read-json.ts';
import { readUtf8 } from './utf8.ts';

/**
 * In characters: all that Chromium takes of request headers, and little enough that the most hostile JSON is read
 * within a frame or two. Of a longer token only the header is read.
 */
export const MAX_COMPACT = 262_144;

/** Three and five mean something; a hostile string of dots must not become a million parts. What follows is left out. */
export const MAX_SEGMENTS = 16;

const JWS: readonly Segment[] = ['header', 'payload', 'signature'];
const NOTHING = {};
const JWE: readonly Segment[] = ['header', 'encrypted_key', 'iv', 'ciphertext', 'tag'];

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isNone = (header: JsonObject | undefined): boolean =>
  typeof header?.alg === 'string' && header.alg.toLowerCase() === 'none';

/** RFC 7516 section 9: only a JWE's header has `enc`. */
const isEncrypted = (header: JsonObject | undefined): boolean => typeof header?.enc === 'string';

/** RFC 7797 section 3: the payload stands as it is, not in base64url. */
const isUnencoded = (header: JsonObject | undefined): boolean =>
  header?.b64 === false && Array.isArray(header.crit) && header.crit.includes('b64');

const JWT_TYPE = /^(?:application\/)?(?:.+\+)?jwt$/i;

/** A claims set is wanted where `typ` says JWT and no `cty` says otherwise (RFC 7519 section 5). */
const wantsClaims = (header: JsonObject | undefined): boolean =>
  typeof header?.typ === 'string' && JWT_TYPE.test(header.typ) && header.cty === undefined;

/** A JWS may carry anything (RFC 7515 section 3), but what begins like JSON is surely meant to be JSON. */
const JSON_START = /^\ufeff?[ \t\r\n]*[{[]/;

/** RFC 7516 section 5.1: direct encryption and direct key agreement leave the key empty. */
const mayBeEmpty = (segment: Segment, header: JsonObject | undefined): boolean => {
  switch (segment) {
    case 'payload':
      return !wantsClaims(header); // detached content, RFC 7515 appendix F
    case 'signature':
      return isNone(header);
    case 'encrypted_key':
      return header?.alg === 'dir' || header?.alg === 'ECDH-ES';
    case 'ciphertext':
      return true;
    default:
      return false;
  }
};

/**
 * A break at the end of the last segment is where the whole token was cut off, told once; elsewhere it is the segment's
 * own.
 */
const addAll = ({ compact, segments, problems }: Reading, index: number, found: readonly Problem[]): void => {
  for (const problem of found) {
    const isCut = problem.code === 'length' || problem.code === 'truncated';
    if (isCut && index === segments.length - 1) {
      if (problems.some(({ code }) => code === 'truncated')) continue;
      problems.push({ code: 'truncated', segment: problem.segment, offset: compact.length });
    } else problems.push(problem.code === 'truncated' ? { ...problem, code: 'json' } : problem);
  }
};

/** In the compact string, for an octet of a segment: four characters hold three. Near enough where characters were skipped. */
const offsetOfOctet = (octet: number, start: number, length: number): number =>
  start + Math.min(Math.floor((octet * 4) / 3), length);

/** One compact string, while it is being read. */
interface Reading {
  readonly compact: string;
  readonly segments: readonly string[];
  readonly problems: Problem[];
}

/** Where the segment at `index` begins. */
const startOf = ({ segments }: Reading, index: number): number => {
  let start = index;
  for (let before = 0; before < index; before++) start += segments[before]?.length ?? 0;
  return start;
};

/** The text of a segment: of its base64url, then of its octets. */
const readText = (reading: Reading, index: number, segment: Segment): string => {
  const raw = reading.segments[index] ?? '';
  const ascii = readAscii(raw);
  if (ascii !== undefined) return ascii;
  const start = startOf(reading, index);
  const { bytes, problems } = readBase64url(raw, segment, start);
  const { text, invalidAt } = readUtf8(bytes);
  addAll(reading, index, problems);
  if (invalidAt !== undefined) {
    addAll(reading, index, [{ code: 'utf8', segment, offset: offsetOfOctet(invalidAt, start, raw.length) }]);
  }
  return text;
};

/** The JSON object of a segment's text, as far as it is one; that it is none is a problem where it must be. */
const readObject = (
  reading: Reading,
  index: number,
  segment: Segment,
  text: string,
  must: boolean,
): JsonObject | undefined => {
  const { value, problems } = readJson(text);
  if (problems.length > 0)
    addAll(
      reading,
      index,
      problems.map((problem) => ({ ...problem, segment })),
    );
  if (isObject(value)) return value;
  if (must && value !== undefined)
    reading.problems.push({ code: 'not_object', segment, offset: 0, line: 1, column: 1 });
  return undefined;
};

const readHeader = (reading: Reading): Pick<Decoded, 'headerText' | 'header'> => {
  if (reading.segments[0] === '') {
    reading.problems.push({ code: 'empty_segment', segment: 'header', offset: 0 });
    return NOTHING;
  }
  const headerText = readText(reading, 0, 'header');
  const header = readObject(reading, 0, 'header', headerText, true);
  return header ? { headerText, header } : { headerText };
};

const readPayload = (reading: Reading, header: JsonObject | undefined): Pick<Decoded, 'payloadText' | 'payload'> => {
  const raw = reading.segments[1];
  if (raw === undefined || raw === '') return NOTHING;
  const payloadText = isUnencoded(header) ? raw : readText(reading, 1, 'payload');
  const must = wantsClaims(header);
  if (!must && !JSON_START.test(payloadText)) return { payloadText };
  const payload = readObject(reading, 1, 'payload', payloadText, must);
  return payload ? { payloadText, payload } : { payloadText };
};

/** The segments that hold octets, which nobody reads here: only whether they are well encoded, and there at all. */
const checkRest = (reading: Reading, names: readonly Segment[], header: JsonObject | undefined): void => {
  for (let index = 1; index < names.length; index++) {
    const raw = reading.segments[index];
    const segment = names[index];
    if (raw === undefined || segment === undefined) continue;
    if (raw === '' && !mayBeEmpty(segment, header)) {
      reading.problems.push({ code: 'empty_segment', segment, offset: startOf(reading, index) });
    } else if (segment !== 'payload' && !isBase64url(raw)) {
      addAll(reading, index, readBase64url(raw, segment, startOf(reading, index)).problems);
    }
  }
};

const HEADER_BROKEN: ReadonlySet<ProblemCode> = new Set(['json', 'truncated', 'not_object']);

const formOf = ({ segments, problems }: Reading, header: JsonObject | undefined): Form => {
  if (!header || problems.some(({ code, segment }) => segment === 'header' && HEADER_BROKEN.has(code)))
    return 'malformed';
  if (segments.length === JWE.length && isEncrypted(header)) return 'jwe';
  if (segments.length !== JWS.length) return 'malformed';
  return isNone(header) ? 'unsecured' : 'jws';
};

/**
 * Reads one compact string (JWS, RFC 7515 section 7.1; JWE, RFC 7516 section 7.1; unsecured, RFC 7515 appendix A.5)
 * as far as it can be read. Any string will do; nothing is trimmed, verified or decrypted.
 *
 * `form` is `malformed` where the header is not one whole JSON object, or the segments are neither three nor, with `enc`
 * in the header, five; a payload is read even then, unless `enc` (or five segments, where the header tells nothing) says
 * JWE. Problems stand in the order in which they were met. Linear; never throws.
 */
export const decode = (compact: string): Decoded => {
  const segments = compact.split('.', MAX_SEGMENTS);
  const reading: Reading = { compact, segments, problems: [] };
  const isLarge = compact.length > MAX_COMPACT;
  if (isLarge) reading.problems.push({ code: 'too_large', segment: 'token', offset: MAX_COMPACT });
  const head = (segments[0]?.length ?? 0) > MAX_COMPACT ? {} : readHeader(reading);
  const isJwe = head.header ? isEncrypted(head.header) : segments.length === JWE.length;
  if (segments.length !== JWS.length && !(isJwe && segments.length === JWE.length)) {
    const detail = segments.length < MAX_SEGMENTS ? String(segments.length) : `${MAX_SEGMENTS}+`;
    reading.problems.push({ code: 'segments', segment: 'token', offset: 0, detail });
  }
  const body = isJwe || isLarge ? {} : readPayload(reading, head.header);
  if (!isLarge) checkRest(reading, isJwe ? JWE : JWS, head.header);
  return { compact, form: formOf(reading, head.header), segments, ...head, ...body, problems: reading.problems };
};
