import type { Page } from 'puppeteer';
import { poll } from '../e2e/poll.ts';
import { startChromium } from './chromium.ts';
import { makeExtensions } from './extensions.ts';
import { fakeChrome } from './fake-chrome.ts';
import { type Figure, within } from './figure.ts';
import { longestTask } from './longest-task.ts';
import { median } from './rounds.ts';
import { servePanel } from './site.ts';

const TOKENS = 10_000;
const SIGHTINGS_EACH = 10;
/** Each token of somebody else, as many rows; and all of one person, renewed again and again: one row. */
const PEOPLE = [TOKENS, 1];
const ROUNDS = 3;
const LONGEST_TASK_MS = 50;

/** Runs in the panel: the log is read when its last token is; then what comes after that is measured. */
const isRead = (tokens: number): boolean =>
  document.querySelector(`[role=option][aria-posinset="1"][aria-setsize="${tokens}"]`) !== null;

/** Runs in the panel: shows the timeline, zooms into it, and lets it follow what comes. */
const look = async (): Promise<void> => {
  const frames = async (count: number) => {
    for (let frame = 0; frame < count; frame += 1) await new Promise(requestAnimationFrame);
  };
  const drawn = async () => {
    while (!document.querySelector('.timeline-row .life')) await frames(1);
    await frames(10);
  };
  document.querySelector<HTMLElement>('#tab-timeline')?.click();
  await drawn();
  const plot = document.querySelector('.timeline-rows');
  for (const key of ['+', '+', '-', 'ArrowDown']) {
    plot?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    await frames(10);
  }
};

const longestOf = async (page: Page, url: string, people: number): Promise<number> => {
  const script = await page.evaluateOnNewDocument(
    `((__name) => (${fakeChrome})(${TOKENS}, ${SIGHTINGS_EACH}, undefined, ${people}))((fn) => fn)`,
  );
  await page.goto(url);
  await poll('the whole log', () => page.evaluate(isRead, TOKENS));
  const longest = await longestTask(page, () => page.evaluate(`((__name) => (${look})())((fn) => fn)`));
  await page.removeScriptToEvaluateOnNewDocument(script.identifier);
  return longest;
};

/** The shipped panel on the timeline of a large log. */
export const measureTimeline = async (): Promise<readonly Figure[]> => {
  const extensions = makeExtensions('chromium');
  const site = await servePanel(extensions.claimcheck);
  const { browser, close } = await startChromium();
  try {
    const page = await browser.newPage();
    const figures: Figure[] = [];
    for (const people of PEOPLE) {
      const took: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1)
        took.push(await longestOf(page, `${site.origin}/panel.html`, people));
      const what = `timeline of ${TOKENS} tokens of ${people}, ${TOKENS * SIGHTINGS_EACH} sightings, longest task's work`;
      figures.push(within(what, 'ms', median(took), LONGEST_TASK_MS));
    }
    return figures;
  } finally {
    await close();
    await site.close();
    extensions.remove();
  }
};
