/**
 * The demo that `npm start` shows: the site, a browser with the extension, DevTools on the JWT panel, a login and some
 * calls. With a window it stays until Ctrl+C; with --headless it prints what was captured and saves a picture.
 */
import { launchChromium } from '../e2e/chromium.ts';
import type { Driver, Page, Surface } from '../e2e/driver.ts';
import { launchFirefox } from '../e2e/firefox.ts';
import { filterBy, showView } from '../e2e/panel-reader.ts';
import { AUTH_SECRET } from '../site/authjs.ts';
import { login, loginAgain } from '../site/login.ts';
import { SESSION_SECRET } from '../site/session.ts';
import { type Site, type SiteOptions, startSite } from '../site/site.ts';

const PORTS = { app: 4400, issuer: 4401, api: 4402 };
const PICTURE = 'dist/start.png';
const PICTURE_OF_EXCHANGES = 'dist/start-exchanges.png';
/** Calls of the page `/faults`, each refused for another reason. */
const REFUSED = ['no-token', 'expired', 'audience', 'signature', 'scope', 'claim', 'revoked'];
const WIDTH = 1200;
const HEIGHT = 760;

const isTaken = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';

/** The well-known ports, or any if another start has them. */
const openSite = async (options: SiteOptions): Promise<Site> => {
  try {
    return await startSite({ ...options, ports: PORTS });
  } catch (error) {
    if (!isTaken(error)) throw error;
    return startSite(options);
  }
};

/** Clicks, and waits for the app's answer. */
const callFrom = async (page: Page, button: string): Promise<void> => {
  const before = await page.evaluate(() => document.querySelector('#done-count')?.textContent ?? '');
  await page.click(button);
  await page.waitFor((count) => document.querySelector('#done-count')?.textContent !== count, before);
};

const useApp = async (page: Page, site: Site): Promise<void> => {
  await page.goto(site.app);
  await login(page);
  for (const button of ['#verify-id-token', '#session-login', '#authjs-login', '#call-admin', '#call-orders']) {
    await callFrom(page, button);
  }
  await page.goto(`${site.app}/dpop`);
  await loginAgain(page);
  await callFrom(page, '#call-orders');
  await page.goto(`${site.app}/faults`);
  await page.waitUntil({ what: 'the page /faults' }, () => document.body.dataset.state === 'ready');
  for (const id of REFUSED) await callFrom(page, `#${id}`);
};

const ROW = '[role=option]';

/** Selects the token of that algorithm and pastes the key; the panel keeps one that opens it by itself. */
const giveKey = async (panel: Surface, algorithm: string, key: string): Promise<void> => {
  await panel.click({ selector: ROW, text: algorithm });
  await panel.paste('.key-box textarea', key);
  await panel.waitFor(() =>
    ['verified', 'decrypted'].includes(
      document.querySelector('[aria-label=Verdict] li .state')?.textContent?.trim() ?? '',
    ),
  );
};

/** The panel's own words for each token: the row, and the states of the four answers. */
const readTokens = async (panel: Surface): Promise<readonly Record<string, string>[]> => {
  const count = await panel.evaluate((row) => document.querySelectorAll(row).length, ROW);
  const tokens: Record<string, string>[] = [];
  for (let position = 1; position <= count; position += 1) {
    await panel.click(`${ROW}[aria-posinset="${position}"]`);
    await panel.waitFor(
      (selector) => document.querySelector(selector) !== null,
      `${ROW}[aria-posinset="${position}"][aria-selected=true]`,
    );
    tokens.push(
      await panel.evaluate((row) => {
        const textOf = (root: ParentNode | null, selector: string): string =>
          root?.querySelector(selector)?.textContent?.trim() ?? '';
        const member = (name: string): string => {
          const names = [...document.querySelectorAll('table.members th')];
          const found = names.find((cell) => cell.textContent?.trim() === name);
          return textOf(found?.parentElement ?? null, '.value');
        };
        const selected = document.querySelector(`${row}[aria-selected=true]`);
        const [signature, time] = [...document.querySelectorAll('[aria-label=Verdict] li small')].map(
          (answer) => textOf(answer, '.state') || answer.textContent?.trim() || '',
        );
        return {
          kind: textOf(selected, '.name b'),
          alg: member('alg'),
          iss: member('iss'),
          sub: member('sub'),
          time: time ?? '',
          signature: signature ?? '',
          requests: /(\d+) request/.exec(textOf(selected, '.more'))?.[1] ?? '0',
        };
      }, ROW),
    );
  }
  return tokens;
};

