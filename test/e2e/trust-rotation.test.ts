/** The provider changes its keys while the panel is open. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Site, startSite } from '../site/site.ts';
import type { Surface } from './driver.ts';
import { signatureIs, verdictOf } from './panel.ts';
import { eventually } from './poll.ts';
import { inBothBrowsers } from './scenario.ts';
import { answerHas, closeDialog, hostOf, openOnly, openPanel, openRing, ringLines, signIn, use } from './trust.ts';

describe('rotation', () => {
  inBothBrowsers('keys that the provider changes', (driver) => {
    let site: Site;
    let panel: Surface;
    beforeAll(async () => {
      site = await startSite({ accessTokenSeconds: 600 });
      panel = await openPanel(driver());
    });
    afterAll(() => site.close());

    test('are not known at first, and the panel names those that are', async () => {
      const { page } = driver();
      await signIn(page, site, 'code');
      expect(await use(page, '#call-orders')).toBe('200 OK');
      expect(await use(page, '#verify-id-token')).toBe('Verified');
      await openOnly(panel, 'kid:demo-es256');
      await signatureIs(panel, 'verified');

      await site.rotateKeys();
      expect(await use(page, '#refresh')).toBe('Refreshed');
      expect(await use(page, '#call-orders')).toBe('200 OK');
      await openOnly(panel, 'kid:demo-es256-2');
      const signature = await answerHas(panel, 0, 'No key with kid');
      expect(signature).toMatch(
        /^no key · No key with kid demo-es256-2 \(the set has (?:demo-es256, demo-rs256|demo-rs256, demo-es256)\)\./,
      );
      await expect.poll(async () => (await verdictOf(panel))[3]).toBe('no key has verified it');
    });

    test('are there as soon as the page fetches them, and the old ones are told as gone', async () => {
      // The refresh brought no new ID token, and the key of the old one is gone: the app fails, but its set passed by.
      expect(await use(driver().page, '#verify-id-token')).toBe('Failed');
      await signatureIs(panel, 'verified');
      await expect.poll(async () => (await verdictOf(panel))[0]).toBe('verified · ES256 · demo-es256-2');
      await expect
        .poll(async () => (await verdictOf(panel))[3])
        .toContain(`JWKS seen in traffic at ${hostOf(site.issuer)} · `);

      await openOnly(panel, 'kid:demo-es256 -kid:demo-es256-2');
      await signatureIs(panel, 'verified');
      await expect.poll(async () => (await verdictOf(panel))[0]).toBe('verified · ES256 · demo-es256');
      await expect
        .poll(() => answerHas(panel, 3, 'Gone from its set'))
        .toMatch(/Gone from its set since \d\d:\d\d:\d\d: the issuer may have withdrawn it\./);
      await openRing(panel);
      await eventually(async () => {
        const lines = await ringLines(panel);
        expect(lines).toHaveLength(4);
        expect(
          lines
            .filter((line) => / · gone since \d\d:\d\d:\d\d$/.test(line))
            .map(kidOf)
            .sort(),
        ).toEqual(['demo-es256', 'demo-rs256']);
        expect(
          lines
            .filter((line) => !line.includes('gone'))
            .map(kidOf)
            .sort(),
        ).toEqual(['demo-es256-2', 'demo-rs256-2']);
      });
      await closeDialog(panel);
    });
  });
});

const kidOf = (line: string): string | undefined => /JWK · (\S+)/.exec(line)?.[1];
