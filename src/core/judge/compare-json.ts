/** What differs between two JSON texts, member by member, each value as it was written. */
import { type JsonMember, type JsonNode, readJsonTree } from '../token/json-tree.ts';
import { type Member, memberChanges, plainMembers, sameValue, spaced } from './compare-values.ts';

/**
 * `reordered`: the same members, whose order says nothing, in another order. `rewritten`: the same value in other letters,
 * as `1` and `1.0`, `"A"` and `"\u0041"`, one audience alone and in a list.
 */
export type Change = 'added' | 'removed' | 'changed' | 'reordered' | 'rewritten' | 'same';

export interface Difference {
  /** `realm_access.roles`, `keys[0].kid`, `["https://acme.io/role"]`; '' for the whole. Cut at MAX_PATH. */
  readonly path: string;
  readonly change: Change;
  /** As it stands there, and '' where nothing does; a string without its quotes, where these tell nothing. */
  readonly left: string;
  readonly right: string;
  /** Of a list of plain values, and of scopes: what only the right one has, and what only the left one has. */
  readonly came?: readonly string[];
  readonly went?: readonly string[];
  /** Of dates: ms from the left one to the right one. */
  readonly later?: number;
}

export interface JsonComparison {
  /** In the order of the left text; what only the right one has at the end of its object. */
  readonly differences: readonly Difference[];
  /** The texts that break: what was complete before is compared. */
  readonly broken: readonly ('left' | 'right')[];
}

/** In characters. Uncut, a long name around many members would cost its length for each of them. */
const MAX_PATH = 200;

/** NumericDates (RFC 7519 section 2; OIDC Core 2 and 5.1). */
const DATES = new Set(['exp', 'nbf', 'iat', 'auth_time', 'updated_at']);
/** 9999-12-31T23:59:59Z: a larger number is no NumericDate, and its distance no time. */
const LAST_SECOND = 253_402_300_799;

/** Scopes are parted by a space, their order says nothing (RFC 6749 section 3.3). */
const SCOPES = new Set(['scope', 'scp']);

interface Pair {
  readonly path: string;
  /** The name of a member of the root. */
  readonly claim?: string;
  readonly left?: JsonNode;
  readonly right?: JsonNode;
}

interface Texts {
  readonly left: string;
  readonly right: string;
}

const IDENTIFIER = /^[A-Za-z_$][\w$-]*$/;

const cut = (path: string): string => (path.length > MAX_PATH ? `${path.slice(0, MAX_PATH - 1)}…` : path);

const step = (path: string, name: string): string => {
  const short = cut(name);
  if (!IDENTIFIER.test(short)) return cut(`${path}[${JSON.stringify(short)}]`);
  return path === '' ? short : cut(`${path}.${short}`);
};

/** A text that is no JSON at all is one value. */
const rootOf = (text: string, root: JsonNode | undefined): JsonNode =>
  root ?? { kind: 'string', offset: 0, length: text.length, source: text, value: text };

const occurrences = (members: readonly JsonMember[]): ReadonlyMap<string, readonly JsonNode[]> => {
  const found = new Map<string, JsonNode[]>();
  for (const { name, value } of members) {
    const before = found.get(name);
    if (before) before.push(value);
    else found.set(name, [value]);
  }
  return found;
};

/** Of a member that stands twice the last counts, so the last ones are a pair, and what is over stands alone. */
const memberPairs = (
  path: string,
  left: readonly JsonMember[],
  right: readonly JsonMember[],
  isRoot: boolean,
): readonly Pair[] => {
  const [inLeft, inRight] = [occurrences(left), occurrences(right)];
  return [...new Set([...inLeft.keys(), ...inRight.keys()])].flatMap((name) => {
    const [ofLeft, ofRight] = [inLeft.get(name) ?? [], inRight.get(name) ?? []];
    const count = Math.max(ofLeft.length, ofRight.length);
    return Array.from({ length: count }, (_, index): Pair => {
      const [one, other] = [ofLeft[ofLeft.length - count + index], ofRight[ofRight.length - count + index]];
      return {
        path: step(path, name),
        ...(isRoot && { claim: name }),
        ...(one && { left: one }),
        ...(other && { right: other }),
      };
    });
  });
};

const itemPairs = (path: string, left: readonly JsonNode[], right: readonly JsonNode[]): readonly Pair[] =>
  Array.from({ length: Math.max(left.length, right.length) }, (_, index) => {
    const [one, other] = [left[index], right[index]];
    return { path: cut(`${path}[${index}]`), ...(one && { left: one }), ...(other && { right: other }) };
  });

