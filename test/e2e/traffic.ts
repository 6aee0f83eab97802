/** Tokens, the requests that carry them, and what the background keeps of them. */
import { hmacToken } from '../fixtures/tokens.ts';
import type { Driver, Page } from './driver.ts';
import { poll } from './poll.ts';

/** A token of that subject; an hour of life unless told. */
export const tokenOf = (sub: string, claims: object = {}): string => {
  const iat = Math.floor(Date.now() / 1000);
  return hmacToken('a secret that no test needs to know', {
    payload: { iss: 'https://login.test', sub, iat, exp: iat + 3600, ...claims },
  });
};

export const bearer = (token: string): Readonly<Record<string, string>> => ({ Authorization: `Bearer ${token}` });

/** `/echo` of an origin, answering as the parameters say. */
export const echoUrl = (origin: string, ...parameters: readonly (readonly [string, string])[]): string =>
  `${origin}/echo?${new URLSearchParams(parameters.map(([name, value]) => [name, value]))}`;

/**
 * The tab's number, as the browser's extensions know it. (That DevTools is open on it is told in storage too, but not
 * while the background sleeps.)
 */
export const tabOf = async (driver: Driver, page: Page): Promise<number> => {
  const url = await page.url();
  const tab = await driver.background.evaluate(
    async (shown) => (await chrome.tabs.query({})).find((one) => one.url === shown)?.id,
    url,
  );
  if (tab === undefined) throw new Error(`no tab shows ${url}`);
  return tab;
};

/** A request of the page; gives the status. */
export const call = (page: Page, url: string, headers: Readonly<Record<string, string>> = {}): Promise<number> =>
  page.evaluate(async (to, sent) => (await fetch(to, { headers: sent })).status, url, headers);

/** The exchanges that storage holds, with what tells them apart. */
export const storedExchanges = (driver: Driver) =>
  driver.background.evaluate(async () =>
    Object.entries(await chrome.storage.session.get(null)).flatMap(([key, record]) => {
      if (!key.startsWith('exchange/') || typeof record !== 'object' || record === null) return [];
      const { url, witness, tab } = record as { url: string; witness: string; tab: number };
      return [{ url, witness, tab }];
    }),
  );

/** Keys of storage, of one kind or of all. */
export const storedKeys = (driver: Driver, prefix = '') =>
  driver.background.evaluate(
    async (start) => Object.keys(await chrome.storage.session.get(null)).filter((key) => key.startsWith(start)),
    prefix,
  );

/** ms until a request is made once more of which one witness has not told; it takes some 50 where nothing else runs. */
const ASK_AGAIN_MS = 4_000;

/**
 * One more request, and waits until both witnesses have told of it, and thus of all before it: a second telling of the
 * same request would be there by now. (On a busy machine Firefox's DevTools sometimes tell nobody of a page's last
 * requests: then there is another one, with the same token.)
 */
export const settle = async (driver: Driver, page: Page, origin: string): Promise<void> => {
  const token = tokenOf('settler');
  const urls = new Set<string>();
  let askedAt = Number.NEGATIVE_INFINITY;
  await poll('both witnesses of one request', async () => {
    if (performance.now() - askedAt > ASK_AGAIN_MS) {
      const url = `${origin}/echo?settle=${crypto.randomUUID()}`;
      urls.add(url);
      askedAt = performance.now();
      await call(page, url, bearer(token));
    }
    return (await storedExchanges(driver)).some(({ url, witness }) => urls.has(url) && witness === 'both');
  });
};
