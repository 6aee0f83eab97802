/** ID tokens that come in a fragment, against the code, the access token and the request of the same login. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signedToken } from '../fixtures/tokens.ts';
import { type Site, startSite } from '../site/site.ts';
import type { Surface } from './driver.ts';
import { rowsAre, rowWith } from './panel-reader.ts';
import { eventually } from './poll.ts';
import { inBothBrowsers } from './scenario.ts';
import { echoUrl } from './traffic.ts';
import { checksOf, openOnly, openPanel, setFilter, signIn } from './trust.ts';

const LABEL = 'ID token and login';

describe('a login by fragment', () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite({ accessTokenSeconds: 600 });
  });
  afterAll(() => site.close());

  inBothBrowsers('an ID token', (driver) => {
    let panel: Surface;

    const statesIn = async (filter: string) => {
      await openOnly(panel, filter);
      await setFilter(panel, '');
      return Object.fromEntries((await checksOf(panel, LABEL)).map(({ name, state }) => [name, state]));
    };

    test('of the hybrid flow agrees with its code and its login', async () => {
      panel = await openPanel(driver());
      await signIn(driver().page, site, 'hybrid');
      await rowWith(panel, 'ID token', 'alice');
      await expect
        .poll(() => statesIn('is:id'))
        .toMatchObject({
          'Authorization code (c_hash)': 'holds',
          "Login's nonce (nonce)": 'holds',
        });
    });

    test('of the implicit flow agrees with its access token and its login', async () => {
      await panel.click('[aria-label="Clear this tab\'s log"]');
      await rowsAre(panel);
      await signIn(driver().page, site, 'implicit');
      await rowWith(panel, 'Access token', 'alice');
      await expect
        .poll(() => statesIn('is:id'))
        .toEqual({
          'Access token (at_hash)': 'holds',
          "Login's nonce (nonce)": 'holds',
        });
    });

    test('that came with another code is told', async () => {
      const { page } = driver();
      const exp = Math.floor(Date.now() / 1000) + 600;
      const token = await signedToken('ES256', {
        payload: {
          iss: site.issuer,
          sub: 'mallory',
          aud: 'demo-shop-hybrid',
          exp,
          nonce: 'n',
          c_hash: 'LDktKdoQak3Pk0cnXxCltA',
        },
      });
      const fragment = `id_token=${token}&code=another-code&state=a-state-of-its-own`;
      await page.goto(echoUrl(site.app, ['location', `/hybrid#${fragment}`]));
      await rowWith(panel, 'ID token', 'mallory');
      await openOnly(panel, 'mallory');
      await eventually(async () => {
        const lines = await checksOf(panel, LABEL);
        const hash = lines.find(({ name }) => name.includes('c_hash'));
        expect(hash?.state).toBe('mismatch');
        expect(hash?.says).toMatch(
          /^The hash LDktKdoQak3Pk0cnXxCltA is of another authorization code: the one that came with it has \S{22}\./,
        );
        expect(lines.find(({ name }) => name.includes('nonce'))?.state).toBe('not known');
      });
    });
  });
});
