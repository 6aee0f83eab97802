/** Issue 4, part 3: the exchanges, as they are read, filtered, walked through and saved. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { login } from '../site/login.ts';
import { type Site, startSite } from '../site/site.ts';
import { axeInThemes, NO_VIOLATIONS } from './axe.ts';
import type { Surface } from './driver.ts';
import { cellsOf, columnIs, filterBy, openExchange, openToken, rowWith, showView, textOf } from './panel-reader.ts';
import { eventually } from './poll.ts';
import { inBothBrowsers } from './scenario.ts';
import { capturedIn, formsOf } from './secret-forms.ts';
import { bearer, call, echoUrl, tokenOf } from './traffic.ts';
import { hostOf, openPanel, use } from './trust.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite({ accessTokenSeconds: 600 });
});
afterAll(() => site.close());

const LIST = '[role=grid]';
const FILTER = 'main.view .search input';

const selected = (panel: Surface): Promise<string> => textOf(panel, 'tr[aria-selected=true] [data-column=address]');

const focused = (panel: Surface): Promise<string | undefined> =>
  panel.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? undefined);

describe('exchanges', () => {
  inBothBrowsers('exchanges', (driver) => {
    let panel: Surface;

    beforeAll(async () => {
      const { page } = driver();
      await page.goto(site.app);
      panel = await openPanel(driver());
      await login(page);
      for (const button of ['#call-orders', '#call-admin', '#call-tampered']) await use(page, button);
      const expired = tokenOf('late', { exp: Math.floor(Date.now() / 1000) - 600 });
      await call(page, `${site.app}/echo?status=401&a`, bearer(expired));
      const token = tokenOf('by-address');
      const landed = `/echo?end&token=${token}`;
      const between = echoUrl('', ['status', '307'], ['location', landed]);
      await call(page, echoUrl(site.app, ['status', '302'], ['location', between]), bearer(token));
      await showView(panel, 'Exchanges');
    });

    test('a row tells when, what, where, how it was answered, by which token, and why', async () => {
      await filterBy(panel, 'admin');
      await columnIs(panel, 'address', `${hostOf(site.api)}/admin`);
      await expect.poll(() => cellsOf(panel, 'time')).toEqual([expect.stringMatching(/^\d\d:\d\d:\d\d$/)]);
      await expect.poll(() => cellsOf(panel, 'method')).toEqual(['GET']);
      await expect.poll(() => cellsOf(panel, 'status')).toEqual(['✕ 403']);
      await expect.poll(() => cellsOf(panel, 'token')).toEqual(['Access token · alice']);
      await expect.poll(() => cellsOf(panel, 'decision')).toEqual(['– No policy for this API.']);
      await columnIs(panel, 'reason', 'scope missing');
    });

    test.each([
      ['is:refused', ['✕ 401', '✕ 401', '✕ 403']],
      ['status:403', ['✕ 403']],
      ['reason:expired', ['✕ 401']],
      ['is:refused -status:403 host:localhost', ['✕ 401', '✕ 401']],
      ['is:redirect method:get echo', ['→ 307', '→ 302']],
    ])('the filter %s', async (filter, statuses) => {
      await filterBy(panel, filter);
      await columnIs(panel, 'status', ...statuses);
    });

    const sortOf = (column: string) =>
      panel.evaluate((name) => document.querySelector(`th[data-column=${name}]`)?.getAttribute('aria-sort'), column);

    test('a column sorts, and once more turns the order round', async () => {
      await filterBy(panel, 'is:refused');
      await panel.click('[data-column=status] button');
      await columnIs(panel, 'status', '✕ 403', '✕ 401', '✕ 401');
      await expect.poll(() => sortOf('status')).toBe('descending');
      await panel.click('[data-column=status] button');
      await columnIs(panel, 'status', '✕ 401', '✕ 401', '✕ 403');
      await expect.poll(() => sortOf('status')).toBe('ascending');
      await panel.click('[data-column=time] button');
      await columnIs(panel, 'status', '✕ 401', '✕ 401', '✕ 403');
    });

    test('by keyboard: / filters, arrows move, Enter opens, Escape goes back', async () => {
      await panel.click(`${LIST} tbody [data-column=time]`);
      await panel.press('/');
      await expect.poll(() => focused(panel)).toBe('Filter exchanges');
      await panel.press('ArrowDown');
      await expect.poll(() => focused(panel)).toBe('Exchanges');
      await panel.press('Home');
      const first = await selected(panel);
      await panel.press('ArrowDown');
      await panel.waitFor(
        (before) =>
          document.querySelector('tr[aria-selected=true] [data-column=address]')?.textContent?.trim() !== before,
        first,
      );
      await panel.press('End');
      await panel.waitFor(() => document.querySelector('tr[aria-selected=true]')?.nextElementSibling === null);
      await expect.poll(() => selected(panel)).toBe(`${hostOf(site.api)}/admin`);
      await panel.press('Enter');
      await panel.waitFor(() => document.activeElement?.getAttribute('aria-label') === 'Exchange');
      // Firefox's toolbox hears Escape before any panel does.
      if (driver().browser === 'firefox') return;
      await panel.press('Escape');
      await expect.poll(() => focused(panel)).toBe('Exchanges');
      await panel.press('Escape');
      await panel.waitFor(() => document.querySelector('.detail') === null);
      await panel.press('/');
      await panel.press('Escape');
      await expect
        .poll(() => panel.evaluate((path) => document.querySelector<HTMLInputElement>(path)?.value, FILTER))
        .toBe('');
    });

    test('an exchange leads to its tokens, and a sighting back to its exchange', async () => {
      await filterBy(panel, 'admin');
      await columnIs(panel, 'status', '✕ 403');
      await openExchange(panel);
      await expect.poll(() => textOf(panel, '.detail .say h1')).toContain('Refused with 403: scope admin is missing');
      await panel.click({ selector: '[aria-label=Tokens].carried button', text: 'Access token · alice' });
      await rowWith(panel, 'Access token · alice', '1 × refused');
      await openToken(panel, 'Access token · alice');
      await panel.click({ selector: '[aria-label=Sightings] button', text: `GET ${hostOf(site.api)}/orders` });
      await panel.waitFor(() => document.querySelector('#tab-exchanges')?.ariaSelected === 'true');
      await expect.poll(() => textOf(panel, '.detail .say h1')).toBe('Answered with 200.');
    });

    test('redirects are one chain, each hop a way to its exchange; the initiator is told', async () => {
      await filterBy(panel, 'is:redirect method:get status:302 echo');
      await columnIs(panel, 'status', '→ 302');
      await openExchange(panel);
      await expect.poll(() => cellsOf(panel, 'address')).toEqual([expect.stringMatching(/^1\/3 /)]);
      await expect.poll(() => textOf(panel, '.detail')).toContain('3 hops of one request');
      await eventually(async () => {
        const hops = await panel.evaluate(() =>
          [...document.querySelectorAll('.chain li')].map(({ textContent }) => textContent?.trim().slice(0, 5)),
        );
        expect(hops).toEqual(['→ 302', '→ 307', '  200'].map((hop) => expect.stringContaining(hop.trim())));
      });
      await expect.poll(() => textOf(panel, '.exchange-facts')).toContain(`Initiator${site.app}`);
      await panel.click('.chain li:last-child button');
      await panel.waitUntil({ what: 'the last hop' }, () =>
        document.querySelector('.detail .say h1')?.textContent?.startsWith('Answered with 200'),
      );
    });

    test.each(['CSV', 'JSON'])('saved as %s, no token is in it in any form', async (format) => {
      await panel.selectText(FILTER);
      await panel.press('Delete');
      await panel.waitFor(() => document.querySelectorAll('tbody .exchange').length > 5);
      const rows = await cellsOf(panel, 'address');
      await panel.click(`[aria-label="Save as ${format}"]`);
      const { name, text } = await driver().nextDownload();
      expect(name).toMatch(new RegExp(`^claimcheck-gateway-[\\d-]+T\\d+\\.${format.toLowerCase()}$`));
      for (const piece of ['/admin', 'missing_scope', 'expired']) expect(text).toContain(piece);
      if (format === 'CSV') expect(text.trim().split('\n').length).toBe(rows.length + 1);
      const captured = await driver().background.evaluate(capturedIn);
      // Those that were sent: of the login, the changed one, and two of this test.
      expect(captured.length).toBeGreaterThanOrEqual(4);
      for (const token of captured) {
        const signature = token.split('.').at(-1) ?? '';
        expect(signature.length).toBeGreaterThan(20);
        for (const form of [...formsOf(token), ...formsOf(signature)]) expect(text).not.toContain(form);
      }
    });

    test('axe finds nothing in light and dark', async () => {
      await openExchange(panel, '/admin');
      expect(await axeInThemes(driver(), panel)).toEqual(NO_VIOLATIONS);
    });
  });
});
