/** The requests of a row in the order of their time, so that what is drawn of them is found without a look at each. */
import type { Use } from '../../core/judge/lineage.ts';
import type { Row } from './timeline.ts';

/** Requests of one sort, and the token of each. */
export interface Series {
  readonly uses: readonly Use[];
  readonly tokens: readonly string[];
  readonly isRefused: boolean;
  /** The next token was there already. */
  readonly isLate: boolean;
}

const SORTS = [false, true].flatMap((isRefused) => [false, true].map((isLate) => ({ isRefused, isLate })));

const isInOrder = (uses: readonly Use[]): boolean => uses.every(({ at }, index) => at >= (uses[index - 1]?.at ?? at));

const inOrder = (uses: Use[], tokens: string[]): Pick<Series, 'uses' | 'tokens'> => {
  if (isInOrder(uses)) return { uses, tokens };
  const pairs = uses.map((use, index) => [use, tokens[index] ?? ''] as const).sort(([a], [b]) => a.at - b.at);
  return { uses: pairs.map(([use]) => use), tokens: pairs.map(([, token]) => token) };
};

/** A row lives until the log is looked at again, and is laid out with each step of a zoom. */
const known = new WeakMap<Row, readonly Series[]>();

/** Each sort of a row's requests. Linear in them, once. */
export const seriesOf = (row: Row): readonly Series[] => {
  const before = known.get(row);
  if (before) return before;
  const lists = SORTS.map((sort) => ({ ...sort, uses: [] as Use[], tokens: [] as string[] }));
  for (const [index, { uses, token }] of row.links.entries()) {
    const replaced = row.links[index + 1]?.joint?.at ?? Number.POSITIVE_INFINITY;
    for (const use of uses) {
      const list = lists[(use.refused ? 2 : 0) + (use.at >= replaced ? 1 : 0)];
      list?.uses.push(use);
      list?.tokens.push(token);
    }
  }
  const series = lists.map(({ isRefused, isLate, uses, tokens }) => ({ isRefused, isLate, ...inOrder(uses, tokens) }));
  known.set(row, series);
  return series;
};

/** The first from `low` on that is not before a moment; their count where none is. */
export const firstFrom = (uses: readonly Use[], moment: number, low = 0): number => {
  let [first, end] = [low, uses.length];
  while (first < end) {
    const middle = (first + end) >> 1;
    if ((uses[middle]?.at ?? moment) < moment) first = middle + 1;
    else end = middle;
  }
  return first;
};
