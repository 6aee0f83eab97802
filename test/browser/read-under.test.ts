import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { stubStorage } from '../fixtures/fake-storage.ts';

beforeEach(() => vi.resetModules());
afterEach(() => {
  vi.unstubAllGlobals();
});

const open = async () => (await import('../../src/browser/read-under.ts')).readUnder;

test('reads what stands under the prefix, and not the log beside it', async () => {
  const { session } = stubStorage();
  await session.area.set({ 'key/normal/a': 1, 'key/private/b': 2, 'token/1/c': 3 });
  const get = vi.spyOn(session.area, 'get');
  const readUnder = await open();
  expect(await readUnder('key/normal/')).toEqual({ 'key/normal/a': 1 });
  expect(await readUnder('key/none/')).toEqual({});
  expect(get.mock.calls).toEqual([[['key/normal/a']]]);
});

test('where the browser cannot tell the keys alone, it reads all', async () => {
  const { session } = stubStorage();
  await session.area.set({ 'key/normal/a': 1, 'token/1/c': 3 });
  Reflect.deleteProperty(session.area, 'getKeys');
  const readUnder = await open();
  expect(await readUnder('key/normal/')).toEqual({ 'key/normal/a': 1 });
});

test("Chromium's private windows are read from their own storage, and not from that of all", async () => {
  const { session } = stubStorage({ isPrivate: true });
  await session.area.set({ 'key/private/a': 1 });
  const readAll = async () => ({ 'key/private/b': 2, 'token/1/c': 3 });
  vi.doMock('../../src/browser/session.ts', () => ({ hasOwnStorage: true, session: { readAll } }));
  const readUnder = await open();
  vi.doUnmock('../../src/browser/session.ts');
  expect(await readUnder('key/private/')).toEqual({ 'key/private/b': 2 });
});
