/** The tokens that the stores of the inspected page hold, in the log beside those of the traffic. */
import { type ReadonlySignal, signal } from '@preact/signals';
import { digest } from '../../core/capture/digest.ts';
import { type Found, NO_TAB, RECORD_VERSION } from '../../core/capture/records.ts';
import { markChanged } from '../../core/capture/stores.ts';
import type { Change, PanelSource, StoresReading } from '../source.ts';
import type { Log } from './log.ts';
import type { Model } from './model.ts';
import { OWN } from './pasted.ts';

const PREFIX = `${OWN}store/`;

export interface Stores {
  /** The last one; undefined until there is one. */
  readonly reading: ReadonlySignal<StoresReading | undefined>;
  /** Reads them again; settles when the log has it. */
  read(): Promise<void>;
  dispose(): void;
}

/** A token's record and its sighting. The sighting's id says all of it, so that one that is still true stays. */
const recordsOf = (token: string, { compact, place }: Found, at: number): readonly Change[] => {
  const id = `${token} ${JSON.stringify(place)}`;
  const base = { v: RECORD_VERSION, tab: NO_TAB } as const;
  return [
    { key: `${PREFIX}token/${token}`, record: { ...base, id: token, type: 'token', compact, firstSeen: at } },
    { key: `${PREFIX}sighting/${id}`, record: { ...base, id, type: 'sighting', token, exchange: '', place, at } },
  ];
};

/** Puts each reading into the log in place of the one before: what is no longer there goes. */
export const createStores = (source: PanelSource, log: Log): Stores => {
  const reading = signal<StoresReading | undefined>(undefined);
  let found: readonly Found[] = [];
  let keys: readonly string[] = [];
  let last = Promise.resolve();

  const put = async (next: StoresReading): Promise<void> => {
    const ids = await Promise.all(next.found.map(({ compact }) => digest(compact)));
    found = markChanged(found, next.found);
    const records = found.flatMap((one, index) => recordsOf(ids[index] ?? one.compact, one, next.at));
    const kept = new Set(records.map(({ key }) => key));
    // What comes before what goes: a token that only moved stays.
    log.change([...records, ...keys.filter((key) => !kept.has(key)).map((key) => ({ key, record: undefined }))]);
    keys = [...kept];
    reading.value = next;
  };
  const dispose = source.watchStores((next) => {
    last = last.then(() => put(next));
  });
  const read = async (): Promise<void> => {
    await source.readStores();
    await last;
  };
  return { reading, read, dispose };
};

const made = new WeakMap<Model, Stores>();

/** One for each model, from when something first asks for it; it stops watching when the model ends. */
export const storesOf = (model: Model): Stores => {
  const known = made.get(model);
  if (known) return known;
  const stores = createStores(model.source, model.log);
  model.onDispose(stores.dispose);
  made.set(model, stores);
  return stores;
};
