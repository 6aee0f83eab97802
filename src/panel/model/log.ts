/**
 * The captured log as the panel holds it: one entry per token, joined with its sightings and their exchanges.
 * Entries are changed in place and `revision` is bumped once per look, so that 100,000 sightings cost what they
 * weigh and not a copy each; views read entries only after reading `revision`.
 */
import { signal } from '@preact/signals';
import { digest } from '../../core/capture/digest.ts';
import type { ExchangeRecord, SightingRecord, TabRecord, TokenRecord } from '../../core/capture/records.ts';
import type { Change, PanelSource } from '../source.ts';
import { sumOf } from './counts.ts';
import { byAge, createDraft, type Draft, fill, take, tokenRecordOf } from './draft.ts';
import type { Entry } from './entry.ts';
import { createJournal } from './journal.ts';
import { judgedIn } from './judged.ts';
import type { Log } from './log-shape.ts';
import { paced } from './paced.ts';
import { OWN, pastedRecords } from './pasted.ts';
import { settle } from './settle.ts';
import { inSlices } from './slices.ts';

export type { Entry, Log };

/**
 * A look of the views costs what the whole list costs, so between two of them goes a millisecond for each so many tokens:
 * of a short list each change is seen at once, a list of 10,000 is looked at ten times a second.
 */
const TOKENS_PER_MS = 100;

