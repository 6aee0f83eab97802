/** What keys open, and the ring of keys: by keyboard alone, and as axe sees it, light and dark. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encryptedToken, openingJwk } from '../fixtures/encrypted.ts';
import { certificate, pairFor, publicJwk } from '../fixtures/keys.ts';
import { CLAIMS, encodeSegment, SECRET, signedToken } from '../fixtures/tokens.ts';
import { axeViolations } from './axe.ts';
import type { DevTools, Surface } from './driver.ts';
import { show } from './opened.ts';
import { giveKey, ROW, says, signatureIs } from './panel.ts';
import { inBothBrowsers } from './scenario.ts';

const PICTURES = join('node_modules', '.cache', 'e2e');

const focused = (panel: Surface): Promise<string> =>
  panel.evaluate(() => {
    const { activeElement } = document;
    const label = activeElement instanceof HTMLInputElement ? activeElement.labels?.[0]?.textContent : undefined;
    return activeElement?.getAttribute('aria-label') ?? label?.trim() ?? activeElement?.textContent?.trim() ?? '';
  });

/** Goes on with Tab, as a person does who sees where the focus is, until it is there. */
const tabTo = async (panel: Surface, name: string, key = 'Tab'): Promise<void> => {
  const passed: string[] = [];
  while (passed.length < 40) {
    await panel.press(key);
    const now = await focused(panel);
    if (now.startsWith(name)) return;
    passed.push(now);
  }
  throw new Error(`Tab never came to ${name}, but to ${passed.join(', ')}`);
};

const hash = async (text: string): Promise<string> =>
  Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(text))).toString('base64url');

/** An SD-JWT with one claim that is disclosed, one that is hidden, and one disclosure that is not its own. */
const selective = async (): Promise<string> => {
  const own = encodeSegment(['salt', 'email', 'alice@login.test']);
  const stray = encodeSegment(['salt', 'role', 'admin']);
  const payload = {
    ...CLAIMS,
    _sd: [await hash(own), await hash('a decoy')],
    cnf: { jwk: publicJwk(pairFor('ES384')) },
  };
  return `${await signedToken('ES256', { header: { typ: 'dc+sd-jwt' }, payload })}~${own}~${stray}~`;
};

const proof = (): Promise<string> =>
  signedToken('ES256', {
    header: { typ: 'dpop+jwt', jwk: publicJwk(pairFor('ES256')) },
    payload: { jti: 'one', htm: 'GET', htu: 'https://api.test/orders', iat: 1_700_000_000 },
  });

describe('what keys open', () => {
  beforeAll(() => {
    mkdirSync(PICTURES, { recursive: true });
  });

  inBothBrowsers('the panel', (driver) => {
    describe('in DevTools', () => {
      let devTools: DevTools;
      let panel: Surface;
      beforeAll(async () => {
        devTools = await driver().openDevTools();
        panel = await devTools.showPanel();
        await devTools.resizePanel(1200, 900);
      });
      afterAll(() => devTools.close());

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
          await panel.screenshot(join(PICTURES, `${driver().browser}-${name}-${theme}.png`));
          expect(await axeViolations(panel), `${name}, ${theme}`).toEqual([]);
        }
      };

      test('axe finds nothing in the detail of an SD-JWT', async () => {
        await show(panel, await selective());
        await says(panel, 'table[aria-label=Disclosures]', 'no digest in the token is its own');
        await says(panel, '.hidden', '1 digest without a disclosure');
        await isAccessible('sd-jwt');
      });

      test('nor of an encrypted token, closed and open, with a signed one inside', async () => {
        const inside = await signedToken('ES256', { payload: { ...CLAIMS, sub: 'inside' } });
        await show(panel, await encryptedToken('A256KW', { payload: inside, header: { cty: 'JWT' } }));
        await isAccessible('jwe-closed');
        await giveKey(panel, JSON.stringify(openingJwk('A256KW')));
        await signatureIs(panel, 'decrypted');
        await panel.waitFor(() => document.querySelector('section.inner'));
        await isAccessible('jwe-open');
      });

      test('nor of a DPoP proof', async () => {
        await show(panel, await proof());
        await signatureIs(panel, 'verified');
        await says(panel, '.say', 'DPoP proof, signed with the key that it carries; it serves one request.');
        await isAccessible('dpop');
      });

      test('nor in the ring, with a key open, a certificate, and the warning', async () => {
        await panel.click({ selector: '.bar button', text: 'Keys' });
        for (const key of [SECRET, await certificate(pairFor('ES256'))]) {
          await panel.paste('dialog .key-box textarea', key);
          await panel.click({ selector: 'dialog .trial button', text: 'Add to the keys' });
        }
        await panel.waitFor(() => document.querySelectorAll('dialog .ring-key').length === 3);
        await panel.click({ selector: 'dialog .ring-key', text: 'X.509 certificate' });
        await says(panel, 'dialog .certificate', 'SHA-256 fingerprint');
        await isAccessible('ring');
        await panel.click({ selector: 'dialog .ring-key', text: 'X.509 certificate' });
        await panel.click({ selector: 'dialog .ring-key', text: 'Shared secret' });
        await panel.click({ selector: 'dialog .ring-actions button', text: 'Remember' });
        await says(panel, '[role=alertdialog]', 'Write a secret to disk?');
        await isAccessible('ring-warning');
        await panel.click({ selector: '[role=alertdialog] button', text: 'Do not write it' });
        await panel.click({ selector: 'dialog .ring-key', text: 'Shared secret' });
        await panel.click({ selector: 'dialog button', text: 'Close' });
        await panel.waitUntil({ what: 'the end of the dialog' }, () => document.querySelector('dialog') === null);
      });

      test('the ring is used by keyboard alone', async () => {
        // Headless, Firefox's DevTools is no active window, in which keys press no button: the same view in a tab.
        const isTab = driver().browser === 'firefox';
        const own = isTab ? await driver().openToolbarPage() : undefined;
        await own?.activate();
        const view = own ?? panel;
        if (isTab) await show(view, await proof());
        await view.click({ selector: ROW, text: 'DPoP' });
        await view.press('/');
        await expect.poll(() => focused(view)).toBe('Filter tokens');
        await tabTo(view, 'Keys');
        await view.press('Enter');
        await view.waitFor(() => document.querySelectorAll('dialog .ring-key').length === 3);
        await view.waitFor(() => document.activeElement?.matches('dialog textarea'));
        await tabTo(view, '✓Shared secret');
        await view.press('Enter');
        await view.waitFor(() => document.querySelector('dialog .ring-actions'));
        await tabTo(view, 'Name');
        for (const key of 'mine') await view.press(key);
        await view.press('Tab');
        await says(view, 'dialog .ring-key b', 'mine');
        await expect.poll(() => focused(view)).toBe('Remember');
        await view.press('Enter');
        await view.waitFor(() => document.activeElement?.textContent === 'Do not write it');
        await view.press('Enter');
        await view.waitFor(() => document.activeElement?.textContent === 'Remember');
        await tabTo(view, '✓mine Shared secret', 'Shift+Tab');
        await view.press('Enter');
        await view.waitUntil({ what: 'a closed key' }, () => document.querySelector('dialog .ring-open') === null);
        await view.press('Escape');
        await view.waitUntil({ what: 'the end of the dialog' }, () => document.querySelector('dialog') === null);
        await expect.poll(() => focused(view)).toBe('Keys');
        await own?.close();
      });
    });
  });
});