/** The members of what is a list on both sides, or is meant as one (RFC 7519 section 4.1.3: one audience stands alone). */
const listsOf = ({ claim = '', left, right }: Pair): readonly [readonly Member[], readonly Member[]] | undefined => {
  if (!left || !right) return undefined;
  const inWords = SCOPES.has(claim);
  const isMixed = claim === 'aud' || inWords;
  if (left.kind !== 'array' && right.kind !== 'array' && !inWords) return undefined;
  if (left.kind !== right.kind && !isMixed) return undefined;
  const read = (node: JsonNode) => (inWords && node.kind === 'string' ? spaced(node) : plainMembers(node));
  const [ofLeft, ofRight] = [read(left), read(right)];
  return ofLeft && ofRight && [ofLeft, ofRight];
};

const laterOf = ({ claim = '', left, right }: Pair): number | undefined => {
  if (!DATES.has(claim) || left?.kind !== 'number' || right?.kind !== 'number') return undefined;
  const [from, to] = [Number(left.source), Number(right.source)];
  if (Math.abs(from) > LAST_SECOND || Math.abs(to) > LAST_SECOND) return undefined;
  return Math.round((to - from) * 1000);
};

const written = (node: JsonNode | undefined, text: string, isQuoted: boolean): string => {
  if (!node) return '';
  return node.kind === 'string' && !isQuoted ? node.value : text.slice(node.offset, node.offset + node.length);
};

/** One list in brackets and the other not, or words with more than a space between. */
const isWrittenOtherwise = ({ left, right }: Pair): boolean =>
  left?.kind !== right?.kind || (left?.kind === 'string' && right?.kind === 'string' && left.source !== right.source);

/** Of a pair that is one row. */
const changesOf = (pair: Pair): Pick<Difference, 'change' | 'came' | 'went'> => {
  const { left, right } = pair;
  if (!left) return { change: 'added' };
  if (!right) return { change: 'removed' };
  const lists = listsOf(pair);
  const changes = lists ? memberChanges(...lists) : { change: sameValue(left, right) };
  return changes.change === 'same' && isWrittenOtherwise(pair) ? { change: 'rewritten' } : changes;
};

const differenceOf = (pair: Pair, texts: Texts): Difference => {
  const { path, left, right } = pair;
  const rest = changesOf(pair);
  // `1` and `"1"`, `A` and `\u0041` would look alike.
  const isQuoted = left && right ? left.kind !== right.kind || rest.change === 'rewritten' : false;
  const later = rest.change === 'changed' ? laterOf(pair) : undefined;
  return {
    path,
    left: written(left, texts.left, isQuoted),
    right: written(right, texts.right, isQuoted),
    ...rest,
    ...(later !== undefined && { later }),
  };
};

/** What stands inside of both; undefined where they are one row. */
const inside = (pair: Pair): readonly Pair[] | undefined => {
  const { path, left, right } = pair;
  if (left?.kind === 'object' && right?.kind === 'object') {
    const isEmpty = left.members.length === 0 && right.members.length === 0;
    return isEmpty ? undefined : memberPairs(path, left.members, right.members, path === '');
  }
  if (left?.kind === 'array' && right?.kind === 'array' && !listsOf(pair)) {
    return itemPairs(path, left.items, right.items);
  }
  return undefined;
};

/**
 * Compares two JSON texts. Objects are gone into by name, arrays of objects by index, arrays of plain values as a whole,
 * whatever their order. Any text will do: what breaks is compared as far as it is complete, what is no JSON as one string.
 * Iterative; linear in both texts together, but for the MAX_PATH characters that each row may have; never throws.
 */
export const compareJson = (left: string, right: string): JsonComparison => {
  const [inLeft, inRight] = [readJsonTree(left), readJsonTree(right)];
  const texts: Texts = { left, right };
  const differences: Difference[] = [];
  const open: Pair[] = [{ path: '', left: rootOf(left, inLeft.root), right: rootOf(right, inRight.root) }];
  for (let pair = open.pop(); pair; pair = open.pop()) {
    const pairs = inside(pair);
    if (!pairs) differences.push(differenceOf(pair, texts));
    else for (const one of pairs.toReversed()) open.push(one);
  }
  const isBroken = ({ problems }: typeof inLeft) => problems.some(({ code }) => code !== 'duplicate_member');
  return {
    differences,
    broken: [...(isBroken(inLeft) ? (['left'] as const) : []), ...(isBroken(inRight) ? (['right'] as const) : [])],
  };
};
