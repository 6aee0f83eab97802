import type { TokenRecord } from '../capture/records.ts';
import type { Log } from './exported.ts';

/** What the records of a log are called in files: the same in every file of one log, whatever part of it goes out. */
export interface LogNames {
  /** Compact token → `token-3`. */
  readonly compacts: ReadonlyMap<string, string>;
  /** TokenRecord.id → `token-3`. */
  readonly tokens: ReadonlyMap<string, string>;
  /** ExchangeRecord.id → `exchange-3`. */
  readonly exchanges: ReadonlyMap<string, string>;
}

/** Nine digits: more tokens than any log has. A file could say anything here. */
const NAME = /^token-\d{1,9}$/;

/**
 * Names of a log's records, by their age: the oldest keeps `token-1` while the log grows, so that two files of it agree.
 * A token out of a redacted export keeps the name that it has there: the
 * addresses of its exchanges speak of it by that.
 */
export const namesOf = (log: Log): LogNames => {
  const tokens = log.tokens.toSorted((a, b) => a.firstSeen - b.firstSeen);
  const exchanges = log.exchanges.toSorted((a, b) => a.start - b.start);
  const compacts = new Map<string, string>();
  const ids = new Map<string, string>();
  const taken = new Set<string>();
  const give = ({ id, compact }: TokenRecord, name: string): void => {
    taken.add(name);
    ids.set(id, name);
    if (!compacts.has(compact)) compacts.set(compact, name);
  };
  for (const record of tokens) {
    const name = record.removed?.name ?? '';
    if (NAME.test(name) && !taken.has(name)) give(record, name);
  }
  let free = tokens.length;
  tokens.forEach((record, index) => {
    if (ids.has(record.id)) return;
    const known = record.removed ? undefined : compacts.get(record.compact);
    let name = known ?? `token-${index + 1}`;
    while (!known && taken.has(name)) {
      free += 1;
      name = `token-${free}`;
    }
    give(record, name);
  });
  return {
    compacts,
    tokens: ids,
    exchanges: new Map(exchanges.map(({ id }, index) => [id, `exchange-${index + 1}`])),
  };
};
