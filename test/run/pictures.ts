/**
 * Takes the pictures that the README shows: the real panel in both browsers, light and dark, wide and narrow, on the
 * demo site. `npx tsx test/run/pictures.ts [chromium|firefox]` writes them into test/pictures.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchChromium } from '../e2e/chromium.ts';
import type { BrowserName, DevTools, Driver, Page, Surface } from '../e2e/driver.ts';
import { launchFirefox } from '../e2e/firefox.ts';
import { giveKey, ROW, signatureIs } from '../e2e/panel.ts';
import { showView } from '../e2e/panel-reader.ts';
import { editCopyOf } from '../e2e/workbench.ts';
import { AUTH_SECRET } from '../site/authjs.ts';
import { login, loginAgain } from '../site/login.ts';
import { SESSION_SECRET } from '../site/session.ts';
import { type Site, startSite } from '../site/site.ts';

const FOLDER = 'test/pictures';
type Show = (panel: Surface) => Promise<void>;

const LAUNCH = { chromium: launchChromium, firefox: launchFirefox };
const SIZES = [
  ['wide', 1400, 820],
  ['narrow', 380, 760],
] as const;
/** Long enough for a login and its calls, short enough to wait for its end. */
const ACCESS_TOKEN_SECONDS = 8;

const callFrom = async (page: Page, button: string): Promise<void> => {
  const before = await page.evaluate(() => document.querySelector('#done-count')?.textContent ?? '');
  await page.click(button);
  await page.waitFor((count) => document.querySelector('#done-count')?.textContent !== count, before);
};

/** A token that was taken, then expired and was refused; its successor; a session of each kind. */
const useSite = async (page: Page, panel: Surface, site: Site): Promise<void> => {
  await page.goto(site.app);
  await login(page);
  for (const button of ['#verify-id-token', '#session-login', '#authjs-login', '#call-orders', '#call-profile'])
    await callFrom(page, button);
  await panel.waitUntil(
    { what: 'an expired token' },
    (row) => [...document.querySelectorAll(row)].some(({ textContent }) => textContent?.includes('expired')),
    ROW,
  );
  await callFrom(page, '#call-orders');
  await callFrom(page, '#call-profile');
  await callFrom(page, '#refresh');
  await callFrom(page, '#call-orders');
  await page.goto(`${site.app}/dpop`);
  await loginAgain(page);
  await callFrom(page, '#call-orders');
};

const giveKeys = async (panel: Surface): Promise<void> => {
  for (const [row, key, state] of [
    ['HS256', SESSION_SECRET, 'verified'],
    ['A256CBC-HS512', AUTH_SECRET, 'decrypted'],
  ] as const) {
    await panel.click({ selector: ROW, text: row });
    await giveKey(panel, key);
    await signatureIs(panel, state);
  }
};

/** In a page: a PNG as WebP, a third of its size. Base64 both ways. */
const toWebP = async (png: string): Promise<string> => {
  const image = await createImageBitmap(new Blob([Uint8Array.fromBase64(png)]));
  const canvas = new OffscreenCanvas(image.width, image.height);
  canvas.getContext('2d')?.drawImage(image, 0, 0);
  const webP = await canvas.convertToBlob({ type: 'image/webp', quality: 0.9 });
  return new Uint8Array(await webP.arrayBuffer()).toBase64();
};

/** What is shown of each view, and at which of the sizes. */
const VIEWS: readonly (readonly [name: string, sizes: typeof SIZES | readonly [(typeof SIZES)[0]], show: Show])[] = [
  ['', SIZES, (panel) => panel.click({ selector: ROW, text: 'expired' })],
  [
    'exchanges-',
    SIZES,
    async (panel) => {
      await showView(panel, 'Exchanges');
      await panel.click({ selector: 'tbody [data-column=reason]', text: 'expired' });
    },
  ],
  ['timeline-', [SIZES[0]], (panel) => showView(panel, 'Timeline')],
  [
    'workbench-',
    SIZES,
    async (panel) => {
      await showView(panel, 'Tokens');
      await editCopyOf(panel, 'Access token · alice');
      await panel.click({ selector: '.wb-part.payload button', text: 'Format' });
      await panel.click({ selector: '.wb-part button', text: 'in 1 h' });
    },
  ],
];

/** Runs in the panel: an editor that was resized measures its lines a moment later. */
const numbersAreBesideLines = (): boolean =>
  [...document.querySelectorAll('.json-editor')].every(({ shadowRoot }) => {
    const topsOf = (selector: string) =>
      [...(shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? [])]
        .filter(({ style }) => style.visibility !== 'hidden')
        .map((element) => Math.round(element.getBoundingClientRect().top));
    const numbers = topsOf('.cm-lineNumbers .cm-gutterElement');
    return topsOf('.cm-line').every((top, line) => Math.abs(top - (numbers[line] ?? 0)) <= 2);
  });

const takePictures = async (driver: Driver, devTools: DevTools, panel: Surface): Promise<void> => {
  for (const [view, sizes, show] of VIEWS) {
    await devTools.resizePanel(SIZES[0][1], SIZES[0][2]);
    await show(panel);
    await takeView(driver, devTools, panel, view, sizes);
  }
};

const takeView = async (
  driver: Driver,
  devTools: DevTools,
  panel: Surface,
  view: string,
  sizes: (typeof VIEWS)[number][1],
): Promise<void> => {
  for (const theme of ['light', 'dark'] as const) {
    await driver.setTheme(theme);
    await panel.waitFor((wanted) => document.documentElement.dataset.theme === wanted, theme);
    for (const [name, width, height] of sizes) {
      await devTools.resizePanel(width, height);
      await panel.evaluate(() => {
        document.querySelector('.detail')?.scrollTo(0, 0);
        document.querySelector<HTMLElement>('.list')?.focus();
      });
      await panel.waitUntil({ what: 'line numbers beside their lines' }, numbersAreBesideLines);
      const path = join(FOLDER, `${driver.browser}-${view}${name}-${theme}`);
      await panel.screenshot(`${path}.png`);
      const webP = await driver.page.evaluate(toWebP, readFileSync(`${path}.png`, 'base64'));
      writeFileSync(`${path}.webp`, Buffer.from(webP, 'base64'));
      rmSync(`${path}.png`);
    }
  }
};

const run = async (browser: BrowserName): Promise<void> => {
  const site = await startSite({ accessTokenSeconds: ACCESS_TOKEN_SECONDS });
  const driver = await LAUNCH[browser]({ theme: 'light' });
  try {
    const devTools = await driver.openDevTools();
    const panel = await devTools.showPanel();
    await devTools.resizePanel(SIZES[0][1], SIZES[0][2]);
    await useSite(driver.page, panel, site);
    await giveKeys(panel);
    await takePictures(driver, devTools, panel);
  } finally {
    await driver.discard();
    await site.close();
  }
};

mkdirSync(FOLDER, { recursive: true });
for (const browser of ['chromium', 'firefox'] as const)
  if ((process.argv[2] ?? browser) === browser) await run(browser);
