import type { TabRecord } from '../../core/capture/records.ts';

export type Counts = Pick<TabRecord, 'requests' | 'opaque' | 'dropped'>;

/** What was counted in all tabs together. */
export const sumOf = (tabs: Iterable<Counts>): Counts => {
  const sum = { requests: 0, opaque: 0, dropped: 0 };
  for (const tab of tabs) {
    sum.requests += tab.requests;
    sum.opaque += tab.opaque;
    sum.dropped += tab.dropped;
  }
  return sum;
};
