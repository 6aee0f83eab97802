/** The columns of the exchanges, and the order that each gives. Pure. */
import type { ExchangeRecord } from '../../core/capture/records.ts';
import type { Hops } from './chains.ts';

export type Column = 'time' | 'method' | 'address' | 'status' | 'token' | 'decision' | 'reason';

export interface Order {
  readonly by: Column;
  readonly descending: boolean;
}

/** What a row is sorted by; every column but time by a text or a number of its own. */
export interface Sorted {
  readonly exchange: ExchangeRecord;
}

/** Time comes newest first, what was refused before what was not, and words from A to Z. */
export const FIRST_DESCENDING: ReadonlySet<Column> = new Set(['time', 'status']);

/** The hops of a request stand together, where its first one was sent. */
const byTime = (chains: Hops) => {
  const startOf = ({ id, start }: ExchangeRecord): number =>
    chains.size === 0 ? start : (chains.get(id)?.[0]?.start ?? start);
  return ({ exchange: a }: Sorted, { exchange: b }: Sorted): number => {
    const apart = startOf(a) - startOf(b);
    if (apart !== 0) return apart;
    const hops = chains.get(a.id);
    if (hops && hops === chains.get(b.id)) return hops.indexOf(a) - hops.indexOf(b);
    return a.start - b.start || (a.id < b.id ? -1 : 1);
  };
};

/**
 * Sorts in place.
 * @param keyOf what a row has in the column; rows without anything (`''`) come last, whichever way it is sorted
 */
export const sortRows = <Row extends Sorted>(
  rows: Row[],
  { by, descending }: Order,
  chains: Hops,
  keyOf: (row: Row) => string | number,
): Row[] => {
  const sign = descending ? -1 : 1;
  const timely = byTime(chains);
  if (by === 'time') return rows.sort((a, b) => sign * timely(a, b));
  const keys = new Map(rows.map((row) => [row, keyOf(row)]));
  return rows.sort((a, b) => {
    const [x = '', y = ''] = [keys.get(a), keys.get(b)];
    if (x === y) return -timely(a, b);
    if (x === '' || y === '') return x === '' ? 1 : -1;
    return x < y ? -sign : sign;
  });
};
