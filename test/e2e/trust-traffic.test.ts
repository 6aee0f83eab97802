/** Keys that pass by in the traffic: they verify by themselves, say where they came from, and can be trusted or removed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ecPair, publicJwk } from '../fixtures/keys.ts';
import { signedToken } from '../fixtures/tokens.ts';
import { type Listening, listen } from '../site/listen.ts';
import { type Site, startSite } from '../site/site.ts';
import type { Surface } from './driver.ts';
import { pasteToken, says, signatureIs, verdictOf } from './panel.ts';
import { eventually } from './poll.ts';
import { inBothBrowsers } from './scenario.ts';
import { bearer, call } from './traffic.ts';
import {
  answerHas,
  closeDialog,
  hostOf,
  openOnly,
  openPanel,
  openRing,
  ringLines,
  sentenceHas,
  setFilter,
  signIn,
  use,
} from './trust.ts';

describe('keys in the traffic', () => {
  let site: Site;
  let elsewhere: Listening;
  const asked: string[] = [];
  beforeAll(async () => {
    site = await startSite({ accessTokenSeconds: 600 });
    elsewhere = await listen('127.0.0.1', 0);
    elsewhere.serve((request, response) => {
      asked.push(request.url ?? '');
      response.end('{}');
    });
  });
  afterAll(() => Promise.all([site.close(), elsewhere.close()]));

  inBothBrowsers('the JWKS that a page fetches', (driver) => {
    let panel: Surface;

    test('verifies a login by itself, and says where it was seen', async () => {
      const { page } = driver();
      panel = await openPanel(driver());
      await signIn(page, site, 'code');
      expect(await use(page, '#call-orders')).toBe('200 OK');
      await openOnly(panel, 'alg:ES256');
      await signatureIs(panel, 'no key');
      await expect.poll(async () => (await verdictOf(panel))[3]).toBe('no key has verified it');

      expect(await use(page, '#verify-id-token')).toBe('Verified');
      await expect.poll(() => signatureIs(panel, 'verified')).toBe('✓ Verified as ES256 with JWK · demo-es256.');
      await eventually(async () => {
        const [signature, , , trust] = await verdictOf(panel);
        expect(signature).toBe('verified · ES256 · demo-es256');
        expect(trust).toBe(
          `JWKS seen in traffic at ${hostOf(site.issuer)} · The page loaded this key; that it is the issuer's is likely, but not proven. trust`,
        );
      });
      await sentenceHas(panel, 'signature verified.');
      await openRing(panel);
      // They came at once: no order is more right than another.
      await expect
        .poll(async () => (await ringLines(panel)).toSorted())
        .toEqual(
          ['demo-es256 EC P-256', 'demo-rs256 RSA 2048'].map((key) =>
            expect.stringMatching(
              new RegExp(
                `^${site.issuer}: ~ JWK · ${key} · JWKS seen in traffic · ${hostOf(site.issuer)}$`.replaceAll(
                  '.',
                  '\\.',
                ),
              ),
            ),
          ),
        );
      await closeDialog(panel);
    });

    test('is as good as given once a person says so, in the answer and in the ring', async () => {
      await panel.click({ selector: '[aria-label=Verdict] button', text: 'trust' });
      await expect
        .poll(() => answerHas(panel, 3, 'pinned by you'))
        .toBe(`pinned by you · JWKS seen in traffic at ${hostOf(site.issuer)} Unpin`);
      await expect.poll(() => trustMark(panel)).toBe('✓');
      await openRing(panel);
      await expect
        .poll(() => ringLines(panel))
        .toContainEqual(expect.stringMatching(/: ✓ JWK · demo-es256 .* · pinned$/));
      await expect.poll(() => ringLines(panel)).toContainEqual(expect.stringMatching(/: ~ JWK · demo-rs256 /));
      await panel.click({ selector: '.ring-key', text: 'demo-es256' });
      await panel.click({ selector: '.ring-actions button', text: 'Unpin' });
      await answerHas(panel, 3, 'not proven');
      await expect.poll(() => trustMark(panel)).toBe('~');
    });

    test('is taken back by removing it, and comes again with the traffic', async () => {
      await panel.click({ selector: '.ring-actions button', text: 'Pin' });
      await answerHas(panel, 3, 'pinned by you');
      await panel.click({ selector: '.ring-actions button', text: 'Remove' });
      await says(panel, 'dialog output', 'The key was removed.');
      await closeDialog(panel);
      await signatureIs(panel, 'no key');
      await expect.poll(async () => (await verdictOf(panel))[3]).toBe('no key has verified it');

      expect(await use(driver().page, '#verify-id-token')).toBe('Verified');
      await signatureIs(panel, 'verified');
      // Trust was in the key that went.
      await expect.poll(() => answerHas(panel, 3, 'JWKS seen in traffic')).toContain('not proven');
    });

    test('an address in a token is asked by nobody', async () => {
      const { page } = driver();
      const pair = ecPair('P-256');
      const keys = `${elsewhere.origin}/keys`;
      const now = Math.floor(Date.now() / 1000);
      const tokens = {
        jku: await signedToken('ES256', {
          pair,
          header: { jku: keys, kid: 'a1' },
          payload: { sub: 'by-jku', exp: now + 600 },
        }),
        x5u: await signedToken('ES256', { pair, header: { x5u: keys }, payload: { sub: 'by-x5u', exp: now + 600 } }),
        iss: await signedToken('ES256', { pair, payload: { sub: 'by-iss', iss: elsewhere.origin, exp: now + 600 } }),
      };
      for (const token of Object.values(tokens)) await call(page, `${site.api}/echo`, bearer(token));
      for (const name of Object.keys(tokens)) {
        await openOnly(panel, `by-${name}`);
        await signatureIs(panel, 'no key');
      }
      // The one that may be asked says so, and waits.
      await says(panel, '.get-keys', `asks ${elsewhere.origin}/.well-known/openid-configuration`);
      await setFilter(panel, '');
    });

    test('a key that the token brings along proves nothing, and not even that where the issuer has others', async () => {
      const pair = ecPair('P-256');
      const header = { jku: `${elsewhere.origin}/keys`, jwk: publicJwk(pair) };
      const own = (iss: string) =>
        signedToken('ES256', { pair, header, payload: { iss, exp: Math.floor(Date.now() / 1000) + 600 } });
      await pasteToken(panel, await own('https://login.test'));
      await signatureIs(panel, 'verified');
      await expect
        .poll(async () => (await verdictOf(panel))[3])
        .toBe('inside the token · Proves nothing about the issuer: whoever wrote the token chose the key.');
      await expect.poll(() => trustMark(panel)).toBe('⚠');
      await sentenceHas(panel, 'verified with the key it brought along, which proves nothing.');

      await pasteToken(panel, await own(site.issuer));
      await signatureIs(panel, 'mismatch');
      await expect.poll(async () => (await verdictOf(panel))[3]).toBe('no key has verified it');
    });

    test('verifies the ID token too, as soon as it is seen', async () => {
      await driver().page.click('#logout');
      await openOnly(panel, 'alg:RS256 is:id');
      await signatureIs(panel, 'verified');
      await expect.poll(async () => (await verdictOf(panel))[0]).toBe('verified · RS256 · demo-rs256');
      await expect
        .poll(async () => (await verdictOf(panel))[3])
        .toContain(`JWKS seen in traffic at ${hostOf(site.issuer)}`);
    });

    test('and all that without a request of the extension', async () => {
      expect((await driver().close()).extensionRequests).toEqual([]);
      expect(asked).toEqual([]);
    });
  });
});

/** The shape before the name of the answer on key trust. */
const trustMark = (panel: Surface): Promise<string> =>
  panel.evaluate(
    () => document.querySelectorAll('[aria-label=Verdict] li strong')[3]?.textContent?.trim().slice(0, 1) ?? '',
  );