/** The exchanges that were refused, as their rows tell of them. */
const readRefusals = async (panel: Surface): Promise<readonly Record<string, string>[]> => {
  await showView(panel, 'Exchanges');
  await filterBy(panel, 'is:refused');
  return panel.waitUntil({ what: 'a reason for each refusal' }, () => {
    const rows = [...document.querySelectorAll('tbody .exchange')].map((row) => {
      const cell = (name: string): string => row.querySelector(`[data-column=${name}]`)?.textContent?.trim() ?? '';
      return {
        request: `${cell('method')} ${cell('address').split('?')[0]}`,
        status: cell('status'),
        token: cell('token'),
        reason: cell('reason'),
      };
    });
    return rows.length > 0 && rows.every(({ reason }) => reason !== '') && rows;
  });
};

const showInTerminal = async (
  driver: Driver,
  panel: Surface,
  picture: (path: string) => Promise<void>,
): Promise<void> => {
  const tokens = await readTokens(panel);
  await panel.click({ selector: ROW, text: 'ES256' });
  await picture(PICTURE);
  console.table(tokens);
  console.log('What was refused, and why:');
  console.table(await readRefusals(panel));
  await panel.click('tbody [data-column=address]');
  await picture(PICTURE_OF_EXCHANGES);
  console.log(`The panel in ${driver.browser}: ${PICTURE} and ${PICTURE_OF_EXCHANGES}`);
  console.log('There is no display here; with one, npm start opens the browser and stays.');
};

/** The launchers' own listeners end this process at once, and the profile would stay behind. */
const untilInterrupted = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.removeAllListeners(signal).once(signal, () => resolve());
  });

const run = async (driver: Driver, site: Site, headless: boolean): Promise<void> => {
  console.log(`The demo app is at ${site.app}, its identity provider at ${site.issuer}, its API at ${site.api}.`);
  const devTools = await driver.openDevTools();
  const panel = await devTools.showPanel();
  if (headless) await devTools.resizePanel(WIDTH, HEIGHT);
  await useApp(driver.page, site);
  // The issuer's keys are in the ring: the page fetched them to verify its ID token.
  await giveKey(panel, 'HS256', SESSION_SECRET);
  await giveKey(panel, 'A256CBC-HS512', AUTH_SECRET);
  if (headless) return showInTerminal(driver, panel, panel.screenshot);
  await panel.click({ selector: ROW, text: 'ES256' });
  console.log('Use the app and watch the panel. Ctrl+C ends it.');
  console.log(
    `The secrets of the sessions, to paste into the panel: ${SESSION_SECRET} (HS256), ${AUTH_SECRET} (Auth.js)`,
  );
  console.log(`The key of the encrypted access tokens at ${site.app}/sealed: ${site.sealingKey}`);
  await untilInterrupted();
};

const headless = process.argv.includes('--headless');
const launch = process.argv.includes('firefox') ? launchFirefox : launchChromium;

const site = await openSite({});
try {
  const driver = await launch({ headless });
  try {
    await run(driver, site, headless);
  } finally {
    // Of no interest by now: the person may have closed the window before Ctrl+C.
    await driver.discard().catch(() => {});
  }
} finally {
  await site.close();
}
