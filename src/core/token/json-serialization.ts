import { readCompact } from './compact.ts';
import type { Decoded, JsonObject, Problem } from './decoded.ts';
import { readers } from './forms.ts';
import { readJson } from './read-json.ts';
import {
  checkRest,
  formOf,
  isDetached,
  isEncrypted,
  isObject,
  JWE,
  JWS,
  MAX_COMPACT,
  type Reading,
  readHeader,
  readPayload,
} from './reading.ts';
import { MAX_DISCLOSURES } from './sd-tail.ts';

/** Signatures, or recipients, that are read: each has a header to decode, and a person reads a few. */
export const MAX_PARTS = 100;
/** Characters of what all recipients share and each is read with; a name in its object costs as much as this many. */
const MAX_SHARED = 262_144;
const NAME_COST = 10;
/** Names that stand in two headers; a hostile text has thousands. */
const MAX_CONFLICTS = 16;
/** RFC 7515 section 4.1.11, RFC 7797 section 3, RFC 7516 section 4.1.3: they count in the protected header only. */
const PROTECTED_ONLY = ['crit', 'b64', 'zip'];

const objectOf = (value: unknown): JsonObject => (isObject(value) ? value : {});

/** Whether this is a JOSE header in its member: base64url of an object, or an object with an algorithm. */
const isHeader = (value: unknown): boolean =>
  typeof value === 'string' ? /^e[yw3]/.test(value) : isObject(value) && ('alg' in value || 'enc' in value);

/**
 * Whether a JSON value is meant to be a JWS or JWE in its JSON serialisation, and not any object with a member called
 * `signature`: it must have a JOSE header somewhere.
 */
export const isSerialized = (value: unknown): value is JsonObject => {
  if (!isObject(value)) return false;
  const { payload = '', signature, signatures, ciphertext, recipients } = value;
  const list: unknown = signatures ?? recipients;
  const first = objectOf(Array.isArray(list) ? list[0] : undefined);
  const hasHeader = [value.protected, value.unprotected, value.header, first.protected, first.header].some(isHeader);
  const isSigned = typeof payload === 'string' && (typeof signature === 'string' || Array.isArray(signatures));
  return hasHeader && (isSigned || typeof ciphertext === 'string');
};

/** The whole JSON text, and its value. */
interface Source {
  readonly compact: string;
  readonly value: JsonObject;
  readonly isJwe: boolean;
}

const told = (code: Problem['code'], detail: string, segment: Problem['segment'] = 'token'): Problem => ({
  code,
  segment,
  offset: 0,
  detail,
});

/** The JOSE header: protected and unprotected members, of which no name may stand twice (RFC 7515 section 4). */
const readHeaders = (reading: Reading, { value, isJwe }: Source, own: JsonObject): Partial<Decoded> => {
  const { problems, segments } = reading;
  for (const [name, member] of Object.entries({ header: own.header, ...(isJwe && { unprotected: value.unprotected }) }))
    if (member !== undefined && !isObject(member)) problems.push(told('member_type', name));
  const shared = isJwe ? objectOf(value.unprotected) : {};
  const single = objectOf(own.header);
  const unprotected = { ...shared, ...single };
  const names = Object.keys(unprotected);
  const head = segments[0] === '' && names.length > 0 ? {} : readHeader(reading);
  const twice = names.filter(
    (name) =>
      (head.header && Object.hasOwn(head.header, name)) || (Object.hasOwn(shared, name) && Object.hasOwn(single, name)),
  );
  problems.push(...twice.slice(0, MAX_CONFLICTS).map((name) => told('header_conflict', name, 'header')));
  const bare = PROTECTED_ONLY.filter((name) => Object.hasOwn(unprotected, name));
  problems.push(...bare.map((name) => told('not_protected', name, 'header')));
  if (names.length === 0) return head;
  return { ...head, header: { ...unprotected, ...head.header }, unprotected };
};

/** RFC 9901 section 8: disclosures and key binding stand in the unprotected header. */
const readSd = ({ disclosures, kb_jwt }: JsonObject, problems: Problem[]): Partial<Decoded> => {
  if (disclosures === undefined && kb_jwt === undefined) return {};
  const list: readonly unknown[] = Array.isArray(disclosures) ? disclosures : [];
  const texts = list.filter((one) => typeof one === 'string');
  if (texts.length < list.length || (disclosures !== undefined && list !== disclosures))
    problems.push(told('member_type', 'disclosures', 'header'));
  if (texts.length > MAX_DISCLOSURES) problems.push(told('too_many', String(MAX_DISCLOSURES)));
  const keyBinding = typeof kb_jwt === 'string' ? { keyBinding: readCompact(kb_jwt) } : {};
  return { disclosures: texts.slice(0, MAX_DISCLOSURES), ...keyBinding };
};

type Payloads = Map<string, Partial<Decoded>>;

const isPlain = (header: JsonObject | undefined): boolean => header?.b64 === false;

/** Signatures share a payload, and each says by itself how it is encoded. */
const encodingOf = (header: JsonObject | undefined): string =>
  isPlain(header) ? `plain${Array.isArray(header?.crit) && header.crit.includes('b64')}` : 'base64url';

