/** How the real panel looks and handles: themes, widths, axe, the keyboard, and a log of ten thousand tokens. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CLAIMS, compact, hmacToken, SECRET } from '../fixtures/tokens.ts';
import { login } from '../site/login.ts';
import { SESSION_SECRET } from '../site/session.ts';
import { type Site, startSite } from '../site/site.ts';
import { axeViolations } from './axe.ts';
import type { DevTools, Surface } from './driver.ts';
import { giveKey, pasteToken, ROW, says, signatureIs } from './panel.ts';
import { inBothBrowsers } from './scenario.ts';
import { tabOf } from './traffic.ts';

const PICTURES = join('node_modules', '.cache', 'e2e');

/** What sticks out of the document to the right, and what a person could not scroll to inside of it. */
const overflowing = () => {
  const wide = document.documentElement.scrollWidth;
  const controls = [...document.querySelectorAll('button, input, select, textarea, summary, [tabindex="0"]')];
  const cut = controls.filter((control) => {
    if (!control.checkVisibility()) return false;
    control.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    const { left, right, width, top, bottom } = control.getBoundingClientRect();
    return width < 1 || left < -1 || right > innerWidth + 1 || bottom < 0 || top > innerHeight;
  });
  return [
    ...[...document.querySelectorAll('dialog, .detail, .list, .bar')]
      .filter((box) => box.scrollWidth > box.clientWidth)
      .map((box) => `${box.className || box.localName} holds ${box.scrollWidth} px in ${box.clientWidth}`),
    ...(wide > innerWidth ? [`the document is ${wide} px wide in ${innerWidth}`] : []),
    ...cut.map((control) => control.outerHTML.slice(0, 120)),
  ];
};

const focused = (surface: Surface): Promise<string> =>
  surface.evaluate(() => {
    const { activeElement } = document;
    return activeElement?.getAttribute('aria-label') ?? activeElement?.textContent?.trim() ?? '';
  });

const position = (surface: Surface): Promise<string | undefined> =>
  surface.evaluate(
    () => document.querySelector('.row[aria-selected=true]')?.getAttribute('aria-posinset') ?? undefined,
  );

