/** Issue 5, part 3: whatever goes out is searched for all that the servers handed out, in every form that it could take. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { login } from '../site/login.ts';
import { SESSION_SECRET } from '../site/session.ts';
import { type Site, startSite } from '../site/site.ts';
import type { DevTools, HarRequest, Surface } from './driver.ts';
import { makeFiles } from './files.ts';
import { closeLog, exportAs, type Format, fileFacts, importFile } from './imports.ts';
import { giveKey, ROW, signatureIs, verdictOf } from './panel.ts';
import { openToken, rowWith } from './panel-reader.ts';
import { inBothBrowsers } from './scenario.ts';
import { capturedIn, formsOf } from './secret-forms.ts';
import { type ServerWitness, watchServers } from './server-witness.ts';
import { closeDialog, openOnly, setFilter, signIn, use } from './trust.ts';

const FORMATS: readonly (readonly [Format, string])[] = [
  ['json', 'json'],
  ['csv', 'csv'],
  ['markdown', 'md'],
  ['har', 'har'],
];

let site: Site;
beforeAll(async () => {
  site = await startSite({ accessTokenSeconds: 600 });
});
afterAll(() => site.close());

describe('files out', () => {
  inBothBrowsers('export', (driver) => {
    const files = makeFiles();
    let servers: ServerWitness;
    let devTools: DevTools;
    let panel: Surface;
    let secrets: readonly string[];
    afterAll(() => files.remove());
    beforeAll(async () => {
      const { page } = driver();
      servers = watchServers();
      devTools = await driver().openDevTools();
      panel = await devTools.showPanel();
      await devTools.resizePanel(1400, 900);
      await page.goto(site.app);
      await login(page);
      for (const button of ['#verify-id-token', '#call-orders', '#refresh', '#call-tampered', '#call-admin'])
        await use(page, button);
      for (const button of ['#session-login', '#authjs-login']) await use(page, button);
      await signIn(page, site, 'hybrid');
      await signIn(page, site, 'dpop');
      await use(page, '#call-orders');
      await rowWith(panel, 'DPoP proof');
      servers.stop();
      await openToken(panel, 'Session · alice');
      await giveKey(panel, SESSION_SECRET);
      await signatureIs(panel, 'verified');
      secrets = [
        ...new Set([SESSION_SECRET, ...servers.secrets(), ...(await driver().background.evaluate(capturedIn))]),
      ];
      expect(secrets.length).toBeGreaterThan(30);
    });

    test.each(FORMATS)('%s holds nothing that opens a door, in any form', async (format, ending) => {
      const { name, text } = await exportAs(driver(), panel, format);
      expect(name).toMatch(new RegExp(`^claimcheck-[\\dT-]+\\.${ending}$`));
      expect(text).toContain('token-1');
      expect(secrets.filter((secret) => formsOf(secret).some((form) => text.includes(form)))).toEqual([]);
    });

    test.each(FORMATS)('%s holds the tokens when that is asked for, and its name says so', async (format, ending) => {
      const { name, text } = await exportAs(driver(), panel, format, { live: true });
      expect(name).toMatch(new RegExp(`^claimcheck-[\\dT-]+-LIVE\\.${ending}$`));
      const captured = await driver().background.evaluate(capturedIn);
      expect(captured.filter((token) => !text.includes(token))).toEqual([]);
    });

    test('live credentials are asked for anew each time', async () => {
      await panel.click({ selector: '.bar button', text: 'Export' });
      await expect
        .poll(() =>
          panel.evaluate(() => document.querySelector<HTMLInputElement>('dialog .setting [type=checkbox]')?.checked),
        )
        .toBe(false);
      await closeDialog(panel);
    });

    test('a part of the log holds nothing of the others', async () => {
      await setFilter(panel, 'mallory');
      await panel.waitUntil({ what: 'one row' }, (row) => document.querySelectorAll(row).length === 1, ROW);
      const { text } = await exportAs(driver(), panel, 'json', { scope: 'shown' });
      const { tokens, exchanges } = JSON.parse(text);
      expect(tokens).toMatchObject([{ payload: { sub: 'mallory' } }]);
      expect(exchanges).toMatchObject([{ status: 401 }]);
      expect(text).not.toContain('alice');
      await setFilter(panel, '');
    });

    test('opened again, a redacted log has its claims and says what is not in it', async () => {
      const { name, bytes } = await exportAs(driver(), panel, 'json');
      await importFile(panel, files.put(name, bytes));
      await expect.poll(() => fileFacts(panel)).toContain('This export was redacted: signatures were taken off');
      await openOnly(panel, 'mallory');
      await expect
        .poll(async () => (await verdictOf(panel))[0])
        .toContain('The signature was taken off when this was exported.');
      await closeLog(panel);
    });

    test('opened again, a HAR has the tokens that it was given', async () => {
      const count = await panel.evaluate(() => document.querySelector('#tab-tokens')?.textContent);
      const { name, bytes } = await exportAs(driver(), panel, 'har', { live: true });
      await importFile(panel, files.put(name, bytes));
      await panel.waitUntil(
        { what: `${count}` },
        (wanted) => document.querySelector('#tab-tokens')?.textContent === wanted,
        count,
      );
      await closeLog(panel);
    });

    // The last, since Chromium shows what it opened in place of what it recorded.
    test("opened in the network panel of DevTools, a HAR has the log's requests", async () => {
      const { text } = await exportAs(driver(), panel, 'har');
      const entries: readonly { readonly request: HarRequest; readonly response: HarRequest }[] =
        JSON.parse(text).log.entries;
      expect(entries.length).toBeGreaterThan(10);
      const lineOf = ({ method, url, status }: HarRequest) => `${status} ${method} ${url}`;
      expect((await devTools.openHar(text)).map(lineOf).sort()).toEqual(
        entries.map(({ request: { method, url }, response: { status } }) => lineOf({ method, url, status })).sort(),
      );
    });
  });
});
