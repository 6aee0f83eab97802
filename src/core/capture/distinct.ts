import type { Found } from './records.ts';

/** The same token at the same place of one message told once, in the order found; at two places, twice. */
export const distinct = (found: readonly Found[]): readonly Found[] => [
  ...new Map(found.map((one) => [JSON.stringify([one.compact, one.place]), one])).values(),
];
