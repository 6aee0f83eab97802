/** Bounds of one reading of a page's databases; lengths in characters. */
export const DATABASE_BOUNDS = {
  databases: 20,
  /** Of one database. */
  stores: 50,
  /** Of one store: more are a cache of data, and no app has as many sessions. */
  records: 2_000,
  /** Members of one record. */
  members: 5_000,
  items: 1_000,
  /** The longest value, and the longest string in one. */
  value: 262_144,
  /** All values together, and those of one answer. */
  length: 4_194_304,
  slice: 524_288,
  /** ms for all of it. */
  time: 3_000,
};

/**
 * Runs in the inspected page (in-page.ts) and begins to read its databases. An expression is not awaited, so what was read
 * waits in a property of the page's global object, under a random name and not enumerable, until `takeDatabases` has
 * fetched all of it: the one thing that the page could notice. It goes by itself when nobody comes. Changes nothing: no
 * database is created (an upgrade is aborted), each is read in read-only transactions and closed at once.
 */
export const beginDatabases = (
  name: string,
  bounds: typeof DATABASE_BOUNDS,
  mayHold: (text: string) => boolean,
  textOf: (value: unknown, bounds: typeof DATABASE_BOUNDS) => string,
): void => {
  const items: object[] = [];
  /** `failed` where it is not all. */
  const reading = { items, dropped: 0, done: false, failed: false };
  const connections = new Set<IDBDatabase>();
  const end = performance.now() + bounds.time;
  let left = bounds.length;
  Object.defineProperty(globalThis, name, { value: reading, configurable: true });

  const isLate = () => performance.now() > end;
  const first = <T>(all: readonly T[], bound: number): readonly T[] => {
    if (all.length > bound) reading.failed = true;
    return all.slice(0, bound);
  };
  const take = (path: string, key: unknown, value: unknown) => {
    try {
      const text = textOf(value, bounds);
      if (!mayHold(text)) return;
      const at = `${path} / ${typeof key === 'string' ? key : textOf(key, bounds)}`;
      const length = at.length + text.length;
      if (items.length >= bounds.items || length > bounds.value || length > left) throw new RangeError('full');
      left -= length;
      items.push({ kind: 'indexed_db', origin: self.origin, name: at, value: text });
    } catch {
      reading.dropped += 1;
    }
  };
  const readStore = (database: IDBDatabase, store: string) =>
    new Promise<void>((resolve) => {
      const request = database.transaction(store, 'readonly').objectStore(store).openCursor();
      let records = 0;
      request.onerror = (event) => {
        event.preventDefault();
        resolve();
      };
      request.onsuccess = () => {
        const cursor = request.result;
        const isOver = records >= bounds.records || isLate();
        if (cursor && isOver) reading.failed = true;
        if (!cursor || isOver) return resolve();
        take(`${database.name} / ${store}`, cursor.key, cursor.value);
        records += 1;
        cursor.continue();
      };
    });
  const open = (database: string) =>
    new Promise<IDBDatabase | undefined>((resolve) => {
      const request = indexedDB.open(database);
      request.onupgradeneeded = () => request.transaction?.abort();
      request.onerror = (event) => {
        event.preventDefault();
        resolve(undefined);
      };
      request.onsuccess = () => {
        const connection = request.result;
        connection.onversionchange = () => connection.close();
        connections.add(connection);
        resolve(connection);
      };
    });
  const readAll = async () => {
    for (const { name: database } of first(await indexedDB.databases(), bounds.databases)) {
      const connection = database === undefined ? undefined : await open(database);
      if (!connection) continue;
      try {
        for (const store of first([...connection.objectStoreNames], bounds.stores)) await readStore(connection, store);
      } catch {
        // The page upgrades or deletes it just now: it went first.
      } finally {
        connection.close();
      }
    }
  };
  const finish = (failed: boolean) => {
    for (const connection of connections) connection.close();
    reading.failed ||= failed;
    reading.done = true;
  };
  readAll().then(
    () => finish(false),
    () => finish(true),
  );
  setTimeout(() => finish(!reading.done), bounds.time);
  setTimeout(() => Reflect.deleteProperty(globalThis, name), 3 * bounds.time);
};

/** Runs in the inspected page: the next part of what was read, as JSON (stores-answer.ts); with the last the property goes. */
export const takeDatabases = (name: string, slice: number): string => {
  const { items, dropped, done, failed } = Reflect.get(globalThis, name);
  const part = [];
  for (let length = 0; items.length > 0 && length < slice; length += part.at(-1).value.length) part.push(items.shift());
  const isLast = done && items.length === 0;
  if (isLast) Reflect.deleteProperty(globalThis, name);
  return JSON.stringify({ items: part, dropped, done: isLast, failed });
};
