/** Issue 4, part 5: a policy made from a token, what it says of every exchange, its file, and what cannot be read. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Site, startSite } from '../site/site.ts';
import { axeInThemes, axeViolations, NO_VIOLATIONS } from './axe.ts';
import type { Surface } from './driver.ts';
import { columnIs, filterBy, openExchange, openToken, showView, textOf } from './panel-reader.ts';
import { eventually } from './poll.ts';
import { inBothBrowsers } from './scenario.ts';
import { answerHas, checksOf, closeDialog, hostOf, openPanel } from './trust.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

const NOTE = 'written by a later version';

const saidIs = (panel: Surface, text: string): Promise<unknown> =>
  panel.waitUntil(
    { what: `"${text}" in the dialogue` },
    (wanted) => [...document.querySelectorAll('dialog output')].some((one) => one.textContent?.includes(wanted)),
    text,
  );

/** The field of the form by its label; gives what stands in it. */
const fieldOf = (panel: Surface, label: string): Promise<string> =>
  panel.evaluate((wanted) => {
    const found = [...document.querySelectorAll('dialog label')].find((one) => one.textContent === wanted);
    const field = found instanceof HTMLLabelElement ? found.control : null;
    return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field.value : 'no such field';
  }, label);

/** Puts the text in place of what stands in the field. */
const fill = async (panel: Surface, label: string, text: string): Promise<void> => {
  const id = await panel.evaluate(
    (wanted) =>
      [...document.querySelectorAll<HTMLLabelElement>('dialog label')].find((one) => one.textContent === wanted)
        ?.htmlFor,
    label,
  );
  await panel.selectText(`[id="${id}"]`);
  await panel.press('Delete');
  await panel.type(`[id="${id}"]`, text);
};

describe('a policy', () => {
  inBothBrowsers('policy', (driver) => {
    let panel: Surface;
    const api = () => hostOf(site.api);

    beforeAll(async () => {
      const { page } = driver();
      await page.goto(site.app);
      panel = await openPanel(driver());
      await page.goto(`${site.app}/faults`);
      await page.waitUntil({ what: 'the page /faults' }, () => document.body.dataset.state === 'ready');
    });

    /** A call of the page `/faults`. */
    const callFault = async (id: string): Promise<void> => {
      await driver().page.click(`#${id}`);
      await driver().page.waitFor(
        (wanted) => document.querySelector('#last-status')?.textContent?.startsWith(`${wanted}:`),
        id,
      );
    };

    test('is made from an accepted access token, and accepts it', async () => {
      await openToken(panel, 'Access token · alice');
      await answerHas(panel, 2, `none for ${api()}`);
      await panel.click({ selector: '[aria-label=Verdict] button', text: 'make one' });
      await panel.waitFor(() => document.querySelector('dialog .policy-form') !== null);
      await expect.poll(() => fieldOf(panel, 'API')).toBe(site.api);
      await expect.poll(() => fieldOf(panel, 'Issuers')).toBe(`${site.app}/desk`);
      await expect.poll(() => fieldOf(panel, 'Audiences')).toBe(site.api);
      expect(await fieldOf(panel, 'Algorithms')).not.toBe('');
      expect(await axeInThemes(driver(), panel)).toEqual(NO_VIOLATIONS);
      await panel.click({ selector: 'dialog button', text: 'Save' });
      await saidIs(panel, 'Saved.');
      await closeDialog(panel);
      await answerHas(panel, 2, 'accept');
    });

    test('rejects a call with another audience: in the verdict, in the exchange and in the list', async () => {
      await callFault('audience');
      await showView(panel, 'Exchanges');
      await filterBy(panel, 'decision:reject');
      await columnIs(panel, 'decision', '✕ reject');
      await openExchange(panel, 'call=audience');
      await eventually(async () => {
        const checks = await checksOf(panel, 'Checks of the policy');
        expect(checks.find(({ state }) => state === 'fails')).toEqual({
          state: 'fails',
          name: 'Audience',
          says: `it is for https://reports.example; accepted: ${site.api}`,
        });
      });
      await expect.poll(() => textOf(panel, '.detail')).toContain('reject: it is for https://reports.example');
      await panel.click({ selector: '.carried button', text: 'Access token' });
      await answerHas(panel, 2, 'reject: it is for https://reports.example');
      await showView(panel, 'Exchanges');
      await filterBy(panel, 'decision:accept call=good-jose');
      await columnIs(panel, 'decision', '✓ accept');
    });

    test('edited: a leeway makes good what had expired', async () => {
      await callFault('expired');
      await filterBy(panel, 'call=expired&end -status:204');
      await columnIs(panel, 'decision', '✕ reject');
      await openExchange(panel);
      await panel.click({ selector: '.detail button', text: 'Edit the policy' });
      await panel.waitFor(() => document.querySelector('dialog .policy-form') !== null);
      await fill(panel, 'Leeway', '3600');
      await panel.click({ selector: 'dialog button', text: 'Save' });
      await saidIs(panel, 'Saved.');
      await closeDialog(panel);
      await columnIs(panel, 'decision', '✓ accept');
    });

    test('goes out as a file and comes in again; outlives DevTools', async () => {
      await panel.click({ selector: '.detail button', text: 'Edit the policy' });
      await panel.click({ selector: 'dialog button', text: 'Export' });
      const { name, text } = await driver().nextDownload();
      expect(name).toMatch(/^claimcheck-policies-[\d-]+\.json$/);
      expect(JSON.parse(text)).toMatchObject({
        claimcheck: 1,
        kind: 'policies',
        policies: [{ origin: site.api, audiences: [site.api], leeway: 3600 }],
      });
      await panel.click({ selector: 'dialog button', text: 'Delete' });
      await saidIs(panel, 'Deleted.');
      await panel.paste('[aria-label="Policies to import"]', text.replace('3600', '60'));
      await panel.click({ selector: '.policy-files button', text: 'Import' });
      await saidIs(panel, '1 imported.');
      await closeDialog(panel);
      const devTools = await driver().openDevTools();
      await devTools.close();
      panel = await openPanel(driver());
      await openToken(panel, 'Access token · alice');
      await panel.click({ selector: '[aria-label=Verdict] button', text: `policy for ${api()}` });
      await panel.waitFor(() => document.querySelector('dialog .policy-form') !== null);
      await expect.poll(() => fieldOf(panel, 'Leeway')).toBe('60');
      await closeDialog(panel);
    });

    test('that cannot be read is reported with its text, and not lost', async () => {
      const broken = { v: 99, note: NOTE };
      await driver().background.evaluate(async (value) => {
        await chrome.storage.local.set({ 'policy/https://broken.example': value });
      }, broken);
      await panel.click({ selector: '[aria-label=Verdict] button', text: `policy for ${api()}` });
      await expect.poll(() => textOf(panel, '.policy-broken')).toContain('https://broken.example');
      await expect
        .poll(() => panel.evaluate(() => document.querySelector<HTMLTextAreaElement>('.policy-broken textarea')?.value))
        .toContain(NOTE);
      expect(await axeViolations(panel)).toEqual([]);
      await panel.click({ selector: 'dialog button', text: 'Save' });
      await saidIs(panel, 'Saved.');
      const stored = await driver().background.evaluate(
        async () => (await chrome.storage.local.get('policy/https://broken.example'))['policy/https://broken.example'],
      );
      expect(stored).toEqual(broken);
    });
  });
});
