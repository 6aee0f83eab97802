import { computed, type ReadonlySignal } from '@preact/signals';
import type { Log } from './log.ts';
import type { Model } from './model.ts';

/** The newest time in a log, in ms; 0 while there is nothing. */
const endOf = (log: Log): number => {
  log.revision.value;
  let end = 0;
  for (const entry of log.entries.value) end = Math.max(end, entry.firstSeen);
  for (const { start, end: answered = start } of log.exchanges()) end = Math.max(end, answered);
  return end;
};

const all = new WeakMap<Model, ReadonlySignal<number>>();

/** The moment that a log is looked at as a whole, in ms: now; of one out of a file its end, unless it is judged as of now. */
export const presentOf = (model: Model): ReadonlySignal<number> => {
  const { imported, log, now } = model;
  const known = all.get(model) ?? (imported ? computed(() => (imported.isThen.value && endOf(log)) || now.value) : now);
  all.set(model, known);
  return known;
};
