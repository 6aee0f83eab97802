/** Issue 2, part 9: a real login by redirect, calls to a real API, and the panel opened late. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApi } from '../site/api.ts';
import { type Listening, listen } from '../site/listen.ts';
import { login } from '../site/login.ts';
import { type Site, startSite } from '../site/site.ts';
import type { Driver, Surface } from './driver.ts';
import { says, verdictOf } from './panel.ts';
import { openToken, rowsAre, rowWith, seenIn, sightingsOf } from './panel-reader.ts';
import { eventually, poll } from './poll.ts';
import { inBothBrowsers } from './scenario.ts';
import { bearer, call, tokenOf } from './traffic.ts';

/** Nothing expires of itself. */
const LONG_SECONDS = 600;
/** Half of it a token is alive, half of it about to expire: long enough for each to be seen on a busy machine. */
const SHORT_SECONDS = 16;
const SKEW_SECONDS = 42;
const SESSION = 'HS256';
const ACCESS = 'ES256';
const ID = 'RS256';

/** A button of the app, and waits for its answer. */
const use = async (driver: Driver, button: string): Promise<string> => {
  const before = await driver.page.evaluate(() => document.querySelector('#done-count')?.textContent ?? '');
  await driver.page.click(button);
  await driver.page.waitFor((count) => document.querySelector('#done-count')?.textContent !== count, before);
  return driver.page.evaluate(() => document.querySelector('#last-status')?.textContent ?? '');
};

