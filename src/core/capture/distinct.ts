import type { Found } from './records.ts';

/** Of one message, and of one exchange; no server reads more than a few, and what follows would push out all other records. */
export const MAX_TOKENS = 1_000;

/**
 * The same token at the same place of one message told once, in the order found; at two places, twice. MAX_TOKENS at
 * most, and how many were left out.
 */
export const distinct = <T extends Found>(
  found: readonly T[],
): { readonly found: readonly T[]; readonly dropped: number } => {
  const all = [...new Map(found.map((one) => [JSON.stringify([one.compact, one.place]), one])).values()];
  return { found: all.slice(0, MAX_TOKENS), dropped: Math.max(0, all.length - MAX_TOKENS) };
};
