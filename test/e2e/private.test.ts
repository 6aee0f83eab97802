/** Issue 2: what private windows send, and the keys given there, are theirs alone and go with the last of them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Site, startSite } from '../site/site.ts';
import { giveKey, signatureIs } from './panel.ts';
import { openToken, rowsAre } from './panel-reader.ts';
import { poll } from './poll.ts';
import { inBothBrowsers } from './scenario.ts';
import { bearer, call, echoUrl, tokenOf } from './traffic.ts';

/** Signs what `tokenOf` makes: a key that fits is kept by itself. */
const KEY = 'a secret that no test needs to know';

describe('private windows', () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite();
  });
  afterAll(() => site.close());

  inBothBrowsers(
    'tokens and keys',
    (driver) => {
      test('stay apart from normal windows, outlast a normal tab, and go with the last private window', async () => {
        const { page, browser, background } = driver();
        /** All that the background of normal windows finds in storage. */
        const stored = () => background.evaluate(async () => JSON.stringify(await chrome.storage.session.get(null)));
        const echo = echoUrl(site.app, ['a', 'b']);
        await page.goto(site.app);
        await call(page, echo, bearer(tokenOf('normal-user')));
        const normal = await (await driver().openDevTools(page)).showPanel();
        await rowsAre(normal, 'normal-user');

        const secret = await driver().newPrivateWindow(site.app);
        const token = tokenOf('private-user');
        // DevTools first: Chromium starts its private half with the window, and what is sent meanwhile may pass it by.
        const devTools = await driver().openDevTools(secret);
        const panel = await devTools.showPanel();
        await call(secret, echo, bearer(token));
        await rowsAre(panel, 'private-user');
        await openToken(panel, 'private-user');
        await giveKey(panel, KEY);
        await signatureIs(panel, 'verified');
        await rowsAre(normal, 'normal-user');
        // Firefox has one background for both kinds; Chromium one for each, and this one may not even see it.
        if (browser === 'firefox') {
          await poll('the key in storage', async () => (await stored()).includes(KEY));
          await expect.poll(() => stored()).toContain(token);
        } else {
          expect(await stored()).not.toContain(token);
          expect(await stored()).not.toContain(KEY);
        }

        const closing = await driver().newTab(site.app);
        const closed = tokenOf('closed-user');
        await call(closing, echo, bearer(closed));
        await poll('the token of the other tab', async () => (await stored()).includes(closed));
        await closing.close();
        await poll('storage without it', async () => !(await stored()).includes(closed));
        await call(secret, echo, bearer(tokenOf('second-user')));
        await rowsAre(panel, 'private-user', 'second-user');

        await devTools.close();
        await secret.close();
        await poll(
          'storage without them',
          async () => !(await stored()).includes(token) && !(await stored()).includes(KEY),
        );
        await rowsAre(normal, 'normal-user');
        const next = await driver().newPrivateWindow(site.app);
        const nextPanel = await (await driver().openDevTools(next)).showPanel();
        await call(next, echo, bearer(tokenOf('third-user')));
        await rowsAre(nextPanel, 'third-user');
      });
    },
    { privateWindows: true },
  );
});