describe('a login', () => {
  let site: Site;
  const skewed: Listening[] = [];
  beforeAll(async () => {
    site = await startSite();
    for (const clockOffsetSeconds of [-SKEW_SECONDS, SKEW_SECONDS]) {
      const server = await listen('localhost', 0);
      server.serve(createApi({ issuer: site.issuer, audience: site.api, clockOffsetSeconds }));
      skewed.push(server);
    }
  });
  afterAll(() => Promise.all([site.close(), ...skewed.map((server) => server.close())]));

  inBothBrowsers('a login', (driver) => {
    let panel: Surface;

    /** Where oidc-client-ts keeps that token. */
    const kept = (name: string) => `sessionStorage oidc.user:${site.issuer}:demo-shop · ${name} · oidc-client-ts`;

    test('before DevTools was opened is there when it is, over the redirects', async () => {
      const { page } = driver();
      site.setAccessTokenSeconds(LONG_SECONDS);
      await page.goto(site.app);
      expect(await use(driver(), '#session-login')).toBe('200 OK');
      await login(page);
      expect(await use(driver(), '#call-orders')).toBe('200 OK');
      expect(await use(driver(), '#call-admin')).toBe('403 Forbidden');
      panel = await (await driver().openDevTools()).showPanel();
      await rowsAre(panel, SESSION, ACCESS, ID);
      await rowWith(panel, ACCESS, '2 requests', '1 × refused');
      await openToken(panel, ACCESS);
      await expect
        .poll(() => sightingsOf(panel))
        .toMatchObject([
          { status: '', message: '', place: kept('access_token') },
          { status: '403', message: expect.stringMatching(/^GET localhost:\d+\/admin$/), place: 'Authorization' },
          { status: '200', message: expect.stringMatching(/^GET localhost:\d+\/orders$/), place: 'Authorization' },
        ]);
      // Its body was nobody's to read then, but the page keeps what was in it.
      await openToken(panel, ID);
      await expect.poll(() => sightingsOf(panel)).toMatchObject([{ status: '', message: '', place: kept('id_token') }]);
    });

    test('goes on being captured, one row per token', async () => {
      await use(driver(), '#call-profile');
      await rowWith(panel, ACCESS, '3 requests');
      expect(await use(driver(), '#call-tampered')).toBe('401 Unauthorized');
      await rowsAre(panel, SESSION, ACCESS, ID, 'mallory');
      await rowWith(panel, 'mallory', '1 request', '1 × refused');
      await openToken(panel, 'mallory');
      await expect.poll(() => sightingsOf(panel)).toMatchObject([{ status: '401', place: 'Authorization' }]);
      await says(panel, '[aria-label=Token] h1', 'Refused with 401');
    });

    test('counts down and expires before the eyes, and is then refused by name', async () => {
      await panel.click('[aria-label="Clear this tab\'s log"]');
      await rowsAre(panel);
      await panel.evaluate(() => {
        const states: string[] = [];
        Object.assign(window, { states });
        const note = () => {
          const time = document.querySelector('[role=option] .time');
          const ring = document.querySelector('[role=option] .ring');
          const shape = ring?.querySelector('.life.good')
            ? 'good'
            : ring?.querySelector('.life.warn')
              ? 'warn'
              : 'cross';
          const state = time && `${shape} ${time.textContent?.replace(/\d+/g, 'N')}`;
          if (state && states.at(-1) !== state) states.push(state);
        };
        new MutationObserver(note).observe(document.body, {
          subtree: true,
          childList: true,
          characterData: true,
          attributes: true,
        });
      });
      site.setAccessTokenSeconds(SHORT_SECONDS);
      await use(driver(), '#refresh');
      expect(await use(driver(), '#call-orders')).toBe('200 OK');
      await openToken(panel, ACCESS);
      await says(panel, '[aria-label=Token] h1', 'Alive for ');
      await says(panel, '[aria-label=Verdict]', 'Valid');
      await says(panel, '[aria-label=Token] h1', 'Expires in ');
      await says(panel, '[aria-label=Verdict]', 'About to expire');
      await says(panel, '[aria-label=Token] h1', 'Would be refused now: expired ');
      await says(panel, '[aria-label=Verdict]', 'Expired');
      await says(panel, '.status', '1 expired');
      // Well past it, so that no clock is in doubt.
      await panel.waitUntil(
        { what: 'a row that expired 3 s ago' },
        () =>
          Number(/expired (\d+) s/.exec(document.querySelector('[role=option] .time')?.textContent ?? '')?.[1]) >= 3,
      );
      await expect
        .poll(() => panel.evaluate(() => (window as Window & { states?: string[] }).states))
        .toEqual(['good N:N', 'warn N:N left', 'cross expired N s']);
      expect(await use(driver(), '#call-orders')).toBe('401 Unauthorized');
      await panel.waitUntil({ what: 'the refusal' }, () =>
        /^Refused with 401: it had expired \d+ s before the request left, by the server's clock\.$/.test(
          document.querySelector('[aria-label=Token] h1')?.textContent ?? '',
        ),
      );
      await seenIn(panel, 3);
      await expect
        .poll(() => sightingsOf(panel))
        .toMatchObject([
          { status: '401', place: 'Authorization' },
          { status: '200', place: 'Authorization' },
          { status: '200', message: `POST ${new URL(site.issuer).host}/token`, place: 'response body · access_token' },
        ]);
    });

    test("measures the server's clock", async () => {
      const { page } = driver();
      const words = ['behind', 'ahead of'];
      for (const [index, { origin }] of skewed.entries()) {
        const token = tokenOf(`skewed-${index}`);
        for (let sent = 0; sent < 3; sent += 1) await call(page, `${origin}/echo`, bearer(token));
        await openToken(panel, `skewed-${index}`);
        await seenIn(panel, 3);
        await eventually(async () => {
          const [, time = ''] = await verdictOf(panel);
          expect(time).toMatch(new RegExp(`This server's clock is 4[123] s ${words[index]} yours\\.`));
        });
      }
    });

    test('of a redirect that ends the session tells the ID token in the URL', async () => {
      const { page } = driver();
      await page.click('#logout');
      await rowWith(panel, 'RS256');
      await openToken(panel, 'RS256');
      await expect
        .poll(async () => (await sightingsOf(panel)).map(({ place }) => place))
        .toContain('URL query id_token_hint');
      await rowWith(panel, 'skewed-0');
    });

    test('leaves nothing behind at the next page once the log is not to be preserved', async () => {
      const { page, background } = driver();
      await panel.click({ selector: 'label', text: 'Preserve log' });
      await poll('the setting to be where the background reads it', () =>
        background.evaluate(async () =>
          JSON.stringify(await chrome.storage.local.get(null)).includes('"preserveLog":false'),
        ),
      );
      await page.goto(`${site.app}/?fresh`);
      await panel.waitUntil(
        { what: 'no row of the page before' },
        () => !document.querySelector('.app')?.textContent?.includes('skewed-0'),
      );
      await call(page, `${site.app}/echo`, bearer(tokenOf('fresh-user')));
      await rowWith(panel, 'fresh-user');
      await panel.click({ selector: 'label', text: 'Preserve log' });
    });
  });
});
