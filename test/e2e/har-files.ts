/** HARs of real traffic, as this browser saves them. They hold live credentials of a run, so they are made anew by each. */
import { login } from '../site/login.ts';
import type { Site } from '../site/site.ts';
import type { DevTools, Page, Surface } from './driver.ts';
import { poll } from './poll.ts';
import { use } from './trust.ts';

interface HarEntry {
  readonly request: { readonly url: string };
  readonly response: { readonly status: number; readonly content: { readonly size: number; readonly text?: string } };
}

interface Har {
  readonly log: {
    readonly creator: { readonly name: string; readonly version: string };
    readonly entries: readonly HarEntry[];
  };
}

/** What a HAR must tell of `useDemo`, behind its login, and how the page makes it again. */
interface Needed {
  readonly path: string;
  readonly status: number;
  readonly again: (page: Page) => Promise<unknown>;
}

const NEEDED: readonly Needed[] = [
  { path: '/jwks', status: 200, again: (page) => use(page, '#verify-id-token') },
  { path: '/orders', status: 200, again: (page) => use(page, '#call-orders') },
  { path: '/orders', status: 401, again: (page) => use(page, '#call-tampered') },
  {
    path: '/session/me',
    status: 200,
    // With the same cookie, which the button would exchange, and past the cache, which would make a 304 of it.
    again: (page) =>
      page.evaluate(() =>
        fetch('/session/me', { cache: 'no-store' })
          .then((answer) => answer.text())
          .then(Boolean),
      ),
  },
];

/** A login, the issuer's key set, an API call, one that is refused with 401, and a session of the app's own. */
export const useDemo = async (page: Page, site: Site): Promise<void> => {
  await page.goto(site.app);
  await login(page);
  for (const button of ['#verify-id-token', '#call-orders', '#call-tampered', '#session-login'])
    await use(page, button);
};

export const readHar = (text: string): Har => JSON.parse(text);

/** A browser writes an entry before its answer is there. */
const missingIn = (text: string): readonly Needed[] => {
  const { entries } = readHar(text).log;
  return NEEDED.filter(
    ({ path, status }) =>
      !entries.some(
        ({ request, response }) =>
          request.url.endsWith(path) && response.status === status && response.content.size > 0,
      ),
  );
};

/** Asks before what is missing is made again; on an idle machine the first two have all, on a busy one each takes seconds. */
const PATIENCE = 2;

/**
 * On a busy machine Firefox's DevTools sometimes tell nobody of a page's last requests, which the page itself has in its
 * `performance` entries: then they are made once more.
 */
const whole = (what: string, page: Page, save: () => Promise<string>) => {
  let asked = 0;
  return poll(what, async () => {
    const text = await save();
    const missing = missingIn(text);
    if (missing.length === 0) return text;
    asked += 1;
    if (asked % PATIENCE === 0) for (const { again } of missing) await again(page);
    return false;
  });
};

/** What an extension is told: in Chromium the bodies apart from the entries, and as nothing where they are gone. */
const tellHar = async (): Promise<string> => {
  type Told = chrome.devtools.network.Request;
  const log = await new Promise<{ readonly entries: readonly Told[] }>((resolve) => {
    chrome.devtools.network.getHAR((told) => resolve(told as unknown as { entries: Told[] }));
  });
  const withBody = (entry: Told) =>
    new Promise((resolve) => {
      if (!('getContent' in entry)) return resolve(entry);
      entry.getContent((text, encoding) => {
        const content = { ...entry.response.content, ...(text && { text }), ...(encoding && { encoding }) };
        resolve({ ...entry, response: { ...entry.response, content } });
      });
    });
  return JSON.stringify({ log: { ...log, entries: await Promise.all(log.entries.map(withBody)) } });
};

/** By `devtools.network.getHAR`, after `useDemo`. */
export const harOfApi = (page: Page, panel: Surface): Promise<string> =>
  whole('a whole HAR of devtools.network', page, () => panel.evaluate(tellHar));

/** By the network panel's own saving, after `useDemo`. */
export const harOfDevTools = (
  page: Page,
  devTools: DevTools,
  options?: Parameters<DevTools['har']>[0],
): Promise<string> => whole('a whole HAR of the network panel', page, () => devTools.har(options));
