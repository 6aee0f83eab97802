/** What the background's log of what was captured can be asked and told. Shapes only; `log.ts` makes it. */
import type { CaptureRecord, ExchangeRecord, SightingRecord, TabRecord, TokenRecord } from './records.ts';

/** What is counted of a tab. */
export type Count = Omit<TabRecord, 'v' | 'type' | 'tab'>;

/** What storage has to do to be as the log is. */
export interface LogChanges {
  readonly set: Readonly<Record<string, CaptureRecord>>;
  readonly remove: readonly string[];
}

export interface Log {
  /** Counts for a tab, added to what it has. */
  count(tab: number, more: Partial<Count>): void;
  /** Puts or replaces an exchange; what no longer fits goes, oldest first, never the newest (but its last sightings). */
  put(exchange: ExchangeRecord): void;
  /** Adds a sighting to an exchange that was put before, MAX_TOKENS at most, and the token if new. Twice is as once. */
  see(token: TokenRecord, sighting: SightingRecord): void;
  exchange(key: string): ExchangeRecord | undefined;
  exchanges(): Iterable<ExchangeRecord>;
  /** Ids of the tokens that an exchange's request carried. */
  sentIn(exchangeKey: string): readonly string[];
  /** Takes in what storage held; sightings that point to nothing are removed from it. */
  load(records: readonly CaptureRecord[]): void;
  /** Drops a tab's records; its counters too, or back to nought when the tab goes on living. */
  forgetTab(tab: number, lives: boolean): void;
  /**
   * Somebody removed these keys from storage. What newer records still need is written again. Gives the tabs whose
   * counters were among them.
   */
  removed(keys: ReadonlySet<string>): readonly number[];
  /** Has anything to write: records ('records'), counters alone ('counters'), or nothing. */
  pending(): 'records' | 'counters' | undefined;
  /** Hands over what is to be written, once. */
  take(): LogChanges;
  /** Storage refused these: makes room and has them written again. False if there was none to make: they are dropped. */
  refused(keys: Iterable<string>): boolean;
}
