/** A token of our own export (see report/write-json.ts), with its live credential or what a redacted one left of it. */
import * as v from 'valibot';
import type { Removed, TokenRecord } from '../../capture/records.ts';
import { digest } from '../../capture/token-id.ts';
import { decode } from '../../token/decode.ts';
import type { ProblemCode, Segment } from '../../token/decoded.ts';
import { type JsonNode, readJsonTree } from '../../token/json-tree.ts';
// What no compact serialisation can hold is put together as JSON.
import '../../token/json-serialization.ts';
import { member } from './member.ts';

export interface OwnToken {
  /** `token-3`, by which sightings name it. */
  readonly name: string;
  readonly record: Pick<TokenRecord, 'id' | 'compact' | 'firstSeen' | 'removed'>;
}

const CODES: Readonly<Record<ProblemCode, true>> = {
  ...({ segments: true, empty_segment: true, character: true, padding: true, white_space: true } as const),
  ...({ length: true, trailing_bits: true, utf8: true, json: true, not_object: true } as const),
  ...({ duplicate_member: true, truncated: true, too_large: true, too_deep: true, b64: true } as const),
  ...({ member_type: true, member_extra: true, header_conflict: true, not_protected: true } as const),
  ...({ b64_differs: true, too_many: true, tilde_missing: true } as const),
};
const SEGMENTS: Readonly<Record<Segment, true>> = {
  ...({ token: true, header: true, payload: true, signature: true } as const),
  ...({ encrypted_key: true, iv: true, ciphertext: true, tag: true } as const),
};
/** As the decoder counts them (MAX_SEGMENTS in token/compact.ts); and more problems than it ever tells of one token. */
const MAX_SEGMENTS = 16;
const MAX_PROBLEMS = 1_000;
/** Characters of a name. */
const MAX_NAME = 100;

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const isOneOf = <Name extends string>(names: Readonly<Record<Name, true>>) =>
  v.custom<Name>((given) => typeof given === 'string' && Object.hasOwn(names, given));

const schema = v.object({
  id: v.pipe(v.string(), v.maxLength(MAX_NAME)),
  firstSeen: v.pipe(v.number(), v.finite()),
  form: v.optional(v.string()),
  compact: v.optional(v.string()),
  segments: v.optional(v.pipe(v.array(whole), v.maxLength(MAX_SEGMENTS)), []),
  problems: v.optional(
    v.pipe(
      v.array(v.object({ code: isOneOf(CODES), segment: isOneOf(SEGMENTS), offset: whole })),
      v.maxLength(MAX_PROBLEMS),
    ),
    [],
  ),
  disclosures: v.optional(whole),
});

const JWS_SEGMENTS = 3;
const JWE_SEGMENTS = 5;

/** The text that a segment encodes: as it is written in the file, so that numbers and repeated members survive. */
const writtenIn = (text: string, root: JsonNode | undefined, wanted: string): string | undefined => {
  if (root?.kind !== 'object') return;
  const node = root.members.findLast(({ name }) => name === wanted)?.value;
  return node?.kind === 'string' ? node.value : node && text.slice(node.offset, node.offset + node.length);
};

const encode = (text = ''): string =>
  new TextEncoder().encode(text).toBase64({ alphabet: 'base64url', omitPadding: true });

type Told = Pick<v.InferOutput<typeof schema>, 'form' | 'segments' | 'disclosures'>;

/** What was left, with the other segments empty, as many as there were; behind the tilde of an SD-JWT nothing is left. */
const putTogether = (value: unknown, text: string, { form, segments, disclosures }: Told): string => {
  const { root } = readJsonTree(text);
  const isJwe = form === 'jwe';
  const header = encode(writtenIn(text, root, 'header'));
  const payload = isJwe ? undefined : writtenIn(text, root, 'payload');
  const count = segments.length || (isJwe ? JWE_SEGMENTS : JWS_SEGMENTS);
  const compact = (second: string): string => {
    const rest = Array<string>(Math.max(0, count - 2)).fill('');
    return [header, second, ...rest].slice(0, count).join('.') + (disclosures === undefined ? '' : '~');
  };
  const encoded = compact(encode(payload));
  if (payload === undefined || member(member(value, 'header'), 'b64') !== false) return encoded;
  // RFC 7797: it stood there as it is, unless it was encoded all the same; with a dot in it, in JSON alone (section 5.2).
  const plain = [compact(payload), JSON.stringify({ protected: header, payload, signature: '' })];
  return plain.find((one) => decode(one).payloadText === payload) ?? encoded;
};

/**
 * Reads an item of `tokens`; undefined where it is none. Never throws.
 * @param text the item as it is written
 */
export const readOwnToken = (value: unknown, text: string): OwnToken | undefined => {
  const { success, output } = v.safeParse(schema, value, { abortEarly: true });
  if (!success) return;
  const { id: name, firstSeen, compact, segments, problems, disclosures } = output;
  if (compact !== undefined) return { name, record: { id: digest(compact), compact, firstSeen } };
  const left = putTogether(value, text, output);
  const removed: Removed = { name, segments, problems, ...(disclosures !== undefined && { disclosures }) };
  // Two tokens that differed in their signatures alone are two all the same.
  return { name, record: { id: digest(`${name}\n${left}`), compact: left, firstSeen, removed } };
};
