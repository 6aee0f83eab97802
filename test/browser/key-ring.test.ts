import { beforeEach, expect, test, vi } from 'vitest';
import { keysOf } from '../../src/core/capture/keys.ts';
import { digest } from '../../src/core/capture/token-id.ts';
import type { RingKey } from '../../src/core/trust/signature.ts';

const stored = new Map<string, unknown>();
const listeners = new Set<(changes: Readonly<Record<string, unknown>>) => void>();
let full = false;

vi.mock('../../src/browser/privacy.ts', () => ({ isPrivate: () => false }));
vi.mock('../../src/browser/session.ts', () => ({
  session: {
    readAll: async () => Object.fromEntries(stored),
    write: async (items: Readonly<Record<string, unknown>>) => {
      if (full) throw new Error('QUOTA_BYTES quota exceeded');
      for (const [key, value] of Object.entries(items)) stored.set(key, value);
      for (const listener of listeners) listener(items);
    },
    remove: async (keys: readonly string[]) => {
      for (const key of keys) stored.delete(key);
      for (const listener of listeners) listener(Object.fromEntries(keys.map((key) => [key, undefined])));
    },
    onChanged: (listener: (changes: Readonly<Record<string, unknown>>) => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  },
}));

const { keyRing } = await import('../../src/browser/dom/key-ring.ts');

beforeEach(() => {
  stored.clear();
  full = false;
});

test('a key is kept with the issuer it was given for and the time, until it is removed', async () => {
  let now = 1;
  const source = keyRing(() => now++);
  const told: (readonly RingKey[])[] = [];
  const stop = source.watchKeys((keys) => told.push(keys));
  await source.addKey('first', 'https://login.test');
  await source.addKey('second', '');
  const [first, second] = [
    { id: await digest('first'), text: 'first', provenance: 'given', issuer: 'https://login.test', addedAt: 1 },
    { id: await digest('second'), text: 'second', provenance: 'given', issuer: '', addedAt: 2 },
  ];
  await vi.waitFor(() => expect(told.at(-1)).toEqual([first, second]));
  await source.removeKey(await digest('first'));
  await vi.waitFor(() => expect(told.at(-1)).toEqual([second]));
  stop();
  expect(listeners.size).toBe(0);
});

test('what is no key is passed over', async () => {
  const prefix = keysOf('normal');
  stored.set(`${prefix}a`, { id: 'a', text: 'x', provenance: 'given', addedAt: 1 });
  stored.set(`${prefix}b`, { id: 'b', text: 'x', provenance: 'given', issuer: '', addedAt: 1 });
  stored.set(`${keysOf('private')}c`, { id: 'c', text: 'x', provenance: 'given', issuer: '', addedAt: 1 });
  const told: (readonly RingKey[])[] = [];
  keyRing(() => 0).watchKeys((keys) => told.push(keys))();
  const stop = keyRing(() => 0).watchKeys((keys) => told.push(keys));
  await vi.waitFor(() => expect(told.map((keys) => keys.map(({ id }) => id))).toEqual([['b']]));
  stop();
});

test('a key for which there is no room is refused', async () => {
  full = true;
  await expect(keyRing(() => 0).addKey('x', '')).rejects.toThrow('quota');
});
