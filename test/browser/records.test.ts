import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Change } from '../../src/panel/source.ts';

/** The little of `chrome` that the panel's records need. */
const createChrome = () => {
  const listeners = new Set<(changes: object) => void>();
  const navigated = new Set<() => void>();
  const stored: Record<string, unknown> = {};
  let origin = 'https://app.test';
  const event = <T>(set: Set<T>) => ({
    addListener: (listener: T) => set.add(listener),
    removeListener: (listener: T) => set.delete(listener),
  });
  return {
    write: (items: Readonly<Record<string, unknown>>) => {
      Object.assign(stored, items);
      const changes = Object.fromEntries(Object.entries(items).map(([key, newValue]) => [key, { newValue }]));
      for (const listener of listeners) listener(changes);
    },
    remove: (key: string) => {
      delete stored[key];
      for (const listener of listeners) listener({ [key]: {} });
    },
    navigate: (to: string) => {
      origin = to;
      for (const listener of navigated) listener();
    },
    listening: () => listeners.size + navigated.size,
    api: {
      extension: { inIncognitoContext: false },
      storage: { session: { get: async () => ({ ...stored }), onChanged: event(listeners) } },
      devtools: {
        network: { onNavigated: event(navigated) },
        inspectedWindow: { eval: (_expression: string, answer: (origin: string) => void) => answer(origin) },
      },
    },
  };
};

const exchange = (id: string, tab: number, initiator: string) => ({
  [`exchange/${tab}/${id}`]: {
    ...{ v: 1, type: 'exchange', id, tab, frame: 0, method: 'GET', url: 'https://api.test/', resource: 'other' },
    ...{ start: 1, witness: 'background', initiator },
  },
});
const token = (id: string, tab: number) => ({
  [`token/${tab}/${id}`]: { v: 1, type: 'token', id, tab, compact: 'x', firstSeen: 1 },
});
const sighting = (of: string, on: string, tab: number) => ({
  [`sighting/${tab}/${on}.${of}`]: {
    ...{ v: 1, type: 'sighting', id: `${on}.${of}`, tab, token: of, exchange: on, at: 1 },
    place: { kind: 'cookie', name: 'a' },
  },
});

describe('watchRecords', () => {
  let fake = createChrome();
  beforeEach(() => {
    fake = createChrome();
    vi.stubGlobal('chrome', fake.api);
    vi.stubGlobal('scheduler', { postTask: async () => undefined });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });
  const watch = async () => {
    const { watchRecords } = await import('../../src/browser/dom/records.ts');
    const batches: (readonly Change[])[] = [];
    const { keys, stop } = watchRecords(1, (changes) => batches.push(changes));
    const seen = () => batches.flat().map(({ key, record }) => (record ? key : `-${key}`));
    return { keys, stop, batches, seen };
  };

  it('gives what is there and what comes, of its tab alone', async () => {
    fake.write({ ...token('a', 1), ...token('b', 2), 'key/normal/x': {}, 'token/1/old': { v: 0 } });
    const { seen, stop } = await watch();
    fake.write(token('c', 1));
    await vi.waitFor(() => expect(seen()).toEqual(['token/1/a', 'token/1/c']));
    fake.remove('token/1/a');
    fake.remove('token/2/b');
    expect(seen().slice(2)).toEqual(['-token/1/a']);
    stop();
    fake.write(token('d', 1));
    expect(seen()).toHaveLength(3);
    expect(fake.listening()).toBe(0);
  });

  it('gives a large log in slices, its tokens first, and what changes meanwhile as it is at last', async () => {
    const yields: (() => void)[] = [];
    vi.stubGlobal('scheduler', { postTask: () => new Promise<void>((resolve) => yields.push(resolve)) });
    for (let id = 0; id < 900; id += 1) fake.write({ ...exchange(`${id}`, 1, 'x'), ...token(`${id}`, 1) });
    const { seen, batches, stop } = await watch();
    await vi.waitFor(() => expect(yields).toHaveLength(1));
    expect(batches).toHaveLength(0);
    yields[0]?.();
    await vi.waitFor(() => expect(yields).toHaveLength(2));
    expect(batches).toHaveLength(1);
    expect(seen()[899]).toBe('token/1/899');
    fake.remove('token/1/0');
    fake.remove('exchange/1/899');
    yields[1]?.();
    await vi.waitFor(() => expect(seen()).toHaveLength(1800));
    expect(seen()).not.toContain('exchange/1/899');
    expect(seen().at(-1)).toBe('-token/1/0');
    stop();
  });

  it('gives of service workers what the origins of its pages sent, whole', async () => {
    fake.write({
      ...exchange('1', -1, 'https://app.test'),
      ...token('a', -1),
      ...sighting('a', '1', -1),
      ...exchange('2', -1, 'https://other.test'),
      ...token('b', -1),
      ...sighting('b', '2', -1),
      ...exchange('3', -2, 'https://app.test'),
    });
    const { seen, keys } = await watch();
    await vi.waitFor(() => expect(seen()).toEqual(['token/-1/a', 'exchange/-1/1', 'sighting/-1/1.a']));
    fake.navigate('https://other.test');
    await vi.waitFor(() => expect(keys()).toHaveLength(6));
    expect(keys()).not.toContain('exchange/-2/3');
  });
});
