/** The key ring's own view: what it shows, what can be done with a key, and what of it is ever on the disk. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ecPair, pairFor, privatePem, publicJwk, publicPem } from '../fixtures/keys.ts';
import { CLAIMS, hmacToken, SECRET, signedToken } from '../fixtures/tokens.ts';
import { type Listening, listen } from '../site/listen.ts';
import type { DevTools, Surface } from './driver.ts';
import { show } from './opened.ts';
import { giveKey, says, signatureIs, verdictOf } from './panel.ts';
import { eventually } from './poll.ts';
import { inBothBrowsers } from './scenario.ts';

/** The rows of the ring, as `issuer: what it is`, once each key was read: until then a row has no label. */
const rowsOf = (panel: Surface): Promise<readonly string[]> =>
  panel.waitUntil({ what: 'the keys of the ring to be read' }, () => {
    const rows = [...document.querySelectorAll('dialog .ring-key')];
    return (
      rows.every((row) => row.querySelector('.cut')?.textContent) &&
      rows.map((row) => {
        const [, ...parts] = [...row.children].map(({ textContent }) => textContent?.trim());
        return `${row.closest('.ring-group')?.querySelector('h2')?.textContent}: ${parts.join(' · ')}`;
      })
    );
  });

const closeDialog = async (panel: Surface): Promise<void> => {
  await panel.click({ selector: 'dialog button', text: 'Close' });
  await panel.waitUntil({ what: 'the end of the dialog' }, () => document.querySelector('dialog') === null);
};

const openRing = async (panel: Surface): Promise<void> => {
  await panel.click({ selector: '.bar button', text: 'Keys' });
  await panel.waitFor(() => document.querySelector('dialog .ring-foot button'));
};

/** In the background: all that is stored in memory, or on the disk, as text. */
const stored = async (area: 'local' | 'session'): Promise<string> =>
  JSON.stringify(await chrome.storage[area].get(null));

