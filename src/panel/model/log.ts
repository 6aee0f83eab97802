/**
 * The captured log as the panel holds it: one entry per token, joined with its sightings and their exchanges.
 * Entries are changed in place and `revision` is bumped once per slice, so that 100,000 sightings cost what they
 * weigh and not a copy each; views read entries only after reading `revision`.
 */
import { type ReadonlySignal, signal } from '@preact/signals';
import {
  type ExchangeRecord,
  type Place,
  RECORD_VERSION,
  type SightingRecord,
  type TabRecord,
  type TokenRecord,
} from '../../core/capture/records.ts';
import { decode } from '../../core/token/decode.ts';
import type { Decoded, Kind } from '../../core/token/decoded.ts';
import { kindOf } from '../../core/token/kind.ts';
import type { Change, PanelSource } from '../source.ts';
import { searchTextOf } from './filter.ts';
import { inSlices } from './slices.ts';

export interface Entry {
  /** TokenRecord.id */
  readonly id: string;
  readonly compact: string;
  /** ms since the epoch */
  readonly firstSeen: number;
  readonly decoded: Decoded;
  readonly kind: Kind;
  readonly sightings: ReadonlyMap<string, SightingRecord>;
  /** The exchanges that carried it: how many, how many of them were answered 401 or 403, and the newest. */
  readonly requests: number;
  readonly refused: number;
  readonly last: ExchangeRecord | undefined;
  /** The place it was seen first. */
  readonly place: Place | undefined;
  /** Lower-case text that the free words of the filter look in. */
  readonly searchText: string;
}

interface Draft extends Omit<Entry, 'sightings'> {
  compact: string;
  firstSeen: number;
  decoded: Decoded;
  kind: Kind;
  requests: number;
  refused: number;
  last: ExchangeRecord | undefined;
  place: Place | undefined;
  searchText: string;
  readonly sightings: Map<string, SightingRecord>;
  /** How many records hold it: it may be captured and pasted. */
  held: number;
  /** Exchange id → how many sightings of this token it holds. */
  readonly exchanges: Map<string, number>;
}

export interface Counts {
  readonly requests: number;
  readonly opaque: number;
  readonly dropped: number;
}

export interface Log {
  /** Newest first. */
  readonly entries: ReadonlySignal<readonly Entry[]>;
  readonly revision: ReadonlySignal<number>;
  /** True until all that was captured before the panel opened is here. */
  readonly loading: ReadonlySignal<boolean>;
  readonly counts: ReadonlySignal<Counts>;
  entry(id: string): Entry | undefined;
  exchange(id: string): ExchangeRecord | undefined;
  /** Everything as captured or pasted, for export. */
  records(): {
    readonly tokens: readonly TokenRecord[];
    readonly sightings: readonly SightingRecord[];
    readonly exchanges: readonly ExchangeRecord[];
  };
  /** Adds tokens that did not come from traffic; gives their ids, in order. */
  add(tokens: readonly string[], place: Place): Promise<readonly string[]>;
  /** Forgets what was pasted; captured records go through the source. */
  forgetPasted(): void;
  dispose(): void;
}

const NOTHING = decode('');
const PASTED = 'paste/';
/** Tabs are the browser's; a log outside of it has none. */
const NO_TAB = -1;

const isRefusal = (exchange: ExchangeRecord | undefined) => exchange?.status === 401 || exchange?.status === 403;

const digest = async (text: string) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))).toBase64({
    alphabet: 'base64url',
    omitPadding: true,
  });

