/** Issue 2, part 2: the worker or event page may be ended at any instant, and nothing is lost. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Site, startSite } from '../site/site.ts';
import type { Driver, Page, Surface } from './driver.ts';
import { openToken, rowsAre, seenIn } from './panel-reader.ts';
import { poll } from './poll.ts';
import { inBothBrowsers } from './scenario.ts';
import { storedExchanges, storedKeys, tokenOf } from './traffic.ts';

const REQUESTS = 500;
const AT_ONCE = 10;
const KILLS = [100, 200, 300, 400];

interface Counting extends Window {
  answered?: number;
}

/** Sends that many requests with the token, some at a time, each to an address of its own; does not wait for them. */
const sendMany = (page: Page, token: string, from: number, to: number) =>
  page.evaluate(
    (jwt, first, end, atOnce) => {
      const counting: Counting = window;
      counting.answered = 0;
      let next = first;
      const sender = async () => {
        while (next < end) {
          const url = `/echo?n=${next}`;
          next += 1;
          await fetch(url, { headers: { Authorization: `Bearer ${jwt}` } });
          counting.answered = (counting.answered ?? 0) + 1;
        }
      };
      for (let index = 0; index < atOnce; index += 1) void sender();
    },
    token,
    from,
    to,
    AT_ONCE,
  );

const answered = (page: Page, count: number) =>
  page.waitUntil(
    { what: `${count} answers`, timeout: 60_000 },
    (wanted) => ((window as Counting).answered ?? 0) >= wanted,
    count,
  );

/** The numbers of the requests that storage knows of, in order, as often as it knows of them. */
const numbersStored = async (driver: Driver) =>
  (await storedExchanges(driver))
    .map(({ url }) => Number(/[?]n=(\d+)$/.exec(url)?.[1]))
    .filter(Number.isInteger)
    .toSorted((a, b) => a - b);

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('the background ended while it captures', () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite();
  });
  afterAll(() => site.close());

  inBothBrowsers('nothing is lost', (driver) => {
    const openPanel = async (): Promise<Surface> => (await driver().openDevTools()).showPanel();

    test('between two batches, before DevTools was ever open', async () => {
      const { page, background } = driver();
      await page.goto(site.app);
      const token = tokenOf('early-user');
      await sendMany(page, token, 0, 60);
      await answered(page, 60);
      await poll('60 requests in storage', async () => (await numbersStored(driver())).length === 60);
      await background.kill();
      await sendMany(page, token, 60, 120);
      await answered(page, 60);
      await poll('120 requests in storage', async () => (await numbersStored(driver())).length >= 120);
      expect(await numbersStored(driver())).toEqual(upTo(120));
      const sightings = (await storedKeys(driver(), 'sighting/')).length;
      expect(sightings).toBe(120);
    });

    test('again and again in the midst of 500 requests, with DevTools open', async () => {
      const { page, background } = driver();
      const panel = await openPanel();
      await openToken(panel, 'early-user');
      await seenIn(panel, 120);
      await panel.click('[aria-label="Clear this tab\'s log"]');
      await rowsAre(panel);
      await sendMany(page, tokenOf('busy-user'), 0, REQUESTS);
      for (const at of KILLS) {
        await answered(page, at);
        await background.kill();
      }
      await answered(page, REQUESTS);
      await openToken(panel, 'busy-user');
      await seenIn(panel, REQUESTS);
      expect(await numbersStored(driver())).toEqual(upTo(REQUESTS));
      await rowsAre(panel, 'busy-user');
      expect((await storedKeys(driver(), 'sighting/')).length).toBe(REQUESTS);
      // It goes on, and the panel with it, after one more end.
      await background.kill();
      await sendMany(page, tokenOf('late-user'), REQUESTS, REQUESTS + 1);
      await rowsAre(panel, 'busy-user', 'late-user');
    });
  });
});
