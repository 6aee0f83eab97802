import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { cookiesFor } from '../../src/browser/cookies.ts';

const URL_OF_PAGE = 'https://app.acme.test:8443/home';
const getAll = vi.fn();

beforeEach(() => {
  getAll.mockReset().mockImplementation(async (details: object) => ['url' in details ? 'parent' : 'any path']);
  const getAllCookieStores = async () => [
    { id: 'default', tabIds: [1, 2] },
    { id: 'private', tabIds: [3] },
  ];
  vi.stubGlobal('chrome', { cookies: { getAll, getAllCookieStores } });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

test("the cookies of the address and of its host, out of the tab's own jar, partitioned ones too", async () => {
  expect(await cookiesFor(3, URL_OF_PAGE)).toEqual(['parent', 'any path']);
  expect(getAll.mock.calls).toEqual([
    [{ storeId: 'private', partitionKey: {}, url: URL_OF_PAGE }],
    [{ storeId: 'private', partitionKey: {}, domain: 'app.acme.test' }],
  ]);
});

test('a tab in no jar has that of the extension', async () => {
  await cookiesFor(9, URL_OF_PAGE);
  expect(getAll.mock.calls[0]).toEqual([{ partitionKey: {}, url: URL_OF_PAGE }]);
});

test('rejects where the browser does not let it look', async () => {
  getAll.mockRejectedValueOnce(new Error('No host permissions for cookies at url'));
  await expect(cookiesFor(1, URL_OF_PAGE)).rejects.toThrow('No host permissions');
});
