import { parseRecord } from '../../core/capture/parse-record.ts';
import { type CaptureRecord, NO_TAB, NO_TAB_PRIVATE } from '../../core/capture/records.ts';
import type { Change, Unsubscribe } from '../../panel/source.ts';
import { isPrivate } from '../privacy.ts';
import { session } from '../session.ts';
import { watchOrigin } from './inspected.ts';
import { readSession } from './read-session.ts';

export interface RecordWatch {
  /** Keys of all that was shown. */
  readonly keys: () => readonly string[];
  readonly stop: Unsubscribe;
}

/** Records checked in one task: some 3 ms. Painting, and the rows of those before, come before the next ones. */
const SLICE = 1_000;

/** Storage gives its keys by the alphabet, but it is the tokens that make the rows. */
const tokensFirst = (keys: readonly string[]): readonly string[] => {
  const isToken = (key: string): boolean => key.startsWith('token/');
  return [...keys.filter(isToken), ...keys.filter((key) => !isToken(key))];
};

/**
 * The records of a tab, and those of service workers (which have no tab) of each origin that the tab showed meanwhile.
 * Subscribes first, then reads all: what came in between is newer than what was read.
 */
export const watchRecords = (tab: number, listener: (changes: readonly Change[]) => void): RecordWatch => {
  const shown = new Set<string>();
  const origins = new Set<string>();
  // Records without a tab, ours or not: a sighting is ours if its exchange is, which only the exchange can tell.
  const loose = new Map<string, CaptureRecord>();
  const noTab = isPrivate() ? NO_TAB_PRIVATE : NO_TAB;
  let early: Map<string, unknown> | undefined = new Map();
  let stopped = false;

  const looseOfOurs = (): Change[] => {
    const ours = new Set<string>();
    for (const [key, record] of loose) {
      if (record.type !== 'exchange' || !origins.has(record.initiator ?? '')) continue;
      ours.add(key);
    }
    for (const [key, record] of loose) {
      if (record.type !== 'sighting' || !ours.has(`exchange/${noTab}/${record.exchange}`)) continue;
      ours.add(key).add(`token/${noTab}/${record.token}`);
    }
    return [...loose].flatMap(([key, record]) => (ours.has(key) && !shown.has(key) ? { key, record } : []));
  };

  const deliver = (changes: readonly Change[]): void => {
    if (changes.length === 0 || stopped) return;
    for (const { key, record } of changes) {
      if (record) shown.add(key);
      else shown.delete(key);
    }
    listener(changes);
  };

  const take = (entries: Iterable<readonly [string, unknown]>): void => {
    const changes: Change[] = [];
    let looseChanged = false;
    for (const [key, value] of entries) {
      if (value === undefined) {
        loose.delete(key);
        if (shown.has(key)) changes.push({ key, record: undefined });
        continue;
      }
      const [, owner] = key.split('/', 2);
      if (owner !== `${tab}` && owner !== `${noTab}`) continue;
      const record = parseRecord(key, value);
      if (record?.tab === tab || (record && shown.has(key))) changes.push({ key, record });
      if (record?.tab !== noTab || record.type === 'tab') continue;
      loose.set(key, record);
      looseChanged = true;
    }
    deliver(looseChanged ? [...changes, ...looseOfOurs()] : changes);
  };

  const stopChanges = session.onChanged((changes) => {
    if (!early) return take(Object.entries(changes));
    for (const [key, value] of Object.entries(changes)) early.set(key, value);
  });
  const stopOrigin = watchOrigin((origin) => {
    origins.add(origin);
    deliver(looseOfOurs());
  });
  const readAll = async (): Promise<void> => {
    const stored = await readSession();
    const keys = tokensFirst(Object.keys(stored));
    for (let from = 0; from < keys.length && !stopped; from += SLICE) {
      await scheduler.postTask(() => {}, { priority: from === 0 ? 'user-visible' : 'background' });
      const slice = keys.slice(from, from + SLICE).filter((key) => !early?.has(key));
      take(slice.map((key) => [key, stored[key]]));
    }
    const newer = early ?? new Map<string, unknown>();
    early = undefined;
    take(newer);
  };
  void readAll();

  return {
    keys: () => [...shown],
    stop: () => {
      stopped = true;
      stopChanges();
      stopOrigin();
    },
  };
};
