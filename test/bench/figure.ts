/** What a bench says: ours beside another's, as a ratio that has a goal. */
import { median, quantile, type Times } from './rounds.ts';

export type Goal = { readonly atLeast: number } | { readonly atMost: number };

export interface Figure {
  readonly what: string;
  readonly ours: number;
  readonly unit: string;
  readonly against: string;
  readonly theirs: number;
  /** Ours by theirs. */
  readonly ratio: number;
  /** The middle half of the ratios of single rounds, where there were rounds. */
  readonly spread?: readonly [number, number];
  readonly goal?: Goal;
}

const MS_PER_SECOND = 1000;

const spreadOf = (over: Times, under: Times): readonly [number, number] => {
  const ratios = over.map((ms, round) => ms / (under[round] ?? Number.NaN));
  return [quantile(ratios, 0.25), quantile(ratios, 0.75)];
};

/** How much longer ours takes. Times of interleaved rounds. */
export const longer = (what: string, against: string, ours: Times, theirs: Times, goal?: Goal): Figure => ({
  ...{ what, against, unit: 'ms', ours: median(ours), theirs: median(theirs) },
  ...{ ratio: median(ours) / median(theirs), spread: spreadOf(ours, theirs) },
  ...(goal && { goal }),
});

/** How much more ours gets done in a second, of `items` done in each round. */
export const faster = (
  { what, items, unit }: { what: string; items: number; unit: string },
  against: string,
  ours: Times,
  theirs: Times,
  goal?: Goal,
): Figure => ({
  ...{ what, against, unit: `${unit}/s` },
  ours: (items * MS_PER_SECOND) / median(ours),
  theirs: (items * MS_PER_SECOND) / median(theirs),
  ...{ ratio: median(theirs) / median(ours), spread: spreadOf(theirs, ours) },
  ...(goal && { goal }),
});

/** Ours beside a bound. */
export const within = (what: string, unit: string, ours: number, bound: number): Figure => ({
  ...{ what, unit, ours, theirs: bound, against: 'the bound', ratio: ours / bound },
  goal: { atMost: 1 },
});

export const isMet = ({ ratio, goal }: Figure): boolean =>
  goal === undefined || ('atLeast' in goal ? ratio >= goal.atLeast : ratio <= goal.atMost);
