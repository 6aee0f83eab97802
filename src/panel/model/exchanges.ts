/** The exchanges as the view shows them: filtered and sorted, up to date with the log at the cost of what changed. */
import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { ExchangeRecord } from '../../core/capture/records.ts';
import { shortText } from '../../core/judge/why-text.ts';
import { addressOf } from './address-of.ts';
import { chainsOf } from './chains.ts';
import { asksForJudgement, type Filtered, parseExchangeFilter, passesExchange } from './exchange-filter.ts';
import { type Column, FIRST_DESCENDING, type Order, sortRows } from './exchange-order.ts';
import { tokenLabel, toldBy } from './exchange-token.ts';
import { type Judgement, judgementsOf } from './judgements.ts';
import type { Model } from './model.ts';
import { inSlices } from './slices.ts';

/** Changed in place, where it was judged; another object for another record. */
export interface Row extends Filtered {
  judgement: Judgement;
  reason: string;
}

export interface Exchanges {
  readonly filter: ReadonlySignal<string>;
  setFilter(text: string): void;
  readonly order: ReadonlySignal<Order>;
  /** The same column again turns it round. */
  sortBy(column: Column): void;
  /** Those that pass, in order. */
  readonly rows: ReadonlySignal<readonly Row[]>;
  /** The hops of the request that an exchange belongs to; undefined where it has only one. */
  chainOf(exchange: ExchangeRecord): readonly ExchangeRecord[] | undefined;
  /** From now on judges all of them where the filter or the order asks for it, in slices. Returns its undo. */
  attend(): () => void;
}

const NOTHING: Judgement = {};
/** Searched no further; an address may have megabytes. */
const MAX_SEARCHED = 4000;

const JUDGED_COLUMNS: ReadonlySet<Column> = new Set(['decision', 'reason']);

const rowOf = (exchange: ExchangeRecord): Row => ({
  exchange,
  searchText: `${exchange.method} ${exchange.url.slice(0, MAX_SEARCHED)}`.toLowerCase(),
  judgement: NOTHING,
  reason: '',
});

const hostAndPath = (exchange: ExchangeRecord): string => {
  const { host, path } = addressOf(exchange);
  return `${host}${path}`;
};

const createExchanges = (model: Model): Exchanges => {
  const { log, source } = model;
  const judgements = judgementsOf(model);
  const known = new Map<string, Row>();
  const filter = signal('');
  const order = signal<Order>({ by: 'time', descending: true });
  const judged = signal(0);
  const waiting = new Set<Row>();
  let chains = chainsOf([]);
  let mark: number | undefined;
  /** What was judged, or waits for it: where the journal ended, and by what. */
  let attended: { readonly mark: number; readonly epoch: number } | undefined;
  let isNews = false;

  /** Brings one row up to date. True where the exchange came, changed or went, and a chain may have. */
  const updateRow = (id: string): boolean => {
    const before = known.get(id)?.exchange;
    const exchange = log.exchange(id);
    if (before === exchange) return false;
    if (exchange) known.set(id, rowOf(exchange));
    else known.delete(id);
    return (exchange && chains.concern(exchange)) || (before !== undefined && chains.concern(before));
  };

  const update = () => {
    const changed = log.journal.since(mark);
    mark = log.journal.end();
    const ids = changed ?? new Set([...known.keys(), ...[...log.exchanges()].map(({ id }) => id)]);
    let isChained = false;
    for (const id of ids) isChained = updateRow(id) || isChained;
    if (isChained) chains = chainsOf(log.exchanges());
  };

  const all = computed(() => {
    log.revision.value;
    update();
    return { rows: [...known.values()] };
  });

  const rowsOf = (ids: Iterable<string>): readonly Row[] => [...ids].flatMap((id) => known.get(id) ?? []);

  const terms = computed(() => parseExchangeFilter(filter.value));
  const isJudging = computed(() => JUDGED_COLUMNS.has(order.value.by) || asksForJudgement(terms.value));

  const judge = (row: Row) => {
    waiting.delete(row);
    const judgement = judgements.of(row.exchange);
    if (judgement === row.judgement) return;
    row.judgement = judgement;
    row.reason = judgement.why ? shortText(judgement.why, source.text).toLowerCase() : '';
    isNews = true;
  };

  const judging = inSlices(judge, () => {
    if (isNews) judged.value += 1;
    isNews = false;
  });

  const KEYS: Readonly<Record<Exclude<Column, 'time'>, (row: Row) => string | number>> = {
    method: ({ exchange }) => exchange.method,
    address: ({ exchange }) => hostAndPath(exchange),
    status: ({ exchange }) => exchange.status ?? '',
    token: ({ exchange }) => tokenLabel(source, toldBy(exchange, log)),
    decision: ({ judgement }) => judgement.decision?.decision ?? '',
    reason: ({ reason }) => reason,
  };

  const rows = computed(() => {
    const { rows: found } = all.value;
    if (isJudging.value) judged.value;
    const passing = terms.value.length === 0 ? [...found] : found.filter((row) => passesExchange(terms.value, row));
    const { by } = order.value;
    return sortRows(passing, order.value, chains.hops, by === 'time' ? () => '' : KEYS[by]);
  });

  return {
    filter,
    setFilter(text) {
      filter.value = text;
    },
    order,
    sortBy(by) {
      const before = order.peek();
      const isSame = before.by === by;
      order.value = { by, descending: isSame ? !before.descending : FIRST_DESCENDING.has(by) };
    },
    rows,
    chainOf: ({ id }) => chains.hops.get(id),
    attend: () =>
      effect(() => {
        judgements.revision.value;
        if (!isJudging.value) return;
        const { rows: found } = all.value;
        const epoch = judgements.epoch();
        const changed = attended?.epoch === epoch ? log.journal.since(attended.mark) : undefined;
        attended = { mark: log.journal.end(), epoch };
        const missing = (changed ? rowsOf(changed) : found).filter((row) => !waiting.has(row));
        for (const row of missing) waiting.add(row);
        judging.add(missing);
      }),
  };
};

const ofModel = new WeakMap<Model, Exchanges>();

/** The exchanges of a model; the same for all that ask, so that a view that comes back is as it was left. */
export const exchangesOf = (model: Model): Exchanges => {
  const known = ofModel.get(model) ?? createExchanges(model);
  ofModel.set(model, known);
  return known;
};
