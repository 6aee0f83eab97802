/** Issue 2, part 2: every network place, each told by its name. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Site, startSite } from '../site/site.ts';
import type { DevTools, Surface } from './driver.ts';
import { openToken, rowsAre, rowWith, sightingsOf } from './panel-reader.ts';
import { eventually, poll } from './poll.ts';
import { inBothBrowsers } from './scenario.ts';
import { bearer, call, echoUrl, tokenOf } from './traffic.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

describe('every place of a message', () => {
  inBothBrowsers('capture', (driver) => {
    let devTools: DevTools;
    let panel: Surface;
    beforeAll(async () => {
      await driver().page.goto(site.app);
      devTools = await driver().openDevTools();
      panel = await devTools.showPanel();
    });
    beforeEach(async () => {
      await panel.click('[aria-label="Clear this tab\'s log"]');
      await panel.waitFor(() => document.querySelector('[role=option]') === null);
    });

    const placesOf = async (subject: string) => {
      await openToken(panel, subject);
      return (await sightingsOf(panel)).map(({ place }) => place).toSorted();
    };

    test('request headers: Authorization of any scheme, and any other header', async () => {
      const { page } = driver();
      const echo = `${site.app}/echo`;
      await call(page, echo, bearer(tokenOf('bearer-user')));
      await call(page, echo, { Authorization: `DPoP ${tokenOf('dpop-user')}` });
      await call(page, echo, { Authorization: `JWT ${tokenOf('jwt-user')}` });
      await call(page, echo, { Authorization: tokenOf('bare-user') });
      await call(page, echo, { 'X-Amzn-Oidc-Data': tokenOf('header-user') });
      await rowWith(panel, 'header-user', '1 request');
      await expect.poll(() => placesOf('bearer-user')).toEqual(['Authorization']);
      await expect.poll(() => placesOf('dpop-user')).toEqual(['Authorization · DPoP']);
      await expect.poll(() => placesOf('jwt-user')).toEqual(['Authorization · JWT']);
      await expect.poll(() => placesOf('bare-user')).toEqual(['Authorization']);
      await expect.poll(() => placesOf('header-user')).toEqual(['X-Amzn-Oidc-Data']);
    });

    test('cookies: plain, URL-encoded, quoted, and JSON in base64', async () => {
      const { page } = driver();
      const supabase = Buffer.from(JSON.stringify({ session: { access_token: tokenOf('supabase-user') } }));
      const cookies = [
        ['sid', tokenOf('plain-user')],
        ['wrapped', encodeURIComponent(JSON.stringify({ tokens: [tokenOf('encoded-user')] }))],
        ['quoted', `"${tokenOf('quoted-user')}"`],
        ['sb-demo-auth-token', `base64-${supabase.toString('base64url')}`],
      ] as const;
      const setCookies = (pairs: typeof cookies, attributes: string) => {
        for (const [name, value] of pairs) Reflect.set(document, 'cookie', `${name}=${value}; ${attributes}`);
      };
      await page.evaluate(setCookies, cookies, 'Path=/echo');
      await call(page, `${site.app}/echo`);
      await page.evaluate(setCookies, cookies, 'Path=/echo; Max-Age=0');
      await expect.poll(() => placesOf('plain-user')).toEqual(['cookie sid']);
      await expect.poll(() => placesOf('encoded-user')).toEqual(['cookie wrapped · tokens[0]']);
      await expect.poll(() => placesOf('quoted-user')).toEqual(['cookie quoted']);
      await expect.poll(() => placesOf('supabase-user')).toEqual(['cookie sb-demo-auth-token · session.access_token']);
    });

    /** What is told of such a cookie and of its end, an hour from now. */
    const inJar = (where: string) =>
      expect.stringMatching(
        new RegExp(`^${where} authjs\\.session-token · 3 chunks · HttpOnly SameSite=Lax · until .*\\d+:\\d\\d:\\d\\d`),
      );

    test('the three cookies of an Auth.js session are one token', async () => {
      const { page } = driver();
      await page.goto(site.app);
      await page.click('#authjs-login');
      await page.waitFor(() => document.querySelector('#done-count')?.textContent === '1');
      // Auth.js seals the session anew at each look at it: what the login set, and what the look set.
      await rowsAre(panel, '3 requests', '1 request');
      await panel.click('[aria-label="Read the page\'s stores"]');
      await openToken(panel, '1 request');
      const ofTheLook = await poll('the cookie jar', async () => {
        const seen = await sightingsOf(panel);
        return seen.length > 1 && seen;
      });
      expect(ofTheLook).toMatchObject([
        { status: '', message: '', place: inJar('cookie jar') },
        { status: '200', message: expect.stringContaining('/auth/session'), place: inJar('Set-Cookie') },
      ]);
      await openToken(panel, '3 requests');
      await expect
        .poll(() => sightingsOf(panel))
        .toMatchObject([
          { message: expect.stringContaining('/auth/session'), place: 'cookie authjs.session-token · 3 chunks' },
          { place: 'cookie authjs.session-token · 3 chunks' },
          { place: inJar('Set-Cookie') },
        ]);
    });

    test('the subprotocols of a WebSocket', async () => {
      const { page } = driver();
      const socket = (url: string, token: string) =>
        new Promise((resolve) => {
          new WebSocket(url, ['bearer', token]).onerror = () => resolve('refused');
        });
      const url = `${site.api.replace('http:', 'ws:')}/socket`;
      expect(await page.evaluate(socket, url, tokenOf('socket-user'))).toBe('refused');
      await rowWith(panel, 'socket-user', '1 request');
      await expect.poll(() => placesOf('socket-user')).toEqual(['WebSocket protocol']);
    });

    test('URLs: query and path, and the fragment of a redirect', async () => {
      const { page } = driver();
      await call(page, `${site.app}/echo?id_token_hint=${tokenOf('query-user')}`);
      await call(page, `${site.app}/files/${tokenOf('path-user')}/download`);
      const location = `/echo#state=1&id_token=${tokenOf('fragment-user')}`;
      await call(page, echoUrl(site.app, ['location', location]));
      await expect.poll(() => placesOf('query-user')).toEqual(['URL query id_token_hint']);
      // "Cannot GET /files/…", says the demo's server.
      await poll("the answer's body", async () => (await placesOf('path-user')).length > 1);
      await expect.poll(() => placesOf('path-user')).toEqual(['URL path', 'response body (HTML)']);
      await rowWith(panel, 'fragment-user', '2 requests');
      // The query is how the demo's server is told where to redirect to; the last is the request that followed.
      await eventually(async () => {
        const places = await placesOf('fragment-user');
        expect(places).toHaveLength(3);
        expect(places).toContain('URL query location');
        expect(places.filter((place) => place.includes('fragment id_token'))).toHaveLength(2);
      });
    });

    test('response headers: each Set-Cookie with its attributes, and any other', async () => {
      const { page } = driver();
      const answer = echoUrl(
        site.app,
        ['cookie', `first=${tokenOf('first-user')}; Path=/nowhere; HttpOnly; SameSite=Strict`],
        ['cookie', `second=${tokenOf('second-user')}; Path=/nowhere; Max-Age=60; SameSite=Lax`],
        ['header', `X-Session-Token: ${tokenOf('answer-user')}`],
      );
      expect(await call(page, answer)).toBe(200);
      await expect
        .poll(() => placesOf('first-user'))
        .toEqual(['Set-Cookie first · HttpOnly SameSite=Strict', 'URL query cookie']);
      await expect
        .poll(() => placesOf('second-user'))
        .toEqual(['Set-Cookie second · SameSite=Lax · Max-Age=60', 'URL query cookie']);
      await expect.poll(() => placesOf('answer-user')).toEqual(['URL query header', 'response X-Session-Token']);
    });

    test("a service worker's request, which has no tab", async () => {
      const { page } = driver();
      const script = `onmessage = ({ data, ports: [port] }) => {
        fetch('/echo', { headers: { Authorization: 'Bearer ' + data } }).then(({ status }) => port.postMessage(status));
      }`;
      const url = echoUrl(site.app, ['header', 'Content-Type: text/javascript'], ['body', script]);
      const status = await page.evaluate(
        async (at, token) => {
          const { installing, waiting, active } = await navigator.serviceWorker.register(at);
          const { port1, port2 } = new MessageChannel();
          (installing ?? waiting ?? active)?.postMessage(token, [port2]);
          return new Promise((resolve) => {
            port1.onmessage = ({ data }) => resolve(data);
          });
        },
        url,
        tokenOf('worker-user'),
      );
      expect(status).toBe(200);
      await rowWith(panel, 'worker-user', '1 request');
      await expect.poll(() => placesOf('worker-user')).toEqual(['Authorization']);
      await expect.poll(() => sightingsOf(panel)).toMatchObject([{ status: '200' }]);
    });
  });
});
