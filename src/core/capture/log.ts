import { MAX_TOKENS } from './distinct.ts';
import type { Count, Log } from './log-shape.ts';
import type { CaptureRecord, ExchangeRecord, SightingRecord, TokenRecord } from './records.ts';
import { isFromServer, NO_TAB, RECORD_VERSION, recordKey } from './records.ts';

/** Of the 10,485,760 bytes that storage.session has; the rest is for keys, pastes and the estimate's error. */
const MAX_BYTES = 8 * 1024 * 1024;
/** A woken worker reads all of them before its first write: about 0.2 s for this many. */
const MAX_RECORDS = 20_000;
/** A longer one would push out everything else, and no server takes such a header. */
const MAX_RECORD_BYTES = 2 * 1024 * 1024;
/** What storage said no to shrinks to this share, so that one refusal is not followed by the next at once. */
const SHRINK_TO = 0.75;

type Entry = TokenRecord | SightingRecord | ExchangeRecord;

const NONE: Count = { requests: 0, opaque: 0, dropped: 0 };
const COUNTED = ['requests', 'opaque', 'dropped', 'skipped', 'binary'] as const;

/** One stored record; `sightings` are the keys of those that point to it. */
interface Held<T extends Entry> {
  readonly record: T;
  readonly bytes: number;
  readonly sightings: Set<string>;
}

const sizeOf = (record: Entry): number => recordKey(record).length + JSON.stringify(record).length;

/**
 * What was captured, as the background remembers it: a cache of storage that knows what storage lacks.
 *
 * Age is the exchange's: the oldest goes with its sightings, and a token goes with its last sighting, so that a
 * sighting's exchange and token are always there. Every record dropped is counted for its tab.
 */
