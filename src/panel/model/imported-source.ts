import { recordKey } from '../../core/capture/records.ts';
import type { ImportPiece } from '../../core/report/import/imported.ts';
import type { RingKey } from '../../core/trust/signature.ts';
import type { Change, PanelSource } from '../source.ts';
import type { Model } from './model.ts';

type Listener<Value> = (value: Value) => void;

/** The live log's model, as far as others need it. */
type Live = Pick<Model, 'source' | 'theme'>;

export interface ImportedSource {
  readonly source: PanelSource;
  /** Hands on what came out of the file. Nothing of it is kept here: who watches later is told only what comes later. */
  put(piece: ImportPiece): void;
}

/**
 * The world of a log that came out of a file: the panel's own, but for records and keys. The keys of the file open what
 * is in this log only: they never join the ring, where an attacker's file would vouch for live tokens.
 * @param close forgets the log
 */
export const createImportedSource = ({ source: real, theme }: Live, close: () => void): ImportedSource => {
  const records = new Set<Listener<readonly Change[]>>();
  const rings = new Set<() => void>();
  let own: readonly RingKey[] = [];

  const setOwn = (next: readonly RingKey[]) => {
    own = next;
    for (const tell of rings) tell();
  };
  const isOwn = (id: string) => own.some((key) => key.id === id);

  const source: PanelSource = {
    ...real,
    captures: false,
    accessPage: false,
    handedOver: async () => undefined,
    // Chromium's DevTools tell of their theme to one listener alone.
    watchTheme: (listener) => theme.subscribe(listener),
    watchRecords(listener) {
      records.add(listener);
      return () => void records.delete(listener);
    },
    clear: async () => close(),
    watchStores: () => () => undefined,
    readStores: async () => undefined,
    watchKeys(listener) {
      let ring: readonly RingKey[] = [];
      const tell = () => {
        const ids = new Set(ring.map(({ id }) => id));
        listener([...ring, ...own.filter(({ id }) => !ids.has(id))]);
      };
      rings.add(tell);
      const stop = real.watchKeys((keys) => {
        ring = keys;
        tell();
      });
      return () => {
        rings.delete(tell);
        stop();
      };
    },
    async changeKey(id, change) {
      if (!isOwn(id)) return real.changeKey(id, change);
      if (change.remembered) throw new Error('a key of a file stays in its log');
      const { name, pinned } = change;
      setOwn(
        own.map((key) =>
          key.id === id
            ? { ...key, name: (name ?? key.name) || undefined, pinned: (pinned ?? key.pinned) || undefined }
            : key,
        ),
      );
    },
    async removeKey(id) {
      if (isOwn(id)) setOwn(own.filter((key) => key.id !== id));
      else await real.removeKey(id);
    },
  };

  return {
    source,
    put({ records: came, keys }) {
      if (keys) setOwn(keys);
      if (came.length === 0) return;
      const changes = came.map((record): Change => ({ key: recordKey(record), record }));
      for (const listener of records) listener(changes);
    },
  };
};
