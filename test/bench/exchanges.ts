import type { CDPSession, Page } from 'puppeteer';
import { poll } from '../e2e/poll.ts';
import { startChromium } from './chromium.ts';
import { makeExtensions } from './extensions.ts';
import { fakeChrome } from './fake-chrome.ts';
import { type Figure, within } from './figure.ts';
import { median } from './rounds.ts';
import { servePanel } from './site.ts';

/** What an app has: they are sent again and again. */
const TOKENS = 20;
const HELD = 5_000;
const BATCH = 100;
const BATCHES = 20;
const BOUND_MS = 16;
/** All pass it, once each was judged. */
const ALL = '-reason:nothing-like-this';

/** Runs in the panel: so many exchanges come, a third of them refused; resolves once the view has them all. */
const come = async (from: number, count: number, tokens: number): Promise<void> => {
  const [tab, v] = [1, 1];
  const at = Date.now();
  const changes: Record<string, { newValue: object }> = {};
  for (let number = from; number < from + count; number += 1) {
    const id = `${number}.${at}.1`;
    const [token, start] = [`t${number % tokens}`, at + number];
    changes[`exchange/${tab}/${id}`] = {
      newValue: {
        ...{ v, type: 'exchange', id, tab, frame: 0, method: 'GET', resource: 'xmlhttprequest', witness: 'both' },
        ...{ url: `https://api.example.com/orders/${number}`, start, end: start + 9, status: number % 3 ? 200 : 401 },
      },
    };
    const place = { kind: 'request_header', name: 'authorization', scheme: 'Bearer' };
    changes[`sighting/${tab}/${id}.s`] = {
      newValue: { v, type: 'sighting', id: `${id}.s`, tab, token, exchange: id, place, at: start },
    };
  }
  window.bench.change(changes);
  const rows = () => Number(document.querySelector('[role=grid]')?.getAttribute('aria-rowcount'));
  while (rows() < tokens + from + count + 1) await new Promise(requestAnimationFrame);
};

const comeIn = (page: Page, from: number, count: number): Promise<unknown> =>
  page.evaluate(`((__name) => (${come})(${from}, ${count}, ${TOKENS}))((fn) => fn)`);

/** Runs in the panel. */
const type = (filter: string): void => {
  const input = document.querySelector<HTMLInputElement>('main .search input');
  if (!input) throw new Error('there is no filter');
  input.value = filter;
  input.dispatchEvent(new InputEvent('input', { bubbles: true }));
};

/** ms of processor time that the panel's thread has worked: what others do on the same machine does not count. */
const workedBy = async (session: CDPSession): Promise<number> => {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
};

/** ms that it works for one batch, from the arrival until the view has it. */
const workOf = async (page: Page, held: number): Promise<number> => {
  const session = await page.createCDPSession();
  await session.send('Performance.disable');
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const took: number[] = [];
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const before = await workedBy(session);
    await comeIn(page, held + batch * BATCH, BATCH);
    took.push((await workedBy(session)) - before);
  }
  return median(took);
};

/** The shipped panel on the exchanges, with thousands of them, when a hundred more come at once. */
export const measureExchanges = async (): Promise<readonly Figure[]> => {
  const extensions = makeExtensions('chromium');
  const site = await servePanel(extensions.claimcheck);
  const { browser, close } = await startChromium();
  try {
    const page = await browser.newPage();
    await page.evaluateOnNewDocument(`((__name) => (${fakeChrome})(${TOKENS}, 1))((fn) => fn)`);
    await page.goto(`${site.origin}/panel.html`);
    await poll('the tabs', () => page.evaluate(() => document.querySelector('#tab-exchanges') !== null));
    await page.click('#tab-exchanges');
    await poll('the exchanges', () => page.evaluate(() => document.querySelector('[role=grid]') !== null));
    await comeIn(page, 0, HELD);
    const plain = await workOf(page, HELD);
    await page.evaluate(type, ALL);
    const judged = await workOf(page, HELD + BATCHES * BATCH);
    const what = `${BATCH} exchanges more in a view of ${HELD}`;
    return [within(what, 'ms', plain, BOUND_MS), within(`${what}, filtered by reason`, 'ms', judged, BOUND_MS)];
  } finally {
    await close();
    await site.close();
    extensions.remove();
  }
};