/**
 * One signature or recipient, as if flattened.
 * @param own the member of `signatures` or `recipients`, or the whole value
 * @param payloads those that were read of the same text, by how its header says that it is encoded
 */
const readPart = (source: Source, own: JsonObject, payloads: Payloads = new Map()): Decoded => {
  const { compact, value, isJwe } = source;
  const problems: Problem[] = [];
  const text = (member: unknown, name: string): string => {
    if (typeof member === 'string') return member;
    if (member !== undefined || name === 'signature') problems.push(told('member_type', name));
    return '';
  };
  const segments = isJwe
    ? [text(value.protected, 'protected'), text(own.encrypted_key, 'encrypted_key'), text(value.iv, 'iv')]
    : [text(own.protected, 'protected'), text(value.payload, 'payload'), text(own.signature, 'signature')];
  if (isJwe) segments.push(text(value.ciphertext, 'ciphertext'), text(value.tag, 'tag'));
  const reading: Reading = { compact, segments, problems, isJson: true };
  const head = readHeaders(reading, source, own);
  const { header } = head;
  const encoding = encodingOf(header);
  const body = isJwe ? {} : (payloads.get(encoding) ?? readPayload(reading, header));
  if (!isJwe) payloads.set(encoding, body);
  checkRest(reading, isJwe ? JWE : JWS, header);
  if (isJwe && !isEncrypted(header)) problems.push(told('member_type', 'enc', 'header'));
  const aad = isJwe && value.aad !== undefined ? { aad: text(value.aad, 'aad') } : {};
  const sd = isJwe ? {} : readSd(objectOf(own.header), problems);
  const form = formOf(reading, header);
  const detached = isDetached(form, segments) ? { detached: true as const } : {};
  return {
    compact,
    form,
    segments,
    ...head,
    ...body,
    problems,
    serialization: 'flattened',
    ...detached,
    ...aad,
    ...sd,
  };
};

/** How many recipients are read: fewer where each takes long, since all have the shared headers. Signatures share none. */
const mostParts = ({ value, isJwe }: Source): number => {
  if (!isJwe) return MAX_PARTS;
  const text = typeof value.protected === 'string' ? value.protected.length : 0;
  const shared = text + NAME_COST * Object.keys(objectOf(value.unprotected)).length;
  return Math.max(1, Math.min(MAX_PARTS, Math.floor(MAX_SHARED / (shared + 1))));
};

const readList = (source: Source, name: string, list: readonly unknown[]): Decoded => {
  const { value, isJwe } = source;
  const extra = isJwe ? ['header', 'encrypted_key'] : ['signature', 'protected', 'header'];
  const problems = extra.filter((one) => Object.hasOwn(value, one)).map((one) => told('member_extra', one));
  if (list.length === 0 || !list.every(isObject)) problems.push(told('member_type', name));
  const most = mostParts(source);
  if (list.length > most) problems.push(told('too_many', String(most)));
  const payloads: Payloads = new Map();
  const first = readPart(source, objectOf(list[0]), payloads);
  const others = list.slice(1, most).map((one, index) => {
    const part = readPart(source, objectOf(one), payloads);
    if (isJwe || !part.header || isPlain(part.header) === isPlain(first.header)) return part;
    // RFC 7797 section 3: it is the same for all signatures.
    const problem = told('b64_differs', String(index + 2), 'header');
    problems.push(problem);
    return { ...part, problems: [...part.problems, problem] };
  });
  return { ...first, serialization: 'general', parts: [first, ...others], problems: [...problems, ...first.problems] };
};

/**
 * Reads the text of a JSON serialisation, flattened or general (RFC 7515 section 7.2, RFC 7516 section 7.2), of an SD-JWT
 * too (RFC 9901 section 8); undefined where it is none. `segments` stand as the compact serialisation would have them,
 * and what is signed follows from them alike (section 5.1). `headerText` is that of the protected header. Linear; never
 * throws.
 */
const readJsonSerialization = (text: string): Decoded | undefined => {
  if (!text.trimStart().startsWith('{')) return undefined;
  if (text.length > MAX_COMPACT) {
    const problem = { code: 'too_large', segment: 'token', offset: MAX_COMPACT } as const;
    return { compact: text, form: 'malformed', segments: [], problems: [problem] };
  }
  const { value, problems } = readJson(text);
  if (!isSerialized(value)) return undefined;
  const isJwe = typeof value.ciphertext === 'string';
  const source = { compact: text, value, isJwe };
  const [name, list] = isJwe ? ['recipients', value.recipients] : ['signatures', value.signatures];
  const decoded = Array.isArray(list) ? readList(source, name, list) : readPart(source, value);
  const extra = isJwe ? ['payload', 'signature', 'signatures'].filter((one) => Object.hasOwn(value, one)) : [];
  const all = [
    ...problems.map((problem) => ({ ...problem, segment: 'token' as const })),
    ...extra.map((one) => told('member_extra', one)),
    ...decoded.problems,
  ];
  const isBroken = problems.some(({ code }) => code !== 'duplicate_member');
  return { ...decoded, problems: all, ...(isBroken && { form: 'malformed' }) };
};

readers.add(readJsonSerialization);
