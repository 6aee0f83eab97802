/** Issue 4, part 6: for each reason of a refusal the panel names it, and not where it is only nearly there. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { messagesOf } from '../../build.mjs';
import type { WhyCode } from '../../src/core/judge/diagnosis.ts';
import { FAULT_CALLS, type FaultCall, GOOD_CALLS } from '../site/faults/calls.ts';
import { type Site, startSite } from '../site/site.ts';
import type { Page, Surface } from './driver.ts';
import { filterBy, openExchange, showView } from './panel-reader.ts';
import { inBothBrowsers } from './scenario.ts';

const messages = new Map<string, { readonly message: string }>(Object.entries(messagesOf('src/_locales/en')));

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

/** All calls of the page, one after another. */
const callAll = async (page: Page): Promise<void> => {
  await page.waitUntil({ what: 'the page /faults' }, () => document.body.dataset.state === 'ready');
  for (const { id } of FAULT_CALLS) {
    await page.click(`#${id}`);
    await page.waitFor((wanted) => document.querySelector('#last-status')?.textContent?.startsWith(`${wanted}:`), id);
  }
};

/** The row of a call, once its reason is as it should be; after that no other would come. */
const reasonOf = async (panel: Surface, { id }: FaultCall, reason: WhyCode | undefined): Promise<string> => {
  await filterBy(panel, `call=${id}&end -status:204`);
  const [before = '', after = ''] = reason ? (messages.get(`why_short_${reason}`)?.message.split('$1') ?? []) : [];
  return panel.waitUntil(
    { what: `the reason of ${id}: ${reason}` },
    (call, isRefused, start, end) => {
      const row = document.querySelector('tbody .exchange');
      // Before the filter holds, another call stands on top.
      if (!row?.querySelector('[data-column=address]')?.textContent?.includes(`call=${call}&`)) return undefined;
      const text = row.querySelector('[data-column=reason]')?.textContent?.trim();
      if (text === undefined || row.querySelector('[data-column=status]')?.textContent?.includes('…')) return undefined;
      return isRefused ? text.startsWith(start) && text.endsWith(end) && text : text === '' && 'none';
    },
    id,
    reason !== undefined,
    before,
    after,
  );
};

describe('why a request was refused', () => {
  inBothBrowsers('why', (driver) => {
    let panel: Surface;
    beforeAll(async () => {
      await driver().page.goto(site.app);
      panel = await (await driver().openDevTools()).showPanel();
      await driver().page.goto(`${site.app}/faults`);
      await callAll(driver().page);
      await showView(panel, 'Exchanges');
    });

    test.each(GOOD_CALLS)('$id is taken, and nothing is said of it', async (call) => {
      expect(await reasonOf(panel, call, undefined)).toBe('none');
    });

    test.each(FAULT_CALLS)('$id: $reason', async (call) => {
      expect(await reasonOf(panel, call, call.reason)).not.toBe('');
    });

    test('the sentence, its evidence, and what was looked at stand on top of the exchange', async () => {
      await filterBy(panel, 'call=audience&end');
      await openExchange(panel);
      const said = await panel.waitFor(() => document.querySelector('.detail .say')?.textContent);
      expect(said).toContain(
        `Refused with 401: the token is for https://reports.example; all tokens that this API took were for ${site.api}`,
      );
      expect(said).toMatch(/Looked at and in order: .*time.*signature/);
    });
  });
});

describe('a server whose clock is 90 s ahead', () => {
  let ahead: Site;
  beforeAll(async () => {
    ahead = await startSite({ apiClockOffsetSeconds: 90 });
  });
  afterAll(() => ahead.close());

  inBothBrowsers('clock', (driver) => {
    test('a token that lives on by this clock had expired by the server’s', async () => {
      await driver().page.goto(`${ahead.app}/faults`);
      await driver().page.waitUntil({ what: 'the page /faults' }, () => document.body.dataset.state === 'ready');
      const panel = await (await driver().openDevTools()).showPanel();
      await driver().page.click('#short-lived');
      await showView(panel, 'Exchanges');
      await filterBy(panel, 'call=short-lived&end -status:204');
      await openExchange(panel);
      const said = await panel.waitUntil({ what: 'the reason' }, () =>
        document.querySelector('.detail .say h1')?.textContent?.includes('clock')
          ? document.querySelector('.detail')?.textContent
          : undefined,
      );
      expect(said).toMatch(/it had expired (2\d|30|31) s before the request left, by the server's clock/);
      expect(said).toMatch(/1 min (29|30) s ahead|9\d s ahead/);
    });
  });
});
