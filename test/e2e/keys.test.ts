/** Keys: what the one box takes, says and keeps, in the real panel; and text that is decoded from a page's selection. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { certificate, ecPair, pairFor, privatePem, publicJwk, publicPem } from '../fixtures/keys.ts';
import { keyFor, tokenFor } from '../fixtures/more-algorithms.ts';
import { CLAIMS, hmacToken, SECRET, signedToken } from '../fixtures/tokens.ts';
import { login } from '../site/login.ts';
import { SESSION_SECRET } from '../site/session.ts';
import { type Site, startSite } from '../site/site.ts';
import type { DevTools, Surface } from './driver.ts';
import { forged } from './opened.ts';
import { giveKey, KEY_BOX, pasteToken, ROW, removeKeys, says, signatureIs, verdictOf } from './panel.ts';
import { eventually } from './poll.ts';
import { inBothBrowsers } from './scenario.ts';

describe('keys', () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite({ accessTokenSeconds: 600 });
  });
  afterAll(() => site.close());

  inBothBrowsers('the key box', (driver) => {
    describe('in DevTools', () => {
      let devTools: DevTools;
      let panel: Surface;
      beforeAll(async () => {
        devTools = await driver().openDevTools();
        panel = await devTools.showPanel();
        await devTools.resizePanel(1200, 900);
      });
      afterAll(() => devTools.close());

      test("verifies a login with the issuer's JWKS, at once and by itself", async () => {
        await driver().page.goto(site.app);
        await login(driver().page);
        await driver().page.click('#call-orders');
        await panel.click({ selector: ROW, text: 'Access token' });
        await says(panel, '[aria-label=Sightings]', '/orders');
        await expect.poll(() => signatureIs(panel, 'no key')).toBe('');
        await giveKey(panel, site.jwks);
        await expect.poll(() => signatureIs(panel, 'verified')).toBe('✓ Verified as ES256 with JWKS · demo-es256.');
        await eventually(async () => {
          const [signature, time, policy, trust] = await verdictOf(panel);
          expect(signature).toBe('verified · ES256 · demo-es256');
          expect(time).toMatch(/^Valid · until /);
          expect(policy).toBe(`none for ${new URL(site.api).host} · make one`);
          expect(trust).toMatch(/^given by you · /);
        });
        await expect
          .poll(() => panel.evaluate((box) => document.querySelector<HTMLTextAreaElement>(box)?.value, KEY_BOX))
          .toBe('');
      });

      test('tells a changed token, and verifies what comes later', async () => {
        await driver().page.click('#call-tampered');
        await panel.click({ selector: ROW, text: 'mallory' });
        await signatureIs(panel, 'mismatch');
        await expect
          .poll(async () => (await verdictOf(panel))[0])
          .toContain('The signature does not belong to this header, payload and key');
        await expect.poll(async () => (await verdictOf(panel))[3]).toBe('no key has verified it');
        await says(panel, '.say', 'Refused');

        const before = await panel.evaluate((row) => document.querySelectorAll(`${row} [title=verified]`).length, ROW);
        await driver().page.click('#refresh');
        await driver().page.waitFor(() => document.querySelector('#last-status')?.textContent === 'Refreshed');
        await driver().page.click('#call-orders');
        await panel.waitFor(
          (row, count) => document.querySelectorAll(`${row} [title=verified]`).length > count,
          ROW,
          before,
        );
      });

      test('verifies the HS256 session with its text, and is of use to the page of the extension too', async () => {
        await driver().page.click('#session-login');
        await panel.click({ selector: ROW, text: 'HS256' });
        await giveKey(panel, SESSION_SECRET);
        await expect
          .poll(() => signatureIs(panel, 'verified'))
          .toBe('✓ Verified as HS256 with Shared secret · read as text.');

        const own = await driver().openToolbarPage();
        const token = await signedToken('HS256');
        await pasteToken(own, hmacToken(SESSION_SECRET));
        await signatureIs(own, 'verified');
        // Of another issuer than the token that the key was given for: nobody is accused.
        await pasteToken(own, token);
        await signatureIs(own, 'no key');
        await own.close();
      });

      test('forces another algorithm to watch it fail, and shows what was signed', async () => {
        await panel.click({ selector: ROW, text: 'HS256' });
        await panel.evaluate(() => {
          const select = document.querySelector<HTMLSelectElement>('.force select');
          if (!select) return;
          select.value = 'HS512';
          select.dispatchEvent(new Event('change', { bubbles: true }));
        });
        await says(panel, '.force output', 'does not belong');
        await panel.click({ selector: 'summary', text: 'Signing input' });
        const [raw, input] = await panel.evaluate(() => [
          document.querySelector('.raw')?.textContent ?? '',
          document.querySelector('details code')?.textContent ?? '',
        ]);
        expect(input).toBe(raw?.split('.').slice(0, 2).join('.'));
        await signatureIs(panel, 'verified');
      });

      test('takes the keys back', async () => {
        await removeKeys(panel);
        await signatureIs(panel, 'no key');
        await panel.click({ selector: ROW, text: 'ES256' });
        await signatureIs(panel, 'no key');
      });

      test.each([
        ['base64', 'c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0IA+/'],
        ['base64url', 'c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0IA-_'],
        ['hex', '73656372657420736563726574207365637265742073656372657420'],
      ] as const)('reads a secret in %s', async (encoding, secret) => {
        await pasteToken(panel, hmacToken(Buffer.from(secret, encoding), { payload: { ...CLAIMS, jti: encoding } }));
        await giveKey(panel, secret);
        await expect
          .poll(() => signatureIs(panel, 'verified'))
          .toBe(`✓ Verified as HS256 with Shared secret · read as ${encoding}.`);
        await removeKeys(panel);
      });

      test('takes a public key in every format, and says when it is more than that', async () => {
        const pair = pairFor('RS256');
        await pasteToken(panel, await signedToken('RS256'));
        const formats: readonly (readonly [string, string])[] = [
          [publicPem(pair), 'Public key (PEM, SPKI).'],
          [publicPem(pair, 'pkcs1'), 'RSA public key (PEM, PKCS#1).'],
          [privatePem(pair), 'Private key (PEM, PKCS#8). A private key was given. Only its public half is used.'],
          [await certificate(pair), 'X.509 certificate.'],
          [JSON.stringify(publicJwk(pair)), 'JWK.'],
          [JSON.stringify({ keys: [publicJwk(pairFor('ES256')), publicJwk(pair)] }), 'JWKS.'],
        ];
        for (const [key, said] of formats) {
          await giveKey(panel, key);
          await expect.poll(() => signatureIs(panel, 'verified')).toBe(`✓ Verified as RS256 with ${said}`);
          await removeKeys(panel);
        }
      });

      test('explains a key that does not fit, and one that is none', async () => {
        await pasteToken(panel, await signedToken('ES256', { header: { kid: 'a1' } }));
        const answers: readonly (readonly [string, string])[] = [
          [publicPem(pairFor('RS256')), 'RSA key, but the token says ES256.'],
          [publicPem(pairFor('ES384')), 'Key on curve P-384, but the token says ES256.'],
          ['a shared secret', 'A shared secret, but ES256 needs a public key.'],
          ['{"kty":', 'The JSON breaks'],
          [
            '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----',
            'The PEM block PUBLIC KEY holds no key structure.',
          ],
          [
            JSON.stringify({
              keys: ['b2', 'c3'].map((kid) => publicJwk(ecPair('P-256'), { kid })),
            }),
            'No key with kid a1 (the set has b2, c3).',
          ],
        ];
        for (const [key, said] of answers) {
          await giveKey(panel, key);
          await says(panel, '.trial', said);
        }
        await expect.poll(() => panel.evaluate(() => document.querySelector('.keys'))).toBe(null);
        await giveKey(panel, ' ');
        await panel.waitUntil({ what: 'no trial' }, () => document.querySelector('.trial')?.textContent === '');
      });

      test('verifies Ed25519', async () => {
        await pasteToken(panel, await signedToken('Ed25519'));
        await giveKey(panel, JSON.stringify(publicJwk(pairFor('Ed25519'))));
        await expect.poll(() => signatureIs(panel, 'verified')).toBe('✓ Verified as Ed25519 with JWK.');
        await removeKeys(panel);
      });

      test('verifies ML-DSA-65, in a browser that has it and in one that has not', async () => {
        const hasIt = await panel.evaluate(() =>
          crypto.subtle.generateKey('ML-DSA-65', false, ['sign', 'verify']).then(
            () => true,
            () => false,
          ),
        );
        expect(hasIt).toBe(driver().browser === 'chromium');
        const token = await tokenFor('ML-DSA-65', { payload: { sub: 'quantum' } });
        await pasteToken(panel, token);
        await giveKey(panel, JSON.stringify(keyFor('ML-DSA-65')));
        await expect.poll(() => signatureIs(panel, 'verified')).toBe('✓ Verified as ML-DSA-65 with JWK.');
        await pasteToken(panel, forged(token, { sub: 'mallory' }));
        await signatureIs(panel, 'mismatch');
        await removeKeys(panel);
      });
    });
  });

  inBothBrowsers('text that is decoded elsewhere', (driver) => {
    const token = hmacToken(SECRET, { payload: { sub: 'selected', iss: 'https://login.test' } });
    const broken = (token.match(/.{1,40}/g) ?? []).join('\n');

    test.each([
      ['a bare token', token],
      ['a token in quotes', `"${token}"`],
      ['a token broken over lines', broken],
      ['a token with text around it', `curl -H 'Authorization: Bearer ${token}' https://api.test/orders`],
    ])('decodes %s that is selected in a page', async (_, text) => {
      const { page } = driver();
      await page.goto(`${site.app}/echo?${new URLSearchParams({ body: text })}`);
      await page.selectText('pre');
      const own = await driver().decodeSelection();
      await says(own, '.row[aria-selected=true]', 'selected');
      expect(await own.waitFor(() => document.querySelector('.raw')?.textContent)).toBe(token);
      expect(await own.url()).not.toContain('eyJ');
      await own.close();
    });

    test('says when there is none', async () => {
      const { page } = driver();
      await page.goto(`${site.app}/echo?body=${encodeURIComponent('nothing of the kind, www.example.com')}`);
      await page.selectText('pre');
      const own = await driver().decodeSelection();
      await says(own, '[role=alert]', 'There is no JSON Web Token in the selected text.');
      await own.close();
    });

    test('takes a paste by keyboard in a page where nothing is captured', async () => {
      const own = await driver().openToolbarPage();
      await says(own, 'h1', 'Decode a JSON Web Token');
      await driver().page.evaluate(
        (authorization) => fetch('/echo', { headers: { authorization } }).then(({ status }) => status),
        `Bearer ${token}`,
      );
      await own.activate();
      await own.click({ selector: '.empty button', text: 'Paste a token' });
      await own.type('dialog textarea', token);
      await own.press('Control+Enter');
      await says(own, '.row[aria-selected=true]', 'selected');
      await expect.poll(() => own.evaluate(() => document.querySelectorAll('[role=option]').length)).toBe(1);
      expect(await own.url()).toBe(driver().extensionUrl('workbench.html'));
      await own.close();
    });
  });
});
