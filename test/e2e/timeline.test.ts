/** Issue 4, part 7: which token replaced which, how late, and what was refused meanwhile; as a picture and as a table. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { login } from '../site/login.ts';
import { type Site, startSite } from '../site/site.ts';
import { axeInThemes, NO_VIOLATIONS } from './axe.ts';
import type { Surface } from './driver.ts';
import { rowWith, showView, textOf } from './panel-reader.ts';
import { eventually, poll } from './poll.ts';
import { inBothBrowsers } from './scenario.ts';
import { hostOf, openPanel, use } from './trust.ts';

/** Nothing expires of itself. */
const LONG_SECONDS = 600;
/** Long enough for a call after the login on a busy machine, and short enough to be waited for. */
const SHORT_SECONDS = 12;

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

const OLD = '[aria-label^="Access token · alice"][aria-label*="replaced by a refresh"]';

/** The name of what has the focus in the plot, once it is so. */
const focusedIs = (panel: Surface, pattern: RegExp): Promise<string> =>
  panel.waitUntil(
    { what: `the focus on ${pattern}` },
    (wanted) => {
      const name = document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '';
      return new RegExp(wanted).test(name) && name;
    },
    pattern.source,
  );

describe('the timeline', () => {
  inBothBrowsers('timeline', (driver) => {
    let panel: Surface;
    beforeAll(async () => {
      const { page } = driver();
      site.setAccessTokenSeconds(SHORT_SECONDS);
      await page.goto(site.app);
      panel = await openPanel(driver());
      await login(page);
      await use(page, '#call-orders');
      await rowWith(panel, 'Access token · alice', 'expired');
      await use(page, '#call-orders');
      await use(page, '#call-profile');
      site.setAccessTokenSeconds(LONG_SECONDS);
      await use(page, '#refresh');
      await use(page, '#call-orders');
      await showView(panel, 'Timeline');
      await panel.waitFor((path) => document.querySelector(path) !== null, OLD);
    });

    test('says which token replaced which, by what, how late, and what was refused meanwhile', async () => {
      await eventually(async () => {
        const names = await panel.evaluate(() =>
          [...document.querySelectorAll('.life[aria-label^="Access token"]')].map((bar) =>
            bar.getAttribute('aria-label'),
          ),
        );
        expect(names).toEqual([
          expect.stringMatching(
            /· expired · .* · 3 requests · 2 × refused · .*replaced by a refresh at [\d:]+, \d+ s after it had expired, 2 × refused meanwhile$/,
          ),
          expect.stringMatching(/· 1 request · refresh at [\d:]+$/),
        ]);
      });
      await eventually(async () => {
        const refusals = await panel.evaluate(() =>
          [...document.querySelectorAll('.refusal')].map((mark) => mark.getAttribute('aria-label')),
        );
        // Both are one mark where there is no room for two; so near the expiry the server's clock may leave it open.
        expect(refusals[0]).toMatch(
          /^[12] × refused · .*(expired \d+ s before|just as it expired) · the refresh came \d+ s too late/,
        );
      });
      await expect.poll(() => textOf(panel, '.notes:not(:empty)')).toMatch(/^\d+ s too late$/);
    });

    test('the same as a table', async () => {
      await panel.click({ selector: '.toggle', text: 'As table' });
      await panel.waitFor(() => document.querySelector('.timeline-table tbody tr') !== null);
      await eventually(async () => {
        const lines = await panel.evaluate(() =>
          [...document.querySelectorAll('.timeline-table tbody tr')].map((line) =>
            [...line.children].map((cell) => cell.textContent?.trim() ?? ''),
          ),
        );
        const issuer = hostOf(site.issuer);
        expect(lines.filter(([token]) => token?.startsWith('Access token'))).toEqual([
          [
            `Access token · alice · ${issuer}`,
            ...Array(2).fill(expect.any(String)),
            '1',
            '0',
            expect.stringMatching(/^refresh at/),
            '',
          ],
          [
            `Access token · alice · ${issuer}`,
            ...Array(2).fill(expect.any(String)),
            '3',
            '2',
            expect.any(String),
            expect.stringMatching(
              /^replaced by a refresh at [\d:]+, \d+ s after it had expired, 2 × refused meanwhile$/,
            ),
          ],
        ]);
      });
      expect(await axeInThemes(driver(), panel)).toEqual(NO_VIOLATIONS);
      await panel.click({ selector: '.toggle', text: 'As table' });
    });

    test('axe finds nothing in the plot', async () => {
      await panel.waitFor((path) => document.querySelector(path) !== null, OLD);
      expect(await axeInThemes(driver(), panel)).toEqual(NO_VIOLATIONS);
    });

    test('by keyboard: into the plot, along a life, and to the exchange that was refused', async () => {
      await panel.evaluate(() => document.querySelector<HTMLElement>('.timeline-rows')?.focus());
      await panel.press('Enter');
      await focusedIs(panel, /^Access token/);
      // The name of the row, the life of its first token, and what was refused of it.
      await panel.press('ArrowRight');
      await focusedIs(panel, /^Access token · alice/);
      // The life of the next token begins with its second, and so before or behind them.
      await poll('the focus on a refusal', async () => {
        await panel.press('ArrowRight');
        return panel.evaluate(() => /^[12] × refused/.test(document.activeElement?.getAttribute('aria-label') ?? ''));
      });
      await panel.press('Enter');
      await panel.waitFor(() => document.querySelector('#tab-exchanges')?.getAttribute('aria-selected') === 'true');
      await expect.poll(() => textOf(panel, '.detail .say h1')).toMatch(/^Refused with 401.*expir/);
      await expect.poll(() => textOf(panel, '.detail .newer')).toMatch(/too late/);
    });
  });
});