describe('the key ring', () => {
  /** Serves a JWKS to whoever comes by. */
  let issuer: Listening;
  const [seen, given] = [ecPair('P-256'), pairFor('ES384')];
  const published = JSON.stringify({ keys: [publicJwk(seen, { kid: 'seen-1' })] });
  beforeAll(async () => {
    issuer = await listen('localhost', 0);
    issuer.serve((request, response) => {
      response.setHeader('content-type', request.url === '/jwks' ? 'application/jwk-set+json' : 'text/html');
      response.end(request.url === '/jwks' ? published : '<!doctype html><title>issuer</title><p>A page</p>');
    });
  });
  afterAll(() => issuer.close());

  inBothBrowsers('its view', (driver) => {
    describe('in DevTools', () => {
      let devTools: DevTools;
      let panel: Surface;
      const open = async () => {
        devTools = await driver().openDevTools();
        panel = await devTools.showPanel();
        await devTools.resizePanel(1200, 900);
      };
      /** Opens the row of the ring that has this text, if it is closed. */
      const openKey = async (text: string) => {
        await panel.click({ selector: 'dialog .ring-key[aria-expanded=false]', text });
        await panel.waitFor(() => document.querySelector('dialog .ring-actions'));
      };
      const closeKey = (text: string) => panel.click({ selector: 'dialog .ring-key[aria-expanded=true]', text });
      const act = (text: string) => panel.click({ selector: 'dialog .ring-actions button', text });

      beforeAll(async () => {
        await driver().page.goto(`${issuer.origin}/`);
        await open();
      });
      afterAll(() => devTools.close());

      test('groups the keys by issuer, each with where it came from', async () => {
        await driver().page.evaluate(() => fetch('/jwks').then((response) => response.text()));
        await show(panel, await signedToken('ES384', { payload: { ...CLAIMS, sub: 'of a given key' } }));
        await giveKey(panel, JSON.stringify(publicJwk(given, { kid: 'given-1' })));
        await signatureIs(panel, 'verified');
        await openRing(panel);
        await panel.paste('dialog .key-box textarea', SECRET);
        await panel.click({ selector: 'dialog .trial button', text: 'Add to the keys' });
        await panel.waitFor(() => document.querySelectorAll('dialog .ring-key').length === 3);
        await eventually(async () => {
          const rows = await rowsOf(panel);
          const host = new URL(issuer.origin).host;
          expect(rows).toEqual(
            expect.arrayContaining([
              'https://login.test: JWK · given-1 · EC P-384 · given by you',
              expect.stringMatching(/^Of no known issuer: Shared secret · 35 bytes.* · given by you$/),
            ]),
          );
          expect(rows.find((row) => row.includes('seen-1'))).toContain(`JWKS seen in traffic · ${host}`);
        });
        expect(await driver().background.evaluate(stored, 'local')).not.toContain('remembered/');
      });

      test('names a key, and pins one that was seen', async () => {
        await openKey('given-1');
        await panel.type('dialog .ring-open input', 'The login of the tests');
        await panel.press('Enter');
        await says(panel, 'dialog .ring-key', 'The login of the tests');
        await closeKey('given-1');
        await expect.poll(() => panel.evaluate(() => document.querySelector('dialog .ring-open'))).toBe(null);

        await openKey('seen-1');
        await says(panel, 'dialog .ring-open dl', 'seen-1');
        await act('Pin');
        await says(panel, 'dialog .ring-key', 'pinned');
        await closeKey('seen-1');
        await closeDialog(panel);
        await show(
          panel,
          await signedToken('ES256', {
            pair: seen,
            header: { kid: 'seen-1' },
            payload: { ...CLAIMS, iss: issuer.origin, sub: 'of a pinned key' },
          }),
        );
        await signatureIs(panel, 'verified');
        await expect.poll(async () => (await verdictOf(panel))[3]).toMatch(/^pinned by you · /);
        await openRing(panel);
      });

      test('copies a key as JWK and as PEM', async () => {
        /** What lies in the clipboard, through the box, which is empty again after. */
        const copied = async (): Promise<string> => {
          await panel.click('dialog .key-box textarea');
          await panel.press('Control+v');
          const text = await panel.waitFor(
            () => document.querySelector<HTMLTextAreaElement>('dialog .key-box textarea')?.value,
          );
          await panel.press('Control+a');
          await panel.press('Delete');
          return text;
        };
        await openKey('given-1');
        await act('Copy as JWK');
        await says(panel, 'dialog output', 'JWK');
        await expect.poll(async () => JSON.parse(await copied())).toEqual(publicJwk(given, { kid: 'given-1' }));
        await act('Copy as PEM');
        await says(panel, 'dialog output', 'PEM');
        await expect.poll(async () => (await copied()).trim()).toBe(publicPem(given).trim());
        await closeKey('given-1');

        // Of a private key the public half, and it says so.
        await panel.paste('dialog .key-box textarea', privatePem(pairFor('ES512')));
        await panel.click({ selector: 'dialog .trial button', text: 'Add to the keys' });
        await openKey('Private key');
        await act('Copy the public half as JWK');
        await expect.poll(async () => JSON.parse(await copied())).toEqual(publicJwk(pairFor('ES512')));
        await closeKey('Private key');
      });

      test('saves the public keys, and nothing private or secret', async () => {
        await panel.click({ selector: 'dialog .ring-foot button', text: 'Save the public keys' });
        const { name, text } = await driver().nextDownload();
        expect(name).toMatch(/^claimcheck-keys-\d{4}-\d\d-\d\d\.json$/);
        const { keys } = JSON.parse(text) as { keys: Record<string, unknown>[] };
        expect(keys).toHaveLength(3);
        expect(keys.map(({ kty, crv }) => `${kty} ${crv}`).sort()).toEqual(['EC P-256', 'EC P-384', 'EC P-521']);
        for (const key of keys) {
          for (const member of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k', 'priv']) expect(key).not.toHaveProperty(member);
        }
        expect(text).not.toContain(SECRET);
        expect(text).not.toContain(Buffer.from(SECRET).toString('base64url'));
        await says(panel, 'dialog output', name);
      });

      test('warns before a secret goes to the disk, and does not write it on a no', async () => {
        await openKey('Shared secret');
        await act('Remember');
        await says(panel, '[role=alertdialog]', 'Write a secret to disk?');
        await panel.waitFor(() => document.activeElement?.textContent === 'Do not write it');
        await panel.click({ selector: '[role=alertdialog] button', text: 'Do not write it' });
        await panel.waitFor(() => document.activeElement?.textContent === 'Remember');
        expect(await driver().background.evaluate(stored, 'local')).not.toContain(SECRET);

        await act('Remember');
        await panel.click({ selector: '[role=alertdialog] button', text: 'Write it to disk' });
        await says(panel, 'dialog .ring-key', 'remembered on disk');
        await expect.poll(() => driver().background.evaluate(stored, 'local')).toContain(SECRET);
        await expect.poll(() => driver().background.evaluate(stored, 'session')).not.toContain(SECRET);
        await closeKey('Shared secret');
        await closeDialog(panel);
      });

      test('what is remembered outlasts the session, and what is not goes with it', async () => {
        await devTools.close();
        await driver().background.evaluate(() => chrome.storage.session.clear());
        await open();
        await show(panel, hmacToken(SECRET, { payload: { ...CLAIMS, sub: 'of a remembered key' } }));
        await signatureIs(panel, 'verified');
        await openRing(panel);
        await eventually(async () => {
          const rows = await rowsOf(panel);
          expect(rows).toHaveLength(1);
          expect(rows[0]).toMatch(/Shared secret · .*remembered on disk$/);
        });

        await openKey('Shared secret');
        await act('Take off the disk');
        await panel.waitUntil(
          { what: 'a key in memory alone' },
          () => !document.querySelector('dialog .ring-key')?.textContent?.includes('remembered'),
        );
        await expect.poll(() => driver().background.evaluate(stored, 'local')).not.toContain(SECRET);
        await expect.poll(() => driver().background.evaluate(stored, 'session')).toContain(SECRET);
      });

      test('removes a key, and with it what it verified', async () => {
        await act('Remove');
        await says(panel, 'dialog output', 'The key was removed.');
        await says(panel, 'dialog', 'No key is known yet.');
        await panel.waitFor(() => document.activeElement?.getAttribute('aria-label') === 'Key');
        await expect.poll(() => driver().background.evaluate(stored, 'session')).not.toContain(SECRET);
        await panel.click({ selector: 'dialog .ring-foot button', text: 'Save the public keys' });
        await says(panel, 'dialog output', 'There is no public key to save.');
        await closeDialog(panel);
        await signatureIs(panel, 'no key');
      });
    });
  });
});
