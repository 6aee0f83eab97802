/** Issue 4, part 2: what the page keeps, in every store that the browser lets be read, with no trace on the page. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { login } from '../site/login.ts';
import { type Site, startSite } from '../site/site.ts';
import type { Page, Surface } from './driver.ts';
import { openToken, rowsAre, rowWith, sightingsOf } from './panel-reader.ts';
import { poll } from './poll.ts';
import { inBothBrowsers } from './scenario.ts';
import { call, echoUrl, tokenOf } from './traffic.ts';

const READ = '[aria-label="Read the page\'s stores"]';
const CLEAR = '[aria-label="Clear this tab\'s log"]';

let site: Site;
beforeAll(async () => {
  site = await startSite({ accessTokenSeconds: 600 });
});
afterAll(() => site.close());

/** Everything of the page that a reading could have changed. */
const traces = (page: Page) =>
  page.evaluate(async () => ({
    local: { ...localStorage },
    session: { ...sessionStorage },
    cookie: document.cookie,
    databases: (await indexedDB.databases()).map(({ name, version }) => `${name} ${version}`),
    document: document.documentElement.outerHTML,
    history: history.length,
    globals: Object.getOwnPropertyNames(window).sort(),
  }));

/** The same, while no reading is under way: what one that the navigation began keeps on the page goes with its end. */
const tracesAtRest = (page: Page) =>
  poll('the end of a reading', async () => {
    const found = await traces(page);
    return !found.globals.some((name) => name.startsWith('claimcheck')) && found;
  });

const keep = (page: Page, kind: 'localStorage' | 'sessionStorage', items: Readonly<Record<string, string>>) =>
  page.evaluate(
    (name, pairs) => {
      for (const [key, value] of Object.entries(pairs)) window[name].setItem(key, value);
    },
    kind,
    items,
  );

/** A record in a database of its own. */
const keepInDatabase = (page: Page, database: string, key: string, value: unknown) =>
  page.evaluate(
    (name, at, record) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open(name, 1);
        opening.onupgradeneeded = () => opening.result.createObjectStore('sessions');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const writing = opening.result.transaction('sessions', 'readwrite');
          writing.objectStore('sessions').put(record, at);
          writing.oncomplete = () => {
            opening.result.close();
            resolve();
          };
        };
      }),
    database,
    key,
    value,
  );

/** A frame in the page, once it has loaded. */
const addFrame = (page: Page, url: string) =>
  page.evaluate(
    (src) =>
      new Promise<void>((resolve) => {
        const frame = document.createElement('iframe');
        frame.onload = () => resolve();
        frame.src = src;
        document.body.append(frame);
      }),
    url,
  );

/** A page of that origin whose script keeps the token. */
const keeper = (origin: string, token: string): string =>
  echoUrl(
    origin,
    ['header', 'Content-Type: text/html'],
    ['body', `<script>localStorage.setItem('framed', '${token}')</script>`],
  );

