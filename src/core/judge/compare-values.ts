/** When two values of JSON are the same, although they may be written otherwise. */
import type { JsonNode } from '../token/json-tree.ts';
import type { Change, Difference } from './compare-json.ts';

/** A plain value in a list. */
export interface Member {
  /** Of two members the same where they are the same value. */
  readonly identity: string;
  /** As it was written; a string without its quotes. */
  readonly text: string;
  readonly source: string;
}

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,15}))?$/;

/** How many zeros stand at that end. By hand: an expression for the last ones would look at each run of them. */
const zerosAt = (digits: string, end: 'start' | 'end'): number => {
  let count = 0;
  while (count < digits.length && digits[end === 'start' ? count : digits.length - 1 - count] === '0') count += 1;
  return count;
};

/** A number as its digits and its power of ten, however it was written, beyond 2^53 too; `1e9…` of many digits as it stands. */
const decimal = (source: string): string => {
  const [, sign, whole = '', fraction = '', exponent = '0'] = DECIMAL.exec(source) ?? [];
  if (sign === undefined) return source;
  const digits = (whole + fraction).slice(zerosAt(whole + fraction, 'start'));
  if (digits === '') return '0';
  const zeros = zerosAt(digits, 'end');
  return `${sign}${digits.slice(0, digits.length - zeros)}e${Number(exponent) - fraction.length + zeros}`;
};

type Plain = Extract<JsonNode, { readonly source: string }>;

const isPlain = (node: JsonNode): node is Plain => node.kind !== 'object' && node.kind !== 'array';

const identityOf = (node: Plain): string => {
  if (node.kind === 'string') return `"${node.value}`;
  return node.kind === 'number' ? decimal(node.source) : node.source;
};

const memberOf = (node: Plain): Member => ({
  identity: identityOf(node),
  text: node.kind === 'string' ? node.value : node.source,
  source: node.source,
});

/** The members of an array that has plain values alone; of a plain value itself. */
export const plainMembers = (node: JsonNode): readonly Member[] | undefined => {
  if (node.kind === 'object') return undefined;
  if (node.kind !== 'array') return [memberOf(node)];
  return node.items.every(isPlain) ? node.items.map(memberOf) : undefined;
};

/** The words of a string, with one space between them. */
export const spaced = ({ value }: Extract<JsonNode, { kind: 'string' }>): readonly Member[] =>
  value
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => ({ identity: `"${word}`, text: word, source: JSON.stringify(word) }));

/** Members of `all` that `others` have not; each of theirs counts once. In order. */
const missingIn = (all: readonly Member[], others: readonly Member[]): readonly string[] => {
  const left = new Map<string, number>();
  for (const { identity } of others) left.set(identity, (left.get(identity) ?? 0) + 1);
  return all.flatMap(({ identity, text }) => {
    const count = left.get(identity) ?? 0;
    if (count === 0) return [text];
    left.set(identity, count - 1);
    return [];
  });
};

const isSameBy = (name: 'identity' | 'source', left: readonly Member[], right: readonly Member[]): boolean =>
  left.every((member, index) => member[name] === right[index]?.[name]);

/** Two lists as sets in which a member may stand more than once. */
export const memberChanges = (
  left: readonly Member[],
  right: readonly Member[],
): Pick<Difference, 'change' | 'came' | 'went'> => {
  const [came, went] = [missingIn(right, left), missingIn(left, right)];
  if (came.length > 0 || went.length > 0) return { change: 'changed', came, went };
  if (!isSameBy('identity', left, right)) return { change: 'reordered' };
  return { change: isSameBy('source', left, right) ? 'same' : 'rewritten' };
};

/** Of two values that are not gone into: plain ones, empty objects, or values of two kinds. */
export const sameValue = (left: JsonNode, right: JsonNode): Change => {
  if (!isPlain(left) || !isPlain(right)) return left.kind === right.kind ? 'same' : 'changed';
  if (identityOf(left) !== identityOf(right)) return 'changed';
  return left.source === right.source ? 'same' : 'rewritten';
};
