/** Takes times side by side. Used in Node and, bundled, in the pages. */

/** ms that one pass took. */
type Contender = () => number | Promise<number>;

/** ms of each pass of one contender, in the order of the rounds. */
export type Times = readonly number[];

/** ms that the work takes. */
export const timed = (work: () => unknown): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};

/**
 * Runs every contender once per round, each round beginning with another, so that what else the machine does meets all of
 * them alike. The first round warms up and does not count.
 */
export const rounds = async <Name extends string>(
  contenders: Readonly<Record<Name, Contender>>,
  count: number,
): Promise<Record<Name, Times>> => {
  const names = Object.keys(contenders) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 0; round <= count; round += 1) {
    for (let place = 0; place < names.length; place += 1) {
      const name = names[(place + round) % names.length];
      if (name === undefined) continue;
      const ms = await contenders[name]();
      if (round > 0) times[name].push(ms);
    }
  }
  return times;
};

/** The value below which a share of them lies; NaN of none. */
export const quantile = (values: Times, share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] ?? Number.NaN;
  const high = sorted[Math.ceil(place)] ?? Number.NaN;
  return low + (high - low) * (place - Math.floor(place));
};

export const median = (values: Times): number => quantile(values, 0.5);
