import type { Entry } from '../model/log.ts';
import type { Model } from '../model/model.ts';

/** How far `at` (ms) is from the moment that the token is judged at, by its server's clock; where that is past, said so. */
export const relativeTime = (model: Model, entry: Entry, at: number): string => {
  const { source, dates, clocks, moment, imported } = model;
  const told = dates.relative(at, moment(entry) + (clocks.of(entry)?.offset ?? 0));
  return imported?.isThen.value ? source.text('then_relative', told) : told;
};