export const createLog = (source: PanelSource, onExchange: (exchange: ExchangeRecord) => void): Log => {
  const drafts = new Map<string, Draft>();
  const exchanges = new Map<string, ExchangeRecord>();
  const carriedBy = new Map<string, Set<Draft>>();
  const tabs = new Map<string, TabRecord>();
  const tokenKeys = new Map<string, string>();
  const sightingKeys = new Map<string, SightingRecord>();
  const exchangeKeys = new Map<string, string>();
  const entries = signal<readonly Entry[]>([]);
  const revision = signal(0);
  const loading = signal(true);
  const counts = signal<Counts>({ requests: 0, opaque: 0, dropped: 0 });
  let rowsChanged = false;

  const draftOf = (id: string): Draft => {
    const known = drafts.get(id);
    if (known) return known;
    const draft: Draft = {
      id,
      compact: '',
      firstSeen: 0,
      decoded: NOTHING,
      kind: 'token',
      sightings: new Map(),
      held: 0,
      exchanges: new Map(),
      requests: 0,
      refused: 0,
      last: undefined,
      place: undefined,
      searchText: '',
    };
    drafts.set(id, draft);
    return draft;
  };

  const describe = (draft: Draft) => {
    draft.kind = kindOf(draft.decoded, draft.place);
    draft.searchText = searchTextOf(draft);
  };

  const putToken = (id: string, compact: string, firstSeen: number) => {
    const draft = draftOf(id);
    if (draft.compact !== '') return;
    draft.compact = compact;
    draft.firstSeen = firstSeen;
    draft.decoded = decode(compact);
    describe(draft);
    rowsChanged = true;
  };

  const link = (draft: Draft, exchange: ExchangeRecord) => {
    if (isRefusal(exchange)) draft.refused += 1;
    if (!draft.last || exchange.start >= draft.last.start) draft.last = exchange;
  };

  const putSighting = (key: string, sighting: SightingRecord) => {
    if (sightingKeys.has(key)) return;
    sightingKeys.set(key, sighting);
    const draft = draftOf(sighting.token);
    draft.sightings.set(key, sighting);
    const before = draft.exchanges.get(sighting.exchange) ?? 0;
    draft.exchanges.set(sighting.exchange, before + 1);
    if (!draft.place) {
      draft.place = sighting.place;
      if (draft.compact !== '') describe(draft);
    }
    if (before > 0 || sighting.exchange === '') return;
    draft.requests += 1;
    const carriers = carriedBy.get(sighting.exchange) ?? new Set();
    carriedBy.set(sighting.exchange, carriers.add(draft));
    const exchange = exchanges.get(sighting.exchange);
    if (exchange) link(draft, exchange);
  };

  const putExchange = (key: string, exchange: ExchangeRecord) => {
    const before = exchanges.get(exchange.id);
    exchanges.set(exchange.id, exchange);
    exchangeKeys.set(key, exchange.id);
    for (const draft of carriedBy.get(exchange.id) ?? []) {
      if (isRefusal(before)) draft.refused -= 1;
      link(draft, exchange);
    }
    onExchange(exchange);
  };

  const removeToken = (id: string) => {
    const draft = draftOf(id);
    draft.held -= 1;
    if (draft.held > 0) return;
    drafts.delete(id);
    rowsChanged = true;
  };

  const removeSighting = (key: string, sighting: SightingRecord) => {
    sightingKeys.delete(key);
    const draft = drafts.get(sighting.token);
    if (!draft?.sightings.delete(key)) return;
    const left = (draft.exchanges.get(sighting.exchange) ?? 1) - 1;
    if (left > 0) draft.exchanges.set(sighting.exchange, left);
    else {
      draft.exchanges.delete(sighting.exchange);
      carriedBy.get(sighting.exchange)?.delete(draft);
    }
  };

  const remove = (key: string) => {
    const token = tokenKeys.get(key);
    const sighting = sightingKeys.get(key);
    const exchange = exchangeKeys.get(key);
    if (token !== undefined) removeToken(token);
    if (sighting) removeSighting(key, sighting);
    if (exchange !== undefined) {
      exchanges.delete(exchange);
      carriedBy.delete(exchange);
    }
    tokenKeys.delete(key);
    exchangeKeys.delete(key);
    tabs.delete(key);
  };

  const apply = ({ key, record }: Change) => {
    if (!record) remove(key);
    else if (record.type === 'token') {
      if (tokenKeys.has(key)) return;
      tokenKeys.set(key, record.id);
      draftOf(record.id).held += 1;
      putToken(record.id, record.compact, record.firstSeen);
    } else if (record.type === 'sighting') putSighting(key, record);
    else if (record.type === 'exchange') putExchange(key, record);
    else tabs.set(key, record);
  };

  const publish = (empty: boolean) => {
    if (rowsChanged) {
      entries.value = [...drafts.values()]
        .filter((draft) => draft.compact !== '')
        .sort((a, b) => b.firstSeen - a.firstSeen);
      rowsChanged = false;
    }
    const sum = { requests: 0, opaque: 0, dropped: 0 };
    for (const tab of tabs.values()) {
      sum.requests += tab.requests;
      sum.opaque += tab.opaque;
      sum.dropped += tab.dropped;
    }
    counts.value = sum;
    revision.value += 1;
    if (empty) loading.value = false;
  };

  const queue = inSlices(apply, publish);
  const stop = source.watchRecords((changes) => queue.add(changes));

  return {
    entries,
    revision,
    loading,
    counts,
    entry: (id) => drafts.get(id),
    exchange: (id) => exchanges.get(id),
    records: () => ({
      tokens: entries.peek().map(({ id, compact, firstSeen }) => ({
        v: RECORD_VERSION,
        type: 'token',
        id,
        tab: NO_TAB,
        compact,
        firstSeen,
      })),
      sightings: [...sightingKeys.values()],
      exchanges: [...exchanges.values()],
    }),
    async add(tokens, place) {
      const at = source.now();
      const ids = await Promise.all(tokens.map(digest));
      queue.add(
        tokens.flatMap((compact, index) => {
          const id = ids[index] ?? compact;
          const token: TokenRecord = { v: RECORD_VERSION, type: 'token', id, tab: NO_TAB, compact, firstSeen: at };
          const sighting: SightingRecord = {
            v: RECORD_VERSION,
            type: 'sighting',
            id,
            tab: NO_TAB,
            token: id,
            exchange: '',
            place,
            at,
          };
          return [
            { key: `${PASTED}token/${id}`, record: token },
            { key: `${PASTED}sighting/${id}`, record: sighting },
          ];
        }),
      );
      return ids;
    },
    forgetPasted() {
      const keys = [...tokenKeys.keys(), ...sightingKeys.keys()].filter((key) => key.startsWith(PASTED));
      queue.add(keys.map((key) => ({ key, record: undefined })));
    },
    dispose() {
      stop();
      queue.stop();
    },
  };
};
