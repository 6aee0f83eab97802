/** Encrypted tokens, opened with the key of the one that they are for. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AUTH_SECRET } from '../site/authjs.ts';
import { type Site, startSite } from '../site/site.ts';
import type { Surface } from './driver.ts';
import { giveKey, says, signatureIs, verdictOf } from './panel.ts';
import { rowWith } from './panel-reader.ts';
import { eventually } from './poll.ts';
import { inBothBrowsers } from './scenario.ts';
import { answerHas, hostOf, openOnly, openPanel, sentenceHas, signIn, use } from './trust.ts';
import { rawToken, retype, sealAgain, textIn } from './workbench.ts';

describe('sealed', () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite({ accessTokenSeconds: 600 });
  });
  afterAll(() => site.close());

  inBothBrowsers('an encrypted token', (driver) => {
    let panel: Surface;
    test('is closed until it is given the private key, and then a token like any other', async () => {
      const { page } = driver();
      panel = await openPanel(driver());
      await signIn(page, site, 'sealed');
      expect(await use(page, '#call-orders')).toBe('200 OK');
      await openOnly(panel, 'alg:RSA-OAEP-256');
      await signatureIs(panel, 'no key');
      await sentenceHas(panel, 'Encrypted: without its key only the header can be read.');

      await giveKey(panel, site.sealingKey);
      await signatureIs(panel, 'decrypted');
      await expect.poll(() => answerHas(panel, 0, 'inside:')).toMatch(/^decrypted · demo-api · inside: no key/);
      await expect.poll(async () => (await verdictOf(panel))[1]).toMatch(/^Valid · until /);
      await expect.poll(async () => (await verdictOf(panel))[3]).toBe('no key has verified it');

      expect(await use(page, '#verify-id-token')).toBe('Verified');
      await expect
        .poll(() => answerHas(panel, 0, 'verified'))
        .toBe('decrypted · demo-api · inside: verified · ES256 · demo-es256');
      await expect
        .poll(async () => (await verdictOf(panel))[3])
        .toContain(`JWKS seen in traffic at ${hostOf(site.issuer)}`);
      await sentenceHas(panel, 'signature verified.');
      await rowWith(panel, 'Access token', 'alice', 'verified', 'decrypted');
      await says(panel, '[aria-label^="Inside: "] table', 'at+jwt');
      await says(panel, '[aria-label^="Inside: "] table', 'orders:read');
    });

    test('of Auth.js, in three cookies, is opened with the secret and no other', async () => {
      const { page } = driver();
      await use(page, '#authjs-login');
      const session = await page.evaluate(() => document.querySelector('#last-body')?.textContent ?? '');
      expect(JSON.parse(session).user.name).toBe('alice');
      const rows = await panel.evaluate(() => document.querySelectorAll('[role=option]').length);
      expect(rows).toBeGreaterThan(0);
      await openOnly(panel, 'alg:dir', 2);
      await says(panel, '[aria-label=Sightings]', '3 chunks');
      await expect
        .poll(() => panel.evaluate(() => document.querySelector<HTMLInputElement>('.key-box label input')?.value))
        .toBe('authjs.session-token');

      await giveKey(panel, 'not the secret of this session');
      await says(panel, '.trial', 'Every key that fits was tried, and none opens it');
      // Kept all the same, it is what is told: the private key from before could not open this one.
      await panel.click({ selector: '.trial button', text: 'Keep it' });
      await signatureIs(panel, 'not decrypted');
      await answerHas(panel, 0, 'it is another key, or the token was changed.');
      await sentenceHas(panel, 'Encrypted, and none of the keys given opens it.');
      await giveKey(panel, AUTH_SECRET);
      await signatureIs(panel, 'decrypted');
      await eventually(async () => {
        const [opened, time, , trust] = await verdictOf(panel);
        expect(opened).toBe(
          'decrypted · Shared secret · read as text · cookie authjs.session-token · it carries no signature of its own',
        );
        expect(time).toMatch(/^Valid · until /);
        expect(trust).toBe('given by you · Whoever has this key can have written it.');
      });
      await sentenceHas(panel, 'decrypted. Whoever has the key can have written it.');
      await says(panel, 'table[aria-label="Decrypted content"]', 'alice');
      await says(panel, 'table[aria-label="Decrypted content"]', 'shop:department-209:orders:write');
      await rowWith(panel, 'alice', 'decrypted', 'dir + A256CBC-HS512');
    });

    test('of Auth.js is edited and sealed again with its secret, and Auth.js takes it', async () => {
      await panel.click('[role=option][aria-selected=true]', { button: 'right' });
      await panel.click({ selector: '[role=menuitem]', text: 'Edit in the workbench' });
      await expect.poll(() => textIn(panel, 'payload')).toContain('"name":"alice"');
      await retype(panel, 'payload', '{"name":"mallory"}');
      await sealAgain(panel, AUTH_SECRET);
      await eventually(async () => {
        const cookie = `authjs.session-token=${await rawToken(panel)}`;
        const answer = await fetch(`${site.app}/auth/session`, { headers: { cookie } });
        expect(await answer.json()).toMatchObject({ user: { name: 'mallory' } });
      });
    });
  });
});
