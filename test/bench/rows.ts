import { launchChromium } from '../e2e/chromium.ts';
import type { Driver, Surface } from '../e2e/driver.ts';
import { launchFirefox } from '../e2e/firefox.ts';
import { type Figure, within } from './figure.ts';
import { quantile } from './rounds.ts';
import { startSite } from './site.ts';
import { makeTokens } from './tokens.ts';

const TOKENS = 60;
/** The first of them load what is loaded when it is first needed. */
const WARM_UP = 5;
const BOUND_MS = 100;

/**
 * Runs in the panel: notes when the list came to have so many rows, on the document, since a driver may evaluate in a world
 * of its own. Date.now, because that is the one clock which the page and the panel share.
 */
const watchRows = () => {
  const observer = new MutationObserver(() => {
    const rows = document.querySelector('[role=option]')?.getAttribute('aria-setsize') ?? 0;
    document.documentElement.dataset[`rows${rows}`] ??= String(Date.now());
  });
  observer.observe(document, { subtree: true, childList: true, attributes: true });
};

/** Runs in the page: when the request was made, ms since the epoch. */
const request = async (token: string): Promise<number> => {
  const at = Date.now();
  await fetch('/api', { headers: { authorization: `Bearer ${token}` } });
  return at;
};

const waitForRows = (panel: Surface, count: number) =>
  panel.waitFor((rows) => Number(document.documentElement.dataset[`rows${rows}`] ?? 0), count);

const measureIn = async (driver: Driver): Promise<Figure> => {
  const site = await startSite();
  try {
    await driver.page.goto(site.origin);
    const panel = await (await driver.openDevTools()).showPanel();
    await panel.evaluate(watchRows);
    const waits: number[] = [];
    for (const [number, token] of (await makeTokens(TOKENS + WARM_UP)).entries()) {
      const at = await driver.page.evaluate(request, token);
      const seen = await waitForRows(panel, number + 1);
      if (number >= WARM_UP) waits.push(seen - at);
    }
    return within(`request to row in ${driver.browser}, p95 of ${TOKENS}`, 'ms', quantile(waits, 0.95), BOUND_MS);
  } finally {
    await site.close();
    await driver.discard();
  }
};

/** From the page's call of `fetch`, with a token not seen before, until the open panel has its row. */
export const measureRows = async (): Promise<readonly Figure[]> => [
  await measureIn(await launchChromium()),
  await measureIn(await launchFirefox()),
];