describe('the panel', () => {
  let site: Site;
  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true });
    site = await startSite({ accessTokenSeconds: 600 });
  });
  afterAll(() => site.close());

  inBothBrowsers('the panel', (driver) => {
    describe('with a log', () => {
      let devTools: DevTools;
      let panel: Surface;
      const picture = (name: string) => panel.screenshot(join(PICTURES, `${driver().browser}-${name}.png`));
      beforeAll(async () => {
        devTools = await driver().openDevTools();
        panel = await devTools.showPanel();
        await devTools.resizePanel(1400, 820);
      });
      afterAll(() => devTools.close());

      const fitsAt = async (name: string, widths: readonly number[]) => {
        for (const width of widths) {
          await devTools.resizePanel(width, 760);
          await picture(`${name}-${width}`);
          // What has its size from a script has it a moment later.
          await expect.poll(() => panel.evaluate(overflowing), { message: `${name} at ${width} px` }).toEqual([]);
        }
      };
      const isAccessible = async (name: string) => {
        for (const theme of ['dark', 'light'] as const) {
          await driver().setTheme(theme);
          await panel.waitUntil(
            { what: `the theme ${theme}` },
            (wanted) =>
              document.documentElement.dataset.theme === wanted &&
              getComputedStyle(document.documentElement).colorScheme === wanted,
            theme,
          );
          await picture(`${name}-${theme}`);
          expect(await axeViolations(panel), `${name}, ${theme}`).toEqual([]);
        }
      };

      test('explains itself while it is empty', async () => {
        await says(panel, 'h1', 'No token yet');
        await isAccessible('empty');
        await fitsAt('empty', [350, 1600]);
      });

      test('follows the theme of DevTools, and axe finds nothing in list and detail', async () => {
        const { page } = driver();
        await page.goto(site.app);
        await login(page);
        for (const button of ['#session-login', '#authjs-login', '#call-admin', '#call-orders', '#call-tampered']) {
          const before = await page.evaluate(() => document.querySelector('#done-count')?.textContent ?? '');
          await page.click(button);
          await page.waitFor((count) => document.querySelector('#done-count')?.textContent !== count, before);
        }
        await panel.click({ selector: ROW, text: 'mallory' });
        await giveKey(panel, SESSION_SECRET);
        await panel.click('.trial button');
        await says(panel, '.keys', 'Shared secret');
        await giveKey(panel, site.jwks);
        await says(panel, '.trial', 'does not belong');
        await isAccessible('mismatch');
        await panel.click({ selector: '.trial button', text: 'Keep it' });
        await signatureIs(panel, 'mismatch');
        await panel.click({ selector: ROW, text: 'HS256' });
        await signatureIs(panel, 'verified');
        await panel.click({ selector: 'summary', text: 'Signing input' });
        await isAccessible('verified');
        await panel.click({ selector: ROW, text: 'Encrypted' });
        await isAccessible('encrypted');
        await panel.evaluate(() => document.querySelector('.detail h1')?.scrollIntoView());
      });

      test('stands at every width', async () => {
        await panel.click({ selector: ROW, text: 'HS256' });
        await fitsAt('detail', [350, 380, 640, 1400, 1600]);
      });

      test.each([
        ['Paste', 'Paste a token'],
        ['Export', 'Export to a file'],
        ['Settings', 'Settings'],
      ])('opens the dialog of %s, which holds the focus and gives it back', async (button, title) => {
        await panel.click({ selector: '.bar button', text: button });
        await says(panel, 'dialog h1', title);
        if (title.startsWith('Export'))
          await panel.waitFor(() => document.querySelector<HTMLTextAreaElement>('dialog textarea')?.value);
        await isAccessible(button.toLowerCase());
        await fitsAt(button.toLowerCase(), [350, 1400]);
        for (let step = 0; step < 12; step += 1) {
          await panel.press('Tab');
          await expect
            .poll(() =>
              panel.evaluate(
                () => document.activeElement === document.body || document.activeElement?.closest('dialog') !== null,
              ),
            )
            .toBe(true);
        }
        // Firefox's toolbox hears Escape before any panel does, and opens its own console with the focus there.
        await (driver().browser === 'firefox'
          ? panel.click({ selector: 'dialog button', text: 'Close' })
          : panel.press('Escape'));
        await panel.waitUntil({ what: 'the end of the dialog' }, () => document.querySelector('dialog') === null);
        await expect.poll(() => focused(panel)).toContain(button);
      });

      test('is used by keyboard alone', async () => {
        await devTools.resizePanel(1200, 760);
        await panel.click({ selector: ROW, text: 'HS256' });
        await panel.press('/');
        await expect.poll(() => focused(panel)).toBe('Filter tokens');
        for (const key of 'alg:es256') await panel.press(key);
        await panel.waitFor((row) => document.querySelectorAll(row).length === 2, ROW);
        await panel.press('ArrowDown');
        await expect.poll(() => focused(panel)).toBe('Tokens');
        await panel.press('Home');
        await expect.poll(() => position(panel)).toBe('1');
        await panel.press('End');
        await expect.poll(() => position(panel)).toBe('2');
        await panel.press('ArrowUp');
        await expect.poll(() => position(panel)).toBe('1');
        await panel.press('PageDown');
        await expect.poll(() => position(panel)).toBe('2');

        const raw = await panel.evaluate(() => document.querySelector('.raw')?.textContent ?? '');
        await panel.press('Control+c');
        await says(panel, '.notice', 'Token copied.');
        await panel.press('/');
        await panel.press('Escape');
        await panel.waitFor((row) => document.querySelectorAll(row).length > 2, ROW);
        await panel.press('Control+v');
        await panel.waitUntil(
          { what: 'the token out of the clipboard' },
          (token) => document.querySelector<HTMLInputElement>('.search input')?.value === token,
          raw,
        );
        await panel.press('Escape');
        await panel.press('Escape');
        await expect.poll(() => focused(panel)).toBe('Tokens');
        await panel.press('Enter');
        await expect.poll(() => focused(panel)).toBe('Token');
        const steps: string[] = [];
        while (steps.length < 30 && steps.at(-1) !== 'Key') {
          await panel.press('Tab');
          steps.push(await focused(panel));
        }
        expect(steps).toContain('Raw token');
        expect(steps.at(-1)).toBe('Key');
        await panel.press('Escape');
        await expect.poll(() => focused(panel)).toBe('Tokens');

        const share = () =>
          panel.evaluate(() =>
            Number(document.querySelector('[role=separator], .splitter')?.getAttribute('aria-valuenow')),
          );
        const before = await share();
        await panel.press('Tab');
        await expect.poll(() => focused(panel)).toBe('Size of the token list');
        await panel.press('ArrowRight');
        await panel.waitFor(
          (was) => Number(document.querySelector('.splitter')?.getAttribute('aria-valuenow')) > was,
          before,
        );
        await panel.press('ArrowLeft');
        await panel.waitFor(
          (was) => Number(document.querySelector('.splitter')?.getAttribute('aria-valuenow')) === was,
          before,
        );
      });

      test('holds ten thousand tokens with only the rows in sight', async () => {
        await driver().background.evaluate(putTokens, await tabOf(driver(), driver().page), 10_000);
        await panel.waitUntil({ what: '10,000 rows', timeout: 30_000 }, () =>
          document.querySelector('.status')?.textContent?.includes('10,00'),
        );
        await panel.click(`${ROW}[aria-posinset="1"]`);
        await panel.press('End');
        const count = await panel.waitFor((row) => {
          const last = document.querySelector(`${row}[aria-selected=true]`);
          return last?.getAttribute('aria-posinset') === last?.getAttribute('aria-setsize') && last?.ariaSetSize;
        }, ROW);
        expect(Number(count)).toBeGreaterThan(10_000);
        const rows = await panel.evaluate((row) => {
          const list = document.querySelector('.list');
          const selected = document.querySelector(`${row}[aria-selected=true]`);
          const [outer, inner] = [list?.getBoundingClientRect(), selected?.getBoundingClientRect()];
          return {
            drawn: document.querySelectorAll(row).length,
            isInSight: outer && inner && inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1,
          };
        }, ROW);
        expect(rows.isInSight).toBe(true);
        expect(rows.drawn).toBeLessThan(60);
        await panel.type('.search input', 'sub:user-9998');
        await says(panel, '.status', '1 of ');
        await says(panel, ROW, 'user-9998');
        await picture('10000');
        await panel.press('Escape');
        await panel.click({ selector: '.bar button', text: 'Clear' });
        await says(panel, 'h1', 'No token yet');
      });
    });

    describe('in a page of its own', () => {
      test('follows the browser, and axe finds nothing', async () => {
        const own = await driver().openToolbarPage();
        await own.waitFor(() => document.querySelector('main.empty h1') !== null);
        for (const state of ['empty', 'token', 'broken']) {
          if (state === 'token') await pasteToken(own, hmacToken(SECRET, { payload: CLAIMS }));
          if (state === 'broken') await pasteToken(own, compact({ alg: 'HS256' }, '{"a":1,"a":', 'a b='));
          for (const theme of ['dark', 'light'] as const) {
            await driver().setTheme(theme);
            await own.waitFor((wanted) => matchMedia(`(prefers-color-scheme: ${wanted})`).matches, theme);
            await own.screenshot(join(PICTURES, `${driver().browser}-own-${state}-${theme}.png`));
            expect(await axeViolations(own), `${state}, ${theme}`).toEqual([]);
          }
          await expect.poll(() => own.evaluate(overflowing), { message: state }).toEqual([]);
        }
        await own.close();
      });
    });
  });
});

/** In the background: records as capture writes them. */
const putTokens = async (tab: number, count: number): Promise<void> => {
  const encode = (value: unknown) =>
    btoa(JSON.stringify(value)).replaceAll('=', '').replaceAll('+', '-').replaceAll('/', '_');
  const header = encode({ alg: 'HS256', typ: 'JWT' });
  const records: Record<string, unknown> = {};
  for (let index = 0; index < count; index += 1) {
    const id = `made-${index}`;
    const compact = `${header}.${encode({ sub: `user-${index}`, exp: 4_000_000_000 })}.c2lnbmF0dXJl`;
    records[`token/${tab}/${id}`] = { v: 1, type: 'token', id, tab, compact, firstSeen: index };
  }
  await chrome.storage.session.set(records);
};
