import type { Evaluate } from '../e2e/driver.ts';
import { launchFirefox } from '../e2e/firefox.ts';
import { evaluateBy } from '../e2e/surface.ts';
import { startChromium } from './chromium.ts';
import { type Extensions, makeExtensions } from './extensions.ts';
import { type Figure, longer } from './figure.ts';
import { rounds } from './rounds.ts';
import { startSite } from './site.ts';
import { makeTokens } from './tokens.ts';

export const FETCHES = 1000;
export const AT_ONCE = 50;
export const WARM_UP = 50;
/** So few that the log does not reach its bound, behind which each request would push out an older one. */
const ROUNDS = 8;

/** Runs in the page: ms until the last of the fetches was answered. */
export const fetchMany = async (token: string, count: number, atOnce: number): Promise<number> => {
  let begun = 0;
  const fetchNext = async () => {
    while (begun < count) {
      begun += 1;
      const response = await fetch(`/api/${begun}`, { headers: { authorization: `Bearer ${token}` } });
      await response.arrayBuffer();
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: atOnce }, fetchNext));
  return performance.now() - start;
};

/** A browser that runs to the end of the bench. */
interface Fetcher {
  readonly evaluate: Evaluate;
  close(): Promise<void>;
}

const inChromium = async (extension: string | undefined, origin: string): Promise<Fetcher> => {
  const { browser, close } = await startChromium(extension);
  const page = await browser.newPage();
  await page.goto(origin);
  return { evaluate: evaluateBy((expression) => page.evaluate(expression)), close };
};

const inFirefox = async (extensionDir: string, origin: string): Promise<Fetcher> => {
  const driver = await launchFirefox({ extensionDir });
  await driver.page.goto(origin);
  return { evaluate: driver.page.evaluate, close: driver.discard };
};

const measureIn = async (
  browser: string,
  extensions: Extensions,
  open: (extension: string, origin: string) => Promise<Fetcher>,
): Promise<readonly Figure[]> => {
  const site = await startSite();
  const opened: Fetcher[] = [];
  try {
    const contender = async (extension: string) => {
      const fetcher = await open(extension, site.origin);
      opened.push(fetcher);
      let round = 0;
      return async () => {
        const [token = ''] = await makeTokens(1, 'HS256', round);
        round += 1;
        // Wakes the worker, which may have gone to sleep while it was others' turn.
        await fetcher.evaluate(fetchMany, token, WARM_UP, AT_ONCE);
        return fetcher.evaluate(fetchMany, token, FETCHES, AT_ONCE);
      };
    };
    const { claimcheck, empty, none } = await rounds(
      {
        claimcheck: await contender(extensions.claimcheck),
        empty: await contender(extensions.empty),
        none: await contender(extensions.none),
      },
      ROUNDS,
    );
    const what = `${FETCHES} fetches in ${browser}`;
    return [
      longer(what, 'listeners that do nothing', claimcheck, empty, { atMost: 1.05 }),
      longer(what, 'no extension', claimcheck, none),
    ];
  } finally {
    for (const { close } of opened) await close();
    await site.close();
    extensions.remove();
  }
};

/** What a page's authenticated requests take longer because of us, from a loopback server. */
export const measureFetches = async (): Promise<readonly Figure[]> => {
  const chromium = makeExtensions('chromium');
  return [
    ...(await measureIn('Chromium', chromium, (extension, origin) =>
      inChromium(extension === chromium.none ? undefined : extension, origin),
    )),
    ...(await measureIn('Firefox', makeExtensions('firefox'), inFirefox)),
  ];
};