describe('stores of the page', () => {
  inBothBrowsers('what the page keeps', (driver) => {
    let panel: Surface;
    beforeAll(async () => {
      await driver().page.goto(site.app);
      const devTools = await driver().openDevTools();
      panel = await devTools.showPanel();
      await devTools.resizePanel(1200, 900);
      await panel.waitFor((selector) => document.querySelector(selector) !== null, READ);
    });
    beforeEach(async () => {
      await panel.click(CLEAR);
      await panel.waitFor(() => document.querySelector('[role=option]') === null);
    });

    /** Through the button, until the panel has told of it. */
    const read = async (): Promise<string> => {
      await panel.click(READ);
      return panel.waitUntil(
        { what: 'the end of the reading' },
        (selector) => {
          const button = document.querySelector(selector);
          return button?.getAttribute('aria-busy') === 'false' && document.querySelector('output.notice')?.textContent;
        },
        READ,
      );
    };
    const placesOf = async (subject: string) => {
      await rowWith(panel, subject);
      await openToken(panel, subject);
      return (await sightingsOf(panel)).map(({ place }) => place).toSorted();
    };

    test('web storage: a value, a path in it, and another token in its place', async () => {
      const { page } = driver();
      await keep(page, 'localStorage', { jwt: tokenOf('plain-user'), theme: 'dark' });
      await keep(page, 'localStorage', { state: JSON.stringify({ auth: { user: { token: tokenOf('path-user') } } }) });
      await keep(page, 'sessionStorage', {
        'sb-demo-auth-token': JSON.stringify({ access_token: tokenOf('tab-user') }),
      });
      const before = await tracesAtRest(page);
      expect(await read()).toContain("The page's stores hold 3 tokens.");
      expect(await tracesAtRest(page)).toEqual(before);
      await rowsAre(panel, 'plain-user', 'path-user', 'tab-user');
      await expect.poll(() => placesOf('plain-user')).toEqual(['localStorage jwt']);
      await expect.poll(() => placesOf('path-user')).toEqual(['localStorage state · auth.user.token']);
      await expect
        .poll(() => placesOf('tab-user'))
        .toEqual(['sessionStorage sb-demo-auth-token · access_token · Supabase']);
      await keep(page, 'localStorage', { jwt: tokenOf('next-user') });
      await page.evaluate(() => localStorage.removeItem('state'));
      await read();
      await rowsAre(panel, 'next-user', 'tab-user');
      await expect.poll(() => placesOf('next-user')).toEqual(['localStorage jwt · changed']);
    });

    test('IndexedDB: text and structured records, and nothing in the way of the page', async () => {
      const { page } = driver();
      await keepInDatabase(page, 'plain', 'alice', tokenOf('record-user'));
      await keepInDatabase(page, 'deep', 'bob', { stsTokenManager: { accessToken: tokenOf('object-user') } });
      const before = await tracesAtRest(page);
      await read();
      expect(await tracesAtRest(page)).toEqual(before);
      await expect.poll(() => placesOf('record-user')).toEqual(['IndexedDB plain / sessions / alice']);
      await expect
        .poll(() => placesOf('object-user'))
        .toEqual(['IndexedDB deep / sessions / bob · stsTokenManager.accessToken']);
      const deleted = await page.evaluate(() =>
        Promise.all(
          ['plain', 'deep'].map(
            (name) =>
              new Promise((resolve) => {
                const request = indexedDB.deleteDatabase(name);
                request.onsuccess = () => resolve('deleted');
                request.onblocked = () => resolve('blocked');
              }),
          ),
        ),
      );
      expect(deleted).toEqual(['deleted', 'deleted']);
    });

    test('the cookie jar: HttpOnly, and on a path that no request went to', async () => {
      const { page } = driver();
      const cookie = `sid=${tokenOf('jar-user')}; Path=/auth/refresh; HttpOnly; SameSite=Strict; Max-Age=3600`;
      expect(await call(page, echoUrl(site.app, ['cookie', cookie]))).toBe(200);
      await rowWith(panel, 'jar-user', '1 request');
      await panel.click(CLEAR);
      await panel.waitFor(() => document.querySelector('[role=option]') === null);
      await read();
      const [place, ...others] = await placesOf('jar-user');
      expect(place).toMatch(/^cookie jar sid · HttpOnly SameSite=Strict · until /);
      expect(others).toEqual([]);
    });

    test('frames: of the same origin, and of another where the browser lets them be read', async () => {
      const { page } = driver();
      await addFrame(page, keeper(site.app, tokenOf('own-frame-user')));
      await addFrame(page, keeper(site.api, tokenOf('other-frame-user')));
      await panel.click(CLEAR);
      const notice = await read();
      await expect.poll(() => placesOf('own-frame-user')).toContain('localStorage framed');
      if (driver().browser === 'chromium') {
        await expect.poll(() => placesOf('other-frame-user')).toContain(`localStorage framed · ${site.api}`);
        expect(notice).not.toContain('frames');
      } else {
        expect(notice).toContain(`no frames of other origins be read: ${site.api}`);
      }
    });

    test('after a login, by itself: what oidc-client-ts keeps', async () => {
      const { page } = driver();
      await page.goto(site.app);
      await login(page);
      const key = `oidc.user:${site.issuer}`;
      const places = await poll('the tokens of the login in the store', async () => {
        await openToken(panel, 'Access token · alice');
        const all = (await sightingsOf(panel)).map(({ place }) => place);
        return all.some((place) => place.startsWith(`sessionStorage ${key}`)) && all;
      });
      expect(places.find((place) => place.startsWith('sessionStorage'))).toContain(' · access_token · oidc-client-ts');
    });

    test('without access to the site, all but the attributes of cookies, and that is told', async () => {
      const { page } = driver();
      await driver().withholdAccess();
      await keep(page, 'localStorage', { jwt: tokenOf('withheld-user') });
      await page.evaluate((token) => {
        Reflect.set(document, 'cookie', `open=${token}; Path=/`);
      }, tokenOf('script-user'));
      expect(await read()).toContain(`Without access to ${site.app}, cookies come without attributes`);
      await expect.poll(() => placesOf('withheld-user')).toContain('localStorage jwt · changed');
      await expect.poll(() => placesOf('script-user')).toEqual(['cookie jar open']);
      await driver().grantAccess();
      const notice = await poll('access', async () => {
        const told = await read();
        return told.includes('Without access') ? undefined : told;
      });
      expect(notice).toContain("The page's stores hold");
    });
  });
});