export const createLog = (limits = { bytes: MAX_BYTES, records: MAX_RECORDS, record: MAX_RECORD_BYTES }): Log => {
  // Maps keep the order of first insertion, which is the order of age.
  const exchanges = new Map<string, Held<ExchangeRecord>>();
  const tokens = new Map<string, Held<TokenRecord>>();
  const sightings = new Map<string, Held<SightingRecord>>();
  const counts = new Map<number, Count>();
  const dirty = new Set<string>();
  const dirtyTabs = new Set<number>();
  const gone = new Set<string>();
  let bytes = 0;

  const find = (key: string): Held<Entry> | undefined => exchanges.get(key) ?? tokens.get(key) ?? sightings.get(key);
  const exchangeKey = (sighting: SightingRecord): string => `exchange/${sighting.tab}/${sighting.exchange}`;
  const tokenKey = (sighting: SightingRecord): string => `token/${sighting.tab}/${sighting.token}`;

  const count: Log['count'] = (tab, more) => {
    const counted = { ...(counts.get(tab) ?? NONE) };
    for (const name of COUNTED) {
      const number = more[name];
      if (number) counted[name] = (counted[name] ?? 0) + number;
    }
    counts.set(tab, counted);
    dirtyTabs.add(tab);
  };

  const hold = (record: Entry, size: number): void => {
    const key = recordKey(record);
    const before = find(key);
    const held = { bytes: size, sightings: before?.sightings ?? new Set<string>() };
    if (record.type === 'exchange') exchanges.set(key, { record, ...held });
    else if (record.type === 'token') tokens.set(key, { record, ...held });
    else {
      sightings.set(key, { record, ...held });
      exchanges.get(exchangeKey(record))?.sightings.add(key);
      tokens.get(tokenKey(record))?.sightings.add(key);
    }
    bytes += size - (before?.bytes ?? 0);
  };

  const release = (key: string): void => {
    const held = find(key);
    if (!held) return;
    bytes -= held.bytes;
    exchanges.delete(key);
    tokens.delete(key);
    sightings.delete(key);
    dirty.delete(key);
    gone.add(key);
  };

  const releaseSighting = (key: string): void => {
    const held = sightings.get(key);
    if (!held) return;
    release(key);
    exchanges.get(exchangeKey(held.record))?.sightings.delete(key);
    const token = tokens.get(tokenKey(held.record));
    token?.sightings.delete(key);
    if (token?.sightings.size === 0) release(tokenKey(held.record));
  };

  const size = (): number => exchanges.size + tokens.size + sightings.size;

  /** Drops the oldest exchanges until the log fits. Of the newest only sightings go, the last ones first. */
  const evict = (maxBytes: number): void => {
    const fits = () => bytes <= maxBytes && size() <= limits.records;
    for (const [key, held] of exchanges) {
      if (fits()) return;
      const before = size();
      const isNewest = exchanges.size === 1;
      for (const sighting of [...held.sightings].reverse()) if (!isNewest || !fits()) releaseSighting(sighting);
      if (!isNewest) release(key);
      count(held.record.tab, { dropped: before - size() });
    }
  };

  /** Takes records in together or not at all, so that none points to nothing. */
  const add = (...records: readonly Entry[]): void => {
    const sized = records.map((record) => ({ record, size: sizeOf(record) }));
    const { tab } = records[0] ?? { tab: NO_TAB };
    if (sized.some(({ size }) => size > limits.record)) {
      count(tab, { dropped: records.length });
      return;
    }
    for (const { record, size } of sized) {
      const key = recordKey(record);
      hold(record, size);
      gone.delete(key);
      dirty.add(key);
    }
    evict(limits.bytes);
  };

  const see: Log['see'] = (token, sighting) => {
    if (find(recordKey(sighting))) return;
    const exchange = exchanges.get(exchangeKey(sighting));
    if (!exchange || exchange.sightings.size >= MAX_TOKENS) count(sighting.tab, { dropped: 1 });
    else if (find(recordKey(token))) add(sighting);
    else add(token, sighting);
  };

  return {
    count,
    put: (exchange) => add(exchange),
    see,
    exchange: (key) => exchanges.get(key)?.record,
    exchanges: () => [...exchanges.values()].map((held) => held.record),
    sentIn: (key) =>
      [...(exchanges.get(key)?.sightings ?? [])]
        .flatMap((sighting) => sightings.get(sighting)?.record ?? [])
        .flatMap(({ place, token }) => (isFromServer(place) ? [] : token)),

    load(records) {
      const order = { exchange: 0, token: 1, sighting: 2, tab: 3 };
      const age = (record: CaptureRecord): number => (record.type === 'exchange' ? record.start : 0);
      for (const record of records.toSorted((a, b) => order[a.type] - order[b.type] || age(a) - age(b))) {
        if (record.type === 'tab') {
          counts.set(record.tab, record);
        } else if (record.type !== 'sighting' || (exchanges.has(exchangeKey(record)) && tokens.has(tokenKey(record)))) {
          hold(record, sizeOf(record));
        } else gone.add(recordKey(record));
      }
      for (const [key, held] of tokens) if (held.sightings.size === 0) release(key);
    },

    forgetTab(tab, lives) {
      for (const [key, held] of exchanges) {
        if (held.record.tab !== tab) continue;
        for (const sighting of [...held.sightings]) releaseSighting(sighting);
        release(key);
      }
      counts.delete(tab);
      dirtyTabs.delete(tab);
      if (lives) count(tab, {});
      else gone.add(`tab/${tab}`);
    },

    removed(keys) {
      const tabs: number[] = [];
      for (const key of keys) {
        const held = find(key);
        const tab = key.startsWith('tab/') ? Number(key.slice('tab/'.length)) : undefined;
        if (tab !== undefined) {
          if (counts.delete(tab)) tabs.push(tab);
        } else if (sightings.has(key)) releaseSighting(key);
        else if (held && [...held.sightings].some((sighting) => !keys.has(sighting))) dirty.add(key);
        // Removed once more, since a write of it may have been under way.
        else if (exchanges.has(key)) release(key);
      }
      return tabs;
    },

    pending: () => (dirty.size + gone.size > 0 ? 'records' : dirtyTabs.size > 0 ? 'counters' : undefined),

    take() {
      const set: Record<string, CaptureRecord> = {};
      for (const key of dirty) {
        const held = find(key);
        if (held) set[key] = held.record;
      }
      for (const tab of dirtyTabs) {
        const counted = counts.get(tab);
        if (counted) set[`tab/${tab}`] = { ...counted, v: RECORD_VERSION, type: 'tab', tab };
      }
      const remove = [...gone];
      dirty.clear();
      dirtyTabs.clear();
      gone.clear();
      return { set, remove };
    },

    refused(keys) {
      const before = size();
      evict(bytes * SHRINK_TO);
      const roomMade = size() < before;
      for (const key of keys) {
        const held = find(key);
        if (key.startsWith('tab/')) dirtyTabs.add(Number(key.slice('tab/'.length)));
        else if (held && roomMade) dirty.add(key);
        else if (held) {
          count(held.record.tab, { dropped: 1 });
          if (sightings.has(key)) releaseSighting(key);
          else release(key);
        }
      }
      return roomMade;
    },
  };
};
