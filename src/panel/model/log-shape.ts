/** What the captured log can be asked and told. Shapes only; `log.ts` makes it. */
import type { ReadonlySignal } from '@preact/signals';
import type { ExchangeRecord, Place, SightingRecord } from '../../core/capture/records.ts';
import type { Log as Records } from '../../core/report/export.ts';
import type { Opened } from '../../core/trust/opened.ts';
import type { Change } from '../source.ts';
import type { Counts } from './counts.ts';
import type { Entry } from './entry.ts';
import type { Journal } from './journal.ts';

export interface Log {
  /** Newest first. */
  readonly entries: ReadonlySignal<readonly Entry[]>;
  readonly revision: ReadonlySignal<number>;
  readonly counts: ReadonlySignal<Counts>;
  entry(id: string): Entry | undefined;
  exchange(id: string): ExchangeRecord | undefined;
  /** In the order they came; to be read after `revision`. */
  exchanges(): Iterable<ExchangeRecord>;
  /** How many of them there are. */
  size(): number;
  /** Of the exchanges (ExchangeRecord.id): which came, changed or went, or carried something else. */
  readonly journal: Journal;
  /** The tokens (TokenRecord.id) that the answer of an exchange can be about. */
  judgedIn(exchange: ExchangeRecord): ReadonlySet<string>;
  /** The tokens that an exchange carried, each with where it stood. */
  carriedIn(exchange: string): readonly { readonly entry: Entry; readonly sighting: SightingRecord }[];
  /** Takes what keys opened of a token. True where that changes what can be read of it. */
  take(entry: Entry, opened: Opened): boolean;
  /** Everything as captured or pasted, for export. */
  records(): Records;
  /** Adds tokens that did not come from traffic; gives their ids, in order. */
  add(tokens: readonly string[], place: Place): Promise<readonly string[]>;
  /** Puts and removes records under keys of the panel's own (`OWN`). */
  change(changes: readonly Change[]): void;
  /** Forgets all that stands under such keys; captured records go through the source. */
  forgetOwn(): void;
  dispose(): void;
}
