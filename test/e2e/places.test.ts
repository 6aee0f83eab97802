/** Issue 4, done when: every place where an app keeps or sends a token is shown with its name and path, in both browsers. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Site, startSite } from '../site/site.ts';
import type { BrowserName, Driver, Surface } from './driver.ts';
import { openToken, rowWith, sightingsOf } from './panel-reader.ts';
import { poll } from './poll.ts';
import { inBothBrowsers } from './scenario.ts';

const READ = '[aria-label="Read the page\'s stores"]';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

/** How a token came to the page that the page itself then puts somewhere. */
const given = (sub: string): string => `GET /places/token?sub=${sub} · response X-Token`;

/** All sightings of the token whose `sub` is the name, by request and place, newest first. */
const SEEN: Readonly<Record<string, readonly string[]>> = {
  json: ['GET /places/json · response body · data.session.access_token'],
  nested: ['GET /places/nested · response body · message.body.tokens[0].value'],
  html: ['GET /places/html · response body (HTML)'],
  script: ['GET /places/script · response body (JavaScript)'],
  events: ['GET /places/events · response body (text) · token'],
  form: ['POST /places/form · form field client_assertion', given('form')],
  upload: ['POST /places/upload · form field credential', given('upload')],
  graphql: ['POST /places/graphql · request body · variables.input.t', given('graphql')],
  header: ['POST /places/graphql · X-Session', given('header')],
  query: ['GET /places/frame?session=… · URL query session', given('query')],
  redirect: ['GET /places/frame · URL fragment id_token', 'GET /places/redirect · Location · URL fragment id_token'],
  // The page gives itself an address, which no request has carried.
  fragment: ['URL fragment id_token', given('fragment')],
  local: ['localStorage session', given('local')],
  auth0: ['localStorage @@auth0spajs@@::client::api::openid · body.access_token · Auth0', given('auth0')],
  session: ['sessionStorage state · user.tokens[0]', given('session')],
  database: ['IndexedDB shop / sessions / alice · user.stsTokenManager.accessToken', given('database')],
  worker: ['POST /places/graphql · Authorization', given('worker')],
  socket: ['GET /places/socket · WebSocket protocol', given('socket')],
  cookie: [
    'cookie jar sent · HttpOnly SameSite=Lax',
    'POST /places/form · cookie sent',
    'POST /places/cookie · Set-Cookie sent · HttpOnly SameSite=Lax',
  ],
  jar: [
    'cookie jar kept · HttpOnly SameSite=Strict',
    'POST /places/cookie · Set-Cookie kept · HttpOnly SameSite=Strict',
  ],
};

/** What a browser tells less of, each with its reason; at present both tell all. */
const DIFFERENCES: Readonly<Record<BrowserName, typeof SEEN>> = {
  chromium: {},
  firefox: {},
};

/** Presses all buttons, one after another. */
const pressAll = async ({ page }: Driver): Promise<void> => {
  await page.goto(`${site.app}/places`);
  await page.waitUntil({ what: 'the page /places' }, () => document.body.dataset.state === 'ready');
  const ids = await page.evaluate(() => [...document.querySelectorAll('#places button')].map(({ id }) => id));
  const unlisted = ids.filter((id) => !SEEN[id] && id !== 'picture');
  expect(unlisted).toEqual([]);
  for (const id of ids) {
    await page.click(`#${id}`);
    await page.waitFor((last) => document.querySelector('#last-place')?.textContent === last, id);
  }
};

/** Each sighting as `request · place`, without the host, and without a token in an address. */
const sightings = async (panel: Surface): Promise<readonly string[]> =>
  (await sightingsOf(panel)).map(({ message, place }) =>
    [message.replace(/localhost:\d+/, '').replace(/eyJ[\w.-]+/, '…'), place].filter(Boolean).join(' · '),
  );

describe('every place where an app keeps or sends a token', () => {
  inBothBrowsers('places', (driver) => {
    let panel: Surface;
    beforeAll(async () => {
      await driver().page.goto(site.app);
      const devTools = await driver().openDevTools();
      panel = await devTools.showPanel();
      await devTools.resizePanel(1200, 900);
      await pressAll(driver());
      await panel.click(READ);
      await rowWith(panel, '· jar');
    });

    test.each(Object.keys(SEEN))('%s', async (sub) => {
      const expected = DIFFERENCES[driver().browser][sub] ?? SEEN[sub];
      await openToken(panel, `· ${sub}`);
      await poll(`the sightings of ${sub}: ${JSON.stringify(expected)}`, async () => {
        const found = await sightings(panel);
        if (JSON.stringify(found.toSorted()) === JSON.stringify(expected?.toSorted())) return true;
        throw new Error(JSON.stringify(found));
      });
    });

    test('a picture is counted, and not read', async () => {
      await panel.waitUntil({ what: 'one binary body' }, () =>
        document.querySelector('.status [title]')?.getAttribute('title')?.startsWith('1 binary bod'),
      );
    });
  });
});
