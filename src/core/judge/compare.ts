/** Two tokens side by side: what they say, how long, and who signed. Nothing is judged here. */
import type { Decoded } from '../token/decoded.ts';
import { compareJson, type JsonComparison } from './compare-json.ts';
import { judgeTime } from './time.ts';

export interface Compared {
  /** As captured: its header, form and bytes. */
  readonly decoded: Decoded;
  /** What it says, wherever that stands: of what is inside, or with what was disclosed. */
  readonly claims: Pick<Decoded, 'payload' | 'payloadText'>;
  /** What is known to be one key by this name verified it. */
  readonly key?: string;
}

export type Side = 'left' | 'right';

export interface PartComparison extends JsonComparison {
  /** Sides that cannot be read: sealed, or octets that are no text. Then nothing is compared. */
  readonly unread: readonly Side[];
  /** `rewritten`: all that is said is the same, in other bytes: order, white space, escapes. */
  readonly text: 'same' | 'rewritten' | 'different';
}

/** In ms; absent where a side does not say it. */
export interface TimeComparison {
  /** From the left one's issue to the right one's. */
  readonly issued?: number;
  /** From the left one's end to the right one's. */
  readonly expires?: number;
  /** From `iat`, else `nbf`, to `exp`. */
  readonly life: { readonly left?: number; readonly right?: number };
  /** Of claims that were read to their end, and have no `exp`. */
  readonly endless: readonly Side[];
}

/** By what is known: that one key verified both; else what their headers call theirs. */
export type KeyComparison =
  | { readonly code: 'same_key' | 'no_kid' }
  | { readonly code: 'same_kid' | 'left_kid' | 'right_kid'; readonly kid: string }
  | { readonly code: 'other_kid'; readonly kid: string; readonly otherKid: string };

export interface Comparison {
  readonly header: PartComparison;
  readonly payload: PartComparison;
  readonly time: TimeComparison;
  readonly key: KeyComparison;
  /** The `alg` of both, where they differ; '' for none. */
  readonly alg?: { readonly left: string; readonly right: string };
  /** Where they differ. */
  readonly form?: { readonly left: Decoded['form']; readonly right: Decoded['form'] };
  /** Of the whole token, in characters. */
  readonly size: { readonly left: number; readonly right: number };
  /** Character by character, all of it. */
  readonly identical: boolean;
}

const sidesOf = (isLeft: boolean, isRight: boolean): readonly Side[] => [
  ...(isLeft ? (['left'] as const) : []),
  ...(isRight ? (['right'] as const) : []),
];

const IS_SAID = new Set(['same', 'reordered', 'rewritten']);

const comparePart = (left: string | undefined, right: string | undefined): PartComparison => {
  const unread = sidesOf(left === undefined, right === undefined);
  const { differences, broken } = compareJson(left ?? '{}', right ?? '{}');
  if (unread.length > 0) return { differences: [], broken, unread, text: 'different' };
  const isSaid = broken.length === 0 && differences.every(({ change }) => IS_SAID.has(change));
  return { differences, broken, unread, text: left === right ? 'same' : isSaid ? 'rewritten' : 'different' };
};

const between = (left: number | undefined, right: number | undefined): number | undefined =>
  left === undefined || right === undefined ? undefined : right - left;

const compareTimes = (
  { claims: left }: Compared,
  { claims: right }: Compared,
  broken: readonly Side[],
): TimeComparison => {
  const read = ({ payload }: Compared['claims']) => {
    const { issuedAt, notBefore, expiresAt } = judgeTime(payload, 0, { leeway: 0 });
    const life = between(issuedAt ?? notBefore, expiresAt);
    return { issuedAt, expiresAt, life, isEndless: payload !== undefined && !Object.hasOwn(payload, 'exp') };
  };
  const [one, other] = [read(left), read(right)];
  const issued = between(one.issuedAt, other.issuedAt);
  const expires = between(one.expiresAt, other.expiresAt);
  return {
    ...(issued !== undefined && { issued }),
    ...(expires !== undefined && { expires }),
    life: {
      ...(one.life !== undefined && { left: one.life }),
      ...(other.life !== undefined && { right: other.life }),
    },
    endless: sidesOf(one.isEndless, other.isEndless).filter((side) => !broken.includes(side)),
  };
};

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const compareKeys = (left: Compared, right: Compared): KeyComparison => {
  if (left.key !== undefined && left.key === right.key) return { code: 'same_key' };
  const [kid, otherKid] = [textOf(left.decoded.header?.kid), textOf(right.decoded.header?.kid)];
  if (kid === '' && otherKid === '') return { code: 'no_kid' };
  if (kid === otherKid) return { code: 'same_kid', kid };
  if (otherKid === '') return { code: 'left_kid', kid };
  return kid === '' ? { code: 'right_kid', kid: otherKid } : { code: 'other_kid', kid, otherKid };
};

/**
 * Compares two tokens, whatever they are: of what is sealed or broken as much as can be read. Everything in the answer
 * but the codes is text out of the tokens, of any length. Linear in both (see compareJson); never throws.
 */
export const compareTokens = (left: Compared, right: Compared): Comparison => {
  const [one, other] = [left.decoded, right.decoded];
  const alg = { left: textOf(one.header?.alg), right: textOf(other.header?.alg) };
  const payload = comparePart(left.claims.payloadText, right.claims.payloadText);
  return {
    header: comparePart(one.headerText, other.headerText),
    payload,
    time: compareTimes(left, right, payload.broken),
    key: compareKeys(left, right),
    ...(alg.left !== alg.right && { alg }),
    ...(one.form !== other.form && { form: { left: one.form, right: other.form } }),
    size: { left: one.compact.length, right: other.compact.length },
    identical: one.compact === other.compact,
  };
};
