import { afterEach, beforeEach, expect, test, vi } from 'vitest';

type Stored = Record<string, unknown>;

const given = (id: string, addedAt: number) => ({ id, text: 'secret', provenance: 'given', issuer: '', addedAt });

let stored: Stored;
let answers: (() => void)[];
let listeners: Set<(changes: object) => void>;

beforeEach(() => {
  stored = { 'token/1/a': {}, 'key/normal/b': given('b', 2), 'key/normal/a': given('a', 1), 'key/private/c': {} };
  answers = [];
  listeners = new Set();
  vi.stubGlobal('chrome', {
    extension: { inIncognitoContext: false },
    runtime: { getManifest: () => ({}) },
    storage: {
      session: {
        get: () => {
          const now = { ...stored };
          return new Promise((resolve) => answers.push(() => resolve(now)));
        },
        onChanged: {
          addListener: (listener: (changes: object) => void) => listeners.add(listener),
          removeListener: (listener: (changes: object) => void) => listeners.delete(listener),
        },
      },
    },
  });
  vi.resetModules();
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const change = (key: string, newValue: unknown) => {
  for (const listener of listeners) listener({ [key]: newValue === undefined ? {} : { newValue } });
};

const watch = async () => {
  const { keyRing } = await import('../../../src/browser/dom/key-ring.ts');
  const told: string[] = [];
  const stop = keyRing(() => 0).watchKeys((keys) => told.push(keys.map(({ id }) => id).join()));
  return { told, stop };
};

test('tells the keys of its privacy by age, and each change without reading all again', async () => {
  const { told, stop } = await watch();
  answers[0]?.();
  await vi.waitFor(() => expect(told).toEqual(['a,b']));
  change('key/normal/d', given('d', 0));
  change('key/normal/a', undefined);
  change('key/normal/e', { id: 'no key' });
  change('token/1/b', {});
  change('key/private/f', given('f', 0));
  expect(told.slice(1)).toEqual(['d,a,b', 'd,b', 'd,b']);
  expect(answers).toHaveLength(1);
  stop();
  expect(listeners.size).toBe(0);
});

test('what changes while storage is read is newer than what was read', async () => {
  const { told } = await watch();
  change('key/normal/a', undefined);
  answers[0]?.();
  await vi.waitFor(() => expect(told.at(-1)).toBe('b'));
});

test('storage is read once for all that ask in one turn, and again in the next', async () => {
  await import('../../../src/browser/dom/key-ring.ts');
  const { readSession } = await import('../../../src/browser/dom/read-session.ts');
  expect(readSession()).toBe(readSession());
  await Promise.resolve();
  void readSession();
  expect(answers).toHaveLength(2);
});
