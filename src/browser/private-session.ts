import type { Session, StorageChanges } from '../background/edges.ts';

const NAME = 'session';

/**
 * What `storage.session` is to normal windows, for Chromium's private ones: it shares its own between the two halves of
 * a split extension, and tells neither when the last private window is gone, with which that half dies at once. The
 * private profile's IndexedDB is in memory, seen by that half alone, and gone with the profile. (Measured, Chromium 156.)
 *
 * Unlike `storage.session` it does not wake a worker that is stopped: that one reads all when it next starts.
 */
export const privateSession = (): Session => {
  const opening = new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(NAME);
    request.onupgradeneeded = () => request.result.createObjectStore(NAME);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const teller = new BroadcastChannel(NAME);

  /** Settles with the transaction; all of it happens, or nothing. */
  const run = async <T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => T): Promise<T> => {
    const transaction = (await opening).transaction(NAME, mode);
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
    const worked = work(transaction.objectStore(NAME));
    await done;
    return worked;
  };
  const change = async (changes: StorageChanges): Promise<void> => {
    await run('readwrite', (store) => {
      for (const [key, value] of Object.entries(changes)) {
        if (value === undefined) store.delete(key);
        else store.put(value, key);
      }
    });
    teller.postMessage(changes);
  };

  return {
    async readAll() {
      const { keys, values } = await run('readonly', (store) => ({ keys: store.getAllKeys(), values: store.getAll() }));
      return Object.fromEntries(keys.result.map((key, index) => [String(key), values.result[index]]));
    },
    write: change,
    remove: (keys) => change(Object.fromEntries(keys.map((key) => [key, undefined]))),
    onChanged(listener) {
      // One of its own: a channel does not hear itself, and the writer is to hear its writes as with `storage.session`.
      const channel = new BroadcastChannel(NAME);
      channel.onmessage = ({ data }: MessageEvent<StorageChanges>) => listener(data);
      return () => channel.close();
    },
  };
};
