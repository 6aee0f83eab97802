/** Issue 2, parts 2 and 9: what the person decides about the capture, and what is kept apart. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Site, startSite } from '../site/site.ts';
import type { DevTools, Surface } from './driver.ts';
import { says } from './panel.ts';
import { openToken, rowsAre, rowWith, seenIn, sightingsOf } from './panel-reader.ts';
import { poll } from './poll.ts';
import { inBothBrowsers } from './scenario.ts';
import { bearer, call, settle, storedKeys, tokenOf } from './traffic.ts';

const CLEAR = '[aria-label="Clear this tab\'s log"]';
const PAUSE = '[aria-label="Pause capturing"]';
const RESUME = '[aria-label="Resume capturing"]';
const ONLY_WHILE_OPEN = { selector: 'dialog label', text: 'Capture only while DevTools is open' };

let site: Site;
let echo = '';
beforeAll(async () => {
  site = await startSite();
  echo = `${site.app}/echo`;
});
afterAll(() => site.close());

describe('what the person decides', () => {
  inBothBrowsers('capture', (driver) => {
    let devTools: DevTools;
    let panel: Surface;
    beforeAll(async () => {
      await driver().page.goto(site.app);
      devTools = await driver().openDevTools();
      panel = await devTools.showPanel();
    });

    const isStored = (setting: string) =>
      poll(`${setting} where the background reads it`, () =>
        driver().background.evaluate(
          async (wanted) => JSON.stringify(await chrome.storage.local.get(null)).includes(wanted),
          setting,
        ),
      );

    test('opaque credentials are counted, and the empty panel says so', async () => {
      const { page } = driver();
      // What the panel does not know of yet it would not clear.
      await settle(driver(), page, site.app);
      await rowsAre(panel, 'settler');
      await panel.click(CLEAR);
      await says(panel, '.reasons', 'No request has been seen in this tab yet.');
      await call(page, echo, { Authorization: 'Bearer 0123456789abcdef' });
      await call(page, echo);
      await says(panel, '.reasons', 'Nothing token-shaped in 2 requests so far. 1 request with an opaque credential');
      await says(panel, '.status', '1 request with an opaque credential');
    });

    test('the log is cleared, and fills again', async () => {
      const { page } = driver();
      await call(page, echo, bearer(tokenOf('first-user')));
      await rowsAre(panel, 'first-user');
      await panel.click(CLEAR);
      await says(panel, 'h1', 'No token yet');
      const token = tokenOf('second-user');
      await call(page, echo, bearer(token));
      await rowsAre(panel, 'second-user');
      await panel.click(CLEAR);
      await says(panel, 'h1', 'No token yet');
      await poll('an empty storage', async () => (await storedKeys(driver(), 'token/')).length === 0);
      await call(page, echo, bearer(token));
      await rowWith(panel, 'second-user', '1 request');
    });

    test('paused, nothing is captured; resumed, it is again', async () => {
      const { page } = driver();
      await panel.click(CLEAR);
      await panel.click(PAUSE);
      await says(panel, '.reasons', 'Capturing is paused.');
      await says(panel, '.status', 'Paused');
      await isStored('"paused":true');
      await call(page, echo, bearer(tokenOf('unseen-user')));
      await panel.click(RESUME);
      await panel.waitFor((selector) => document.querySelector(selector) !== null, PAUSE);
      await isStored('"paused":false');
      await settle(driver(), page, site.app);
      await rowsAre(panel, 'settler');
    });

    test('two tabs do not mix, and a closed tab is forgotten', async () => {
      const { page, newTab } = driver();
      await panel.click(CLEAR);
      await rowsAre(panel);
      const other = await newTab(site.app);
      await call(other, echo, bearer(tokenOf('other-tab-user')));
      await call(page, echo, bearer(tokenOf('this-tab-user')));
      await poll('two tokens in storage', async () => (await storedKeys(driver(), 'token/')).length === 2);
      const otherDevTools = await driver().openDevTools(other);
      await rowsAre(await otherDevTools.showPanel(), 'other-tab-user');
      await rowsAre(panel, 'this-tab-user');
      const tabs = async () =>
        new Set((await storedKeys(driver())).map((key) => /^(?:tab|token|open)\/(\d+)/.exec(key)?.[1]).filter(Boolean));
      expect((await tabs()).size).toBe(2);
      await other.close();
      await poll('one tab in storage', async () => (await tabs()).size === 1);
      expect((await storedKeys(driver(), 'token/')).length).toBe(1);
      await page.activate();
      await rowsAre(panel, 'this-tab-user');
    });

    test('without access to sites the panel says so and captures through DevTools alone; granted, through both', async () => {
      const { page } = driver();
      await panel.click(CLEAR);
      await says(panel, 'h1', 'No token yet');
      await driver().withholdAccess();
      await says(panel, '.reasons', 'The extension has no access to this site');
      await says(panel, '.status', 'No site access');
      await page.evaluate((token) => {
        Reflect.set(document, 'cookie', `sid=${token}; Path=/echo`);
      }, tokenOf('cookie-user'));
      await call(page, echo, bearer(tokenOf('withheld-user')));
      await rowsAre(panel, 'withheld-user', 'cookie-user');
      await openToken(panel, 'cookie-user');
      await expect.poll(() => sightingsOf(panel)).toMatchObject([{ status: '200', place: 'cookie sid' }]);

      await driver().grantAccess();
      await panel.waitUntil({ what: 'no complaint' }, () => !document.body.textContent?.includes('No site access'));
      await page.goto(site.app);
      const token = tokenOf('granted-user');
      for (let sent = 1; sent <= 3; sent += 1) await call(page, echo, bearer(token));
      await settle(driver(), page, site.app);
      await openToken(panel, 'granted-user');
      await seenIn(panel, 3);
      await expect.poll(() => sightingsOf(panel)).toHaveLength(3);
      await openToken(panel, 'withheld-user');
      await seenIn(panel, 1);
    });

    test('only while DevTools is open', async () => {
      const { page } = driver();
      await panel.click(CLEAR);
      await panel.click('[aria-label=Settings]');
      await panel.click(ONLY_WHILE_OPEN);
      await panel.click('dialog [aria-label=Close]');
      await call(page, echo, bearer(tokenOf('open-user')));
      await rowWith(panel, 'open-user');
      // A background that was stopped in between hears of it all the same.
      await driver().background.kill();
      await poll('a background that DevTools woke', () => driver().background.isAlive());
      await devTools.close();
      await poll('no DevTools', async () => (await storedKeys(driver(), 'open/')).length === 0);
      await call(page, echo, bearer(tokenOf('closed-user')));
      panel = await (await driver().openDevTools()).showPanel();
      await settle(driver(), page, site.app);
      await rowWith(panel, 'settler');
      await rowWith(panel, 'open-user');
      await panel.waitFor(
        () => ![...document.querySelectorAll('[role=option]')].some((row) => row.textContent?.includes('closed-user')),
      );
    });
  });
});