export const createLog = (source: PanelSource, onExchange: (exchange: ExchangeRecord) => void): Log => {
  const drafts = new Map<string, Draft>();
  const exchanges = new Map<string, ExchangeRecord>();
  /** Exchange id → the sightings in it, by key, with what they show. */
  const carriedBy = new Map<string, Map<string, Draft>>();
  const tabs = new Map<string, TabRecord>();
  const tokenKeys = new Map<string, string>();
  const sightingKeys = new Map<string, SightingRecord>();
  const exchangeKeys = new Map<string, string>();
  const touched = new Set<Draft>();
  /** Exchanges of which each token is to be looked at again. */
  const changed = new Set<string>();
  const judged = new Map<string, ReadonlySet<string>>();
  const journal = createJournal();
  const entries = signal<readonly Entry[]>([]);
  const revision = signal(0);
  const counts = signal(sumOf([]));
  let rowsChanged = false;

  const draftOf = (id: string): Draft => {
    const draft = drafts.get(id) ?? createDraft(id);
    drafts.set(id, draft);
    touched.add(draft);
    return draft;
  };

  /** Its exchanges are not what they were, with a token of it here or gone. */
  const noteToken = ({ sightings }: Draft) => {
    for (const { exchange } of sightings.values()) journal.note(exchange);
  };

  const putToken = (key: string, record: TokenRecord) => {
    const { id, firstSeen } = record;
    if (tokenKeys.has(key)) return;
    tokenKeys.set(key, id);
    const draft = draftOf(id);
    if (draft.held.size === 0) fill(draft, record);
    draft.held.set(key, firstSeen);
    noteToken(draft);
    rowsChanged = true;
  };

  const putSighting = (key: string, sighting: SightingRecord) => {
    if (sightingKeys.has(key)) return;
    sightingKeys.set(key, sighting);
    const draft = draftOf(sighting.token);
    draft.sightings.set(key, sighting);
    draft.fresh.push(sighting);
    const carried = carriedBy.get(sighting.exchange) ?? new Map<string, Draft>();
    carriedBy.set(sighting.exchange, carried.set(key, draft));
    touchCarried(sighting.exchange);
  };

  /** One token more or less may change what is said of the others. */
  const touchCarried = (exchange: string) => {
    changed.add(exchange);
    journal.note(exchange);
    judged.delete(exchange);
  };

  const judgedOf = (exchange: ExchangeRecord): ReadonlySet<string> => {
    const known = judged.get(exchange.id);
    if (known) return known;
    const sightings = [...(carriedBy.get(exchange.id) ?? [])].flatMap(([key]) => sightingKeys.get(key) ?? []);
    const found = judgedIn(exchange, sightings);
    judged.set(exchange.id, found);
    return found;
  };

  const putExchange = (key: string, exchange: ExchangeRecord) => {
    const before = exchanges.get(exchange.id);
    exchanges.set(exchange.id, exchange);
    exchangeKeys.set(key, exchange.id);
    touchCarried(exchange.id);
    // Told again by the other witness, it is still one answer.
    if (before?.end === undefined) onExchange(exchange);
  };

  const forget = (draft: Draft) => {
    if (draft.held.size === 0 && draft.sightings.size === 0) drafts.delete(draft.id);
  };

  const removeToken = (key: string, id: string) => {
    tokenKeys.delete(key);
    const draft = draftOf(id);
    draft.held.delete(key);
    noteToken(draft);
    rowsChanged = true;
    forget(draft);
  };

  const removeSighting = (key: string, { token, exchange }: SightingRecord) => {
    sightingKeys.delete(key);
    const carried = carriedBy.get(exchange);
    carried?.delete(key);
    if (carried?.size === 0) carriedBy.delete(exchange);
    const draft = draftOf(token);
    draft.sightings.delete(key);
    draft.isStale = true;
    touchCarried(exchange);
    forget(draft);
  };

  const removeExchange = (key: string, id: string) => {
    exchangeKeys.delete(key);
    exchanges.delete(id);
    touchCarried(id);
  };

  const remove = (key: string) => {
    const token = tokenKeys.get(key);
    const sighting = sightingKeys.get(key);
    const exchange = exchangeKeys.get(key);
    if (token !== undefined) removeToken(key, token);
    if (sighting) removeSighting(key, sighting);
    if (exchange !== undefined) removeExchange(key, exchange);
    tabs.delete(key);
  };

  const apply = ({ key, record }: Change) => {
    if (!record) remove(key);
    else if (record.type === 'token') putToken(key, record);
    else if (record.type === 'sighting') putSighting(key, record);
    else if (record.type === 'exchange') putExchange(key, record);
    else tabs.set(key, record);
  };

  const show = () => {
    if (rowsChanged) {
      entries.value = [...drafts.values()].filter(({ held }) => held.size > 0).sort(byAge);
      rowsChanged = false;
    }
    counts.value = sumOf(tabs.values());
    revision.value += 1;
  };

  const settling = inSlices<Draft>(
    (draft) => settle(draft, { exchangeOf: (id) => exchanges.get(id), judgedIn: judgedOf }),
    (settled) => {
      if (settled) show();
    },
  );

  const publish = () => {
    for (const exchange of changed) {
      for (const draft of carriedBy.get(exchange)?.values() ?? []) {
        draft.changed.add(exchange);
        touched.add(draft);
      }
    }
    changed.clear();
    settling.add([...touched]);
    touched.clear();
  };

  const publishing = paced(() => Math.floor(drafts.size / TOKENS_PER_MS), publish);
  const queue = inSlices(apply, publishing.ask);
  const stop = source.watchRecords((changes) => queue.add(changes));

  return {
    entries,
    revision,
    counts,
    entry: (id) => {
      const draft = drafts.get(id);
      return draft && draft.held.size > 0 ? draft : undefined;
    },
    exchange: (id) => exchanges.get(id),
    exchanges: () => exchanges.values(),
    size: () => exchanges.size,
    journal,
    judgedIn: judgedOf,
    carriedIn: (exchange) =>
      [...(carriedBy.get(exchange) ?? [])].flatMap(([key, entry]) => {
        const sighting = sightingKeys.get(key);
        return sighting && entry.held.size > 0 ? [{ entry, sighting }] : [];
      }),
    take(entry, opened) {
      const draft = drafts.get(entry.id);
      // Forgotten meanwhile, or another by the same id.
      return draft !== undefined && draft.decoded === entry.decoded && take(draft, opened);
    },
    records: () => ({
      tokens: entries.peek().map(tokenRecordOf),
      sightings: [...sightingKeys.values()],
      exchanges: [...exchanges.values()],
    }),
    async add(tokens, place) {
      const at = source.now();
      const ids = await Promise.all(tokens.map(digest));
      queue.add(tokens.flatMap((compact, index) => pastedRecords(ids[index] ?? compact, compact, place, at)));
      return ids;
    },
    change: queue.add,
    forgetOwn() {
      const keys = [...tokenKeys.keys(), ...sightingKeys.keys()].filter((key) => key.startsWith(OWN));
      queue.add(keys.map((key) => ({ key, record: undefined })));
    },
    dispose() {
      stop();
      queue.stop();
      settling.stop();
      publishing.stop();
    },
  };
};
