/** How the parts of one token are read, whichever serialisation they came in. */
import { isBase64url, readAscii, readBase64url } from './base64url.ts';
import type { Decoded, Form, JsonObject, Problem, ProblemCode, Segment } from './decoded.ts';
import { readJson } from './read-json.ts';
import { readUtf8 } from './utf8.ts';

/**
 * In characters: all that Chromium takes of request headers, and little enough that the most hostile JSON is read
 * within a frame or two. Of a longer token only the header is read.
 */
export const MAX_COMPACT = 262_144;

export const JWS: readonly Segment[] = ['header', 'payload', 'signature'];
const NOTHING = {};
export const JWE: readonly Segment[] = ['header', 'encrypted_key', 'iv', 'ciphertext', 'tag'];

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isNone = (header: JsonObject | undefined): boolean =>
  typeof header?.alg === 'string' && header.alg.toLowerCase() === 'none';

/** RFC 7516 section 9: only a JWE's header has `enc`. */
export const isEncrypted = (header: JsonObject | undefined): boolean => typeof header?.enc === 'string';

/** RFC 7797 section 6: without this, who does not know `b64` takes the payload for base64url. */
const isCritical = (header: JsonObject | undefined, name: string): boolean =>
  Array.isArray(header?.crit) && header.crit.includes(name);

/** Of `typ` and of `cty`. */
export const JWT_TYPE = /^(?:application\/)?(?:.+\+)?jwt$/i;

/** A claims set is wanted where `typ` says JWT and no `cty` says otherwise (RFC 7519 section 5). */
const wantsClaims = (header: JsonObject | undefined): boolean =>
  typeof header?.typ === 'string' && JWT_TYPE.test(header.typ) && header.cty === undefined;

/** A JWS may carry anything (RFC 7515 section 3), but what begins like JSON is surely meant to be JSON. */
const JSON_START = /^\ufeff?[ \t\r\n]*[{[]/;

/** How a compact token begins, as far as its first dot: no payload of another kind does. */
export const TOKEN_START = /^e(?:yJ|yA|w[0ko])[\w-]*\./;

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
    // Behind the last segment of an SD-JWT, and of JSON, something follows.
    if (isCut && index === segments.length - 1 && compact.endsWith(segments[index] ?? '')) {
      if (problems.some(({ code }) => code === 'truncated')) continue;
      problems.push({ code: 'truncated', segment: problem.segment, offset: compact.length });
    } else problems.push(problem.code === 'truncated' ? { ...problem, code: 'json' } : problem);
  }
};

/** In the compact string, for an octet of a segment: four characters hold three. Near enough where characters were skipped. */
const offsetOfOctet = (octet: number, start: number, length: number): number =>
  start + Math.min(Math.floor((octet * 4) / 3), length);

/** One token, while it is being read. */
export interface Reading {
  readonly compact: string;
  readonly segments: readonly string[];
  readonly problems: Problem[];
  /** The segments are members of a JSON text. */
  readonly isJson?: true;
}

/** Where the segment at `index` begins. In JSON it is looked for, since only a problem asks: its text is its own mark. */
const startOf = ({ compact, segments, isJson }: Reading, index: number): number => {
  if (isJson) return Math.max(0, compact.indexOf(segments[index] ?? ''));
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

/** The first segment, as text and as the object that it must be. */
export const readHeader = (reading: Reading): Pick<Decoded, 'headerText' | 'header'> => {
  if (reading.segments[0] === '') {
    reading.problems.push({ code: 'empty_segment', segment: 'header', offset: 0 });
    return NOTHING;
  }
  const headerText = readText(reading, 0, 'header');
  const header = readObject(reading, 0, 'header', headerText, true);
  return header ? { headerText, header } : { headerText };
};

/** What a payload, or a decrypted plaintext, says: a JSON object, or any text. */
export const readClaims = (
  reading: Reading,
  header: JsonObject | undefined,
  payloadText: string,
): Pick<Decoded, 'payloadText' | 'payload'> => {
  // A nested token whose `cty` is missing is no broken claims set.
  const must = wantsClaims(header) && !TOKEN_START.test(payloadText);
  if (!must && !JSON_START.test(payloadText)) return { payloadText };
  const payload = readObject(reading, 1, 'payload', payloadText, must);
  return payload ? { payloadText, payload } : { payloadText };
};

/** The second segment of a JWS, out of base64url unless the header says that it is plain (RFC 7797). */
export const readPayload = (
  reading: Reading,
  header: JsonObject | undefined,
): Pick<Decoded, 'payloadText' | 'payload'> => {
  const raw = reading.segments[1];
  const isPlain = header?.b64 === false; // RFC 7797 section 3
  const isSaid = isPlain && isCritical(header, 'b64');
  if (isPlain && !isSaid) reading.problems.push({ code: 'b64', segment: 'header', offset: 0 });
  if (raw === undefined || raw === '') return NOTHING;
  const asItStands = isSaid || (isPlain && !isBase64url(raw));
  return readClaims(reading, header, asItStands ? raw : readText(reading, 1, 'payload'));
};

/** The segments that hold octets, which nobody reads here: only whether they are well encoded, and there at all. */
export const checkRest = (reading: Reading, names: readonly Segment[], header: JsonObject | undefined): void => {
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

/** What the segments and the header make of it. */
export const formOf = ({ segments, problems }: Reading, header: JsonObject | undefined): Form => {
  if (!header || problems.some(({ code, segment }) => segment === 'header' && HEADER_BROKEN.has(code)))
    return 'malformed';
  if (segments.length === JWE.length && isEncrypted(header)) return 'jwe';
  if (segments.length !== JWS.length) return 'malformed';
  return isNone(header) ? 'unsecured' : 'jws';
};

/** A JWS without its payload (RFC 7515 appendix F), or with an empty one: nothing tells them apart. */
export const isDetached = (form: Form, segments: readonly string[]): boolean => form === 'jws' && segments[1] === '';
