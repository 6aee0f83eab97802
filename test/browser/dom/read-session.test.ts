import { afterEach, expect, test, vi } from 'vitest';
import { stubStorage } from '../../fixtures/fake-storage.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

test('storage is read once for all that ask in one turn, and again in the next', async () => {
  const { session } = stubStorage();
  vi.resetModules();
  const get = vi.spyOn(session.area, 'get');
  const { readSession } = await import('../../../src/browser/dom/read-session.ts');
  expect(readSession()).toBe(readSession());
  await Promise.resolve();
  void readSession();
  expect(get).toHaveBeenCalledTimes(2);
});
