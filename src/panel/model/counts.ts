import type { TabRecord } from '../../core/capture/records.ts';

const NAMES = ['requests', 'opaque', 'dropped', 'skipped', 'binary'] as const;

export type Counts = Record<(typeof NAMES)[number], number>;

/** What was counted in all tabs together. */
export const sumOf = (tabs: Iterable<Partial<Pick<TabRecord, keyof Counts>>>): Counts => {
  const sum = { requests: 0, opaque: 0, dropped: 0, skipped: 0, binary: 0 };
  for (const tab of tabs) {
    for (const name of NAMES) sum[name] += tab[name] ?? 0;
  }
  return sum;
};
