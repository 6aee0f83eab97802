import type { Page } from 'puppeteer';
import { poll } from '../e2e/poll.ts';
import { pairFor, publicJwk } from '../fixtures/keys.ts';
import { startChromium } from './chromium.ts';
import { makeExtensions } from './extensions.ts';
import { type Arrival, fakeChrome } from './fake-chrome.ts';
import { type Figure, within } from './figure.ts';
import { median } from './rounds.ts';
import { servePanel } from './site.ts';
import { makeTokens } from './tokens.ts';

const TOKENS = 2000;
const ROUNDS = 5;
/** The quickest and the slowest that a browser computes of those that have public keys, and one between. */
const ALGORITHMS = ['RS256', 'ES256', 'ES512'];
const LONGEST_TASK_MS = 50;

/** Runs in the panel: shows only what is verified, so that the list tells when all is. */
const showVerified = (): boolean => {
  const input = document.querySelector<HTMLInputElement>('.search input');
  if (!input) return false;
  input.value = 'is:verified';
  input.dispatchEvent(new InputEvent('input', { bubbles: true }));
  return true;
};

/** Runs in the panel. */
const allVerified = (tokens: number): boolean =>
  document.querySelector(`[role=option][aria-setsize="${tokens}"]`) !== null;

/** ms of the longest task, from the arrival until all are verified; 0 where none took 50. */
const longestTask = async (page: Page, url: string, arrival: Arrival): Promise<number> => {
  const script = await page.evaluateOnNewDocument(
    `((__name) => (${fakeChrome})(0, 1, ${JSON.stringify(arrival)}))((fn) => fn)`,
  );
  await page.goto(url);
  await poll('the panel', () => page.evaluate(showVerified));
  await page.evaluate(() => window.bench.arrive());
  await poll('all are verified', () => page.evaluate(allVerified, arrival.tokens.length));
  const longest = await page.evaluate(() => window.bench.longest);
  await page.removeScriptToEvaluateOnNewDocument(script.identifier);
  return longest;
};

/** The shipped panel, open and with the key, when thousands of tokens come in one change of storage. */
export const measureArrival = async (): Promise<readonly Figure[]> => {
  const extensions = makeExtensions('chromium');
  const site = await servePanel(extensions.claimcheck);
  const { browser, close } = await startChromium();
  try {
    const page = await browser.newPage();
    const url = `${site.origin}/panel.html`;
    const figures: Figure[] = [];
    for (const alg of ALGORITHMS) {
      const arrival = { tokens: await makeTokens(TOKENS, alg), key: JSON.stringify(publicJwk(pairFor(alg))) };
      const longest: number[] = [];
      // The first round warms up.
      for (let round = 0; round <= ROUNDS; round += 1) longest.push(await longestTask(page, url, arrival));
      const what = `${TOKENS} tokens at once into the panel, ${alg}, longest task`;
      figures.push(within(what, 'ms', median(longest.slice(1)), LONGEST_TASK_MS));
    }
    return figures;
  } finally {
    await close();
    await site.close();
    extensions.remove();
  }
};
