import type { Page } from 'puppeteer';
import type { CaptureRecord } from '../../src/core/capture/records.ts';
import { poll } from '../e2e/poll.ts';
import { startChromium } from './chromium.ts';
import { makeExtensions } from './extensions.ts';
import { fakeChrome } from './fake-chrome.ts';
import { type Figure, longer, within } from './figure.ts';
import { median, rounds } from './rounds.ts';
import { servePanel } from './site.ts';

const MANY = 10_000;
const FEW = 100;
/** With an exchange each, more records than storage.session holds (MAX_RECORDS in core/capture/log.ts). */
const SIGHTINGS_EACH = 1;
const ROUNDS = 7;
const SCROLLS = 40;
/** Further than a screen, so that each step brings rows that were not there. */
const STEP_PX = 900;
const LONGEST_TASK_MS = 50;
/** In each token, so that the rows stay what they are and what is measured is the looking, not the drawing of others. */
const TYPED = 'orders:read';

/** Runs in the panel: scrolls by one step per frame, from the top to the end and again. */
const scrollThrough = async (steps: number, px: number): Promise<void> => {
  const list = document.querySelector('[role=listbox]');
  if (!list) throw new Error('there is no list');
  for (let step = 0; step < steps; step += 1) {
    list.scrollTop = (step * px) % (list.scrollHeight - list.clientHeight);
    await new Promise(requestAnimationFrame);
  }
};

/** ms that all keystrokes of a filter took, each until the rows are in the document, and a plain loop for the same. */
interface Typing {
  readonly filter: number;
  readonly loop: number;
}

/** Runs in the panel: types letter by letter, and after each looks for the same in the same tokens by a plain loop. */
const typeFilter = async (text: string): Promise<Typing> => {
  const input = document.querySelector<HTMLInputElement>('.search input');
  if (!input) throw new Error('there is no filter');
  const texts = Object.values(await chrome.storage.session.get<Record<string, CaptureRecord>>()).flatMap((record) =>
    record.type === 'token' ? record.compact.split('.', 2).map(atob).join('\n').toLowerCase() : [],
  );
  const type = async (value: string): Promise<void> => {
    input.value = value;
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    // Rows are drawn in microtasks, and so before the next task.
    await scheduler.postTask(() => {}, { priority: 'user-blocking' });
  };
  const took = { filter: 0, loop: 0 };
  for (let length = 1; length <= text.length; length += 1) {
    const typed = text.slice(0, length);
    const start = performance.now();
    await type(typed);
    const filtered = performance.now();
    const found = texts.filter((one) => one.includes(typed));
    took.loop += performance.now() - filtered;
    took.filter += filtered - start;
    if (found.length !== texts.length) throw new Error(`"${typed}" is not in each token`);
  }
  await type('');
  return took;
};

/** What the page's thread had to do, in ms; what it waits for does not count. */
const workOf = async (page: Page, doing: () => Promise<void>): Promise<number> => {
  const before = (await page.metrics()).TaskDuration ?? 0;
  await doing();
  return ((await page.metrics()).TaskDuration ?? 0) * 1000 - before * 1000;
};

/** Runs in the panel: the newest token's sighting is the last that storage gives, and makes its row tell of a request. */
const hasLast = (tokens: number): boolean => {
  const row = document.querySelector(`[role=option][aria-posinset="1"][aria-setsize="${tokens}"]`);
  return row?.textContent?.includes('requests') ?? false;
};

interface Samples {
  readonly paints: number[];
  readonly scrolls: number[];
  readonly longest: number[];
  readonly typing: Typing[];
}

/** Opens the panel on a log of so many tokens, and notes what it took. */
const open = async (page: Page, url: string, tokens: number, samples: Samples): Promise<number> => {
  const script = await page.evaluateOnNewDocument(
    `((__name) => (${fakeChrome})(${tokens}, ${SIGHTINGS_EACH}))((fn) => fn)`,
  );
  await page.goto(url);
  const painted = await poll('the first rows', () => page.evaluate(() => window.bench.painted));
  const start = await page.evaluate(() => window.bench.start);
  await poll('the whole log', () => page.evaluate(hasLast, tokens));
  samples.scrolls.push(
    await workOf(page, () =>
      page.evaluate(`((__name) => (${scrollThrough})(${SCROLLS}, ${STEP_PX}))((fn) => fn)`).then(() => undefined),
    ),
  );
  samples.typing.push((await page.evaluate(`((__name) => (${typeFilter})('${TYPED}'))((fn) => fn)`)) as Typing);
  samples.longest.push(await page.evaluate(() => window.bench.longest));
  samples.paints.push(painted - start);
  await page.removeScriptToEvaluateOnNewDocument(script.identifier);
  return painted - start;
};

const samplesOf = (): Samples => ({ paints: [], scrolls: [], longest: [], typing: [] });
/** The round that warms up does not count. */
const counted = <T>(samples: readonly T[]): readonly T[] => samples.slice(1);

/** The shipped panel, given a large log and a small one by a `chrome` of the bench's own, since storage holds less. */
export const measurePanel = async (): Promise<readonly Figure[]> => {
  const extensions = makeExtensions('chromium');
  const site = await servePanel(extensions.claimcheck);
  const { browser, close } = await startChromium();
  try {
    const page = await browser.newPage();
    const url = `${site.origin}/panel.html`;
    const [many, few] = [samplesOf(), samplesOf()];
    await rounds({ many: () => open(page, url, MANY, many), few: () => open(page, url, FEW, few) }, ROUNDS);
    const against = `${FEW} tokens`;
    const [first, scrolling] = [`panel of ${MANY} tokens, first rows`, `panel of ${MANY} tokens, ${SCROLLS} scrolls`];
    const typing = `panel of ${MANY} tokens, ${TYPED.length} keystrokes in the filter`;
    const typed = counted(many.typing);
    const [filters, loops] = [typed.map(({ filter }) => filter), typed.map(({ loop }) => loop)];
    return [
      longer(first, against, counted(many.paints), counted(few.paints), { atMost: 1.5 }),
      longer(scrolling, against, counted(many.scrolls), counted(few.scrolls), { atMost: 1.5 }),
      longer(typing, 'a loop with includes', filters, loops, { atMost: 2 }),
      within(`panel of ${MANY} tokens, longest task`, 'ms', median(counted(many.longest)), LONGEST_TASK_MS),
    ];
  } finally {
    await close();
    await site.close();
    extensions.remove();
  }
};
