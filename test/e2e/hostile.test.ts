/** What bad input gets: a named problem or nothing at all. The panel lives, and loses nothing that was there. */
import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CLAIMS, compact, encodeSegment, hmacToken, SECRET } from '../fixtures/tokens.ts';
import type { DevTools, Surface } from './driver.ts';
import {
  giveKey,
  longTasksIn,
  pasteText,
  pasteToken,
  ROW,
  removeKeys,
  says,
  uncaughtIn,
  watchErrors,
} from './panel.ts';
import { inBothBrowsers } from './scenario.ts';
import { tabOf } from './traffic.ts';

const MEGABYTE = 1_048_576;

let received: IncomingHttpHeaders = {};
/** Takes headers of any size, which express on its default server does not. */
const server = createServer({ maxHeaderSize: 4 * MEGABYTE }, (request, response) => {
  received = request.headers;
  response.setHeader('content-type', 'text/html');
  response.setHeader('cache-control', 'no-store');
  response.end('<!doctype html><title>hostile</title><p>A page</p>');
});
server.maxHeadersCount = 0;

const setCookies = async (count: number, token: string): Promise<number> => {
  for (let index = 0; index < count; index += 1)
    await cookieStore.set(`c${index}`, index % 2 ? `eyJ${index}` : `eyJhbGciOi.${index}`);
  await cookieStore.set('session', token);
  return (await cookieStore.getAll()).length;
};

/** In the background: records of another version, of another shape, and under another key; and one that is right. */
const putGarbage = async (tab: number, token: string): Promise<void> => {
  const right = { v: 1, type: 'token', id: 'right', tab, compact: token, firstSeen: 1 };
  await chrome.storage.session.set({
    [`token/${tab}/newer`]: { ...right, v: 2, id: 'newer' },
    [`token/${tab}/elsewhere`]: right,
    [`token/${tab}/number`]: 7,
    [`token/${tab}/list`]: [right],
    [`token/${tab}/text`]: 'eyJhbGciOiJIUzI1NiJ9.e30.',
    [`sighting/${tab}/lonely`]: { v: 1, type: 'sighting', id: 'lonely', tab, token: 'gone', exchange: 'gone', at: 1 },
    [`sighting/${tab}/placeless`]: {
      ...{ v: 1, type: 'sighting', id: 'placeless', tab, token: 'nobody', exchange: 'nobody', at: 1 },
      place: { kind: 'cookie', name: 'c' },
    },
    [`exchange/${tab}/odd`]: { v: 1, type: 'exchange', id: 'odd', tab, url: 7 },
    [`tab/${tab}/x`]: { v: 1, type: 'tab', tab, requests: -1, opaque: Number.MAX_VALUE, dropped: 'many' },
    'key/normal/odd': { id: 1 },
    'token/': null,
    token: 'x',
    [`token/${tab}/right`]: right,
  });
};

/** In the background: from now on what nobody catches is noted. One that slept meanwhile is another, and watched anew. */
const watchBackground = (): void => {
  const world = self as { uncaught?: string[] };
  if (world.uncaught) return;
  const uncaught: string[] = [];
  world.uncaught = uncaught;
  addEventListener('error', (event) => uncaught.push(event.message));
  addEventListener('unhandledrejection', (event) => uncaught.push(String(event.reason)));
};

describe('hostile input', () => {
  let site = '';
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address && typeof address === 'object') site = `http://127.0.0.1:${address.port}/`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  inBothBrowsers('the panel', (driver) => {
    describe('in DevTools', () => {
      let devTools: DevTools;
      let panel: Surface;
      const rows = () => panel.evaluate((row) => document.querySelectorAll(row).length, ROW);
      const witness = hmacToken(SECRET, { payload: { ...CLAIMS, sub: 'witness' } });

      beforeAll(async () => {
        await driver().page.goto(site);
        devTools = await driver().openDevTools();
        panel = await devTools.showPanel();
        await devTools.resizePanel(1200, 800);
        await watchErrors(panel);
        await driver().background.evaluate(watchBackground);
        await pasteToken(panel, witness);
      });
      afterAll(() => devTools.close());

      test('a header of 256 KB with a token in it', async () => {
        const token = hmacToken(SECRET, { payload: { sub: 'in a large header' } });
        const value = `${'eyJ'.repeat(40_000)} ${'x.y.'.repeat(30_000)} ${token}`;
        const status = await driver().page.evaluate(
          (large) => fetch('/', { headers: { 'x-large': large } }).then((response) => response.status),
          value,
        );
        expect([status, received['x-large']?.length]).toEqual([200, value.length]);
        await says(panel, ROW, 'in a large header');
      });

      test('as many cookies as the browser keeps', async () => {
        const token = hmacToken(SECRET, { payload: { sub: 'among the cookies' } });
        const kept = await driver().page.evaluate(setCookies, 3000, token);
        expect(kept).toBeGreaterThan(100);
        await driver().page.evaluate(() => fetch('/cookies').then(({ status }) => status));
        expect(received.cookie?.split(';').length).toBe(kept);
        await says(panel, ROW, 'among the cookies');
      });

      test.each([
        ['prototype', `{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"sub":"prototype"}`, ''],
        [
          'markup',
          JSON.stringify({ sub: 'markup', '<img src=x onerror="hacked=1">': '<script>hacked=1</script>' }),
          '',
        ],
        ['bidi', JSON.stringify({ sub: 'bidi', name: 'a\u202Eb\u0000c\u200Bd' }), ''],
        ['deep', `{"sub":"deep","a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, 'nests too deeply'],
        ['deeper', '['.repeat(100_000), 'nests too deeply'],
        ['wide', `{"sub":"wide"${Array.from({ length: 8_000 }, (_, index) => `,"m${index}":${index}`).join('')}}`, ''],
        ['twice', `{"sub":"one","sub":"twice"}`, 'twice'],
        ['cut', `{"sub":"cut","a":"`, 'not valid JSON'],
      ])('claims of the kind %s', async (name, payload, problem) => {
        const before = await rows();
        const sent = compact({ alg: 'HS256' }, payload, 'c2lnbmF0dXJl');
        if (sent.length < 100_000) {
          await driver().page.evaluate(
            (authorization) => fetch('/', { headers: { authorization } }).then(({ status }) => status),
            `Bearer ${sent}`,
          );
          await panel.waitFor((row, count) => document.querySelectorAll(row).length > count, ROW, before);
          await panel.click(`${ROW}[aria-posinset="1"]`);
        } else await pasteToken(panel, sent);
        await panel.waitUntil(
          { what: `the claims of ${name}` },
          (wanted) =>
            document.querySelector('.row[aria-selected=true]') !== null &&
            [...document.querySelectorAll('.members, .text, .problems')].some(({ textContent }) =>
              textContent?.includes(wanted),
            ),
          problem || name,
        );
        const hurt = await panel.evaluate(() => ({
          polluted: 'polluted' in {},
          hacked: 'hacked' in globalThis,
          elements: document.querySelectorAll('.detail img, .detail script').length,
        }));
        expect(hurt).toEqual({ polluted: false, hacked: false, elements: 0 });
        await panel.click({ selector: '.detail button', text: 'JSON' });
      });

      test('octets that are no UTF-8', async () => {
        const octets = Buffer.concat([
          Buffer.from('{"sub":"latin","name":"'),
          Buffer.from([0xe9, 0xff, 0xc0]),
          Buffer.from('"}'),
        ]);
        await pasteToken(panel, `${encodeSegment({ alg: 'HS256' })}.${octets.toString('base64url')}.c2ln`);
        await says(panel, '.problems', 'UTF-8');
      });

      test('a token of 5 MB', async () => {
        const token = hmacToken(SECRET, { payload: { sub: 'five megabytes', fill: 'a b '.repeat(MEGABYTE) } });
        expect(token.length).toBeGreaterThan(5 * MEGABYTE);
        await pasteToken(panel, token);
        await says(panel, '.problems', 'only its header was read');
        await expect
          .poll(() => panel.evaluate(() => document.querySelector('.raw')?.textContent?.length))
          .toBeLessThan(20_000);
      });

      test('megabytes of eyJ', async () => {
        await pasteText(panel, 'eyJ'.repeat(MEGABYTE));
        await says(panel, '.row[aria-selected=true], dialog [role=alert]', 'malformed');
        await expect.poll(() => panel.evaluate(() => document.querySelector('dialog'))).toBe(null);
      });

      test('keys that are none', async () => {
        await panel.click({ selector: ROW, text: 'witness' });
        await says(panel, '.row[aria-selected=true]', 'witness');
        const keys: readonly (readonly [string, string])[] = [
          [`-----BEGIN PUBLIC KEY-----\n${'A'.repeat(200_000)}\n-----END PUBLIC KEY-----`, 'holds no key structure'],
          ['{"keys":[]}', 'There is no key in it.'],
          ['{"keys":[null,7,"x",{"kty":"__proto__"}]}', ''],
          [`{"kty":"RSA","n":"AQAB","e":"AQAB"}`, ''],
          ['['.repeat(100_000), ''],
          ['-----BEGIN '.repeat(50_000), ''],
          ['\u0000\uD800', ''],
          ['x'.repeat(2 * MEGABYTE), 'too long'],
        ];
        for (const [key, said] of keys) {
          await giveKey(panel, key);
          await panel.waitUntil(
            { what: `an answer to ${key.slice(0, 40)}` },
            (wanted) => {
              const text = document.querySelector('.trial')?.textContent ?? '';
              return text !== '' && text.includes(wanted);
            },
            said,
          );
          await giveKey(panel, ' ');
          await panel.waitFor(() => document.querySelector('.trial')?.textContent === '');
        }
      });

      test('records that are none', async () => {
        const before = await rows();
        const right = hmacToken(SECRET, { payload: { sub: 'the right record' } });
        await driver().background.evaluate(watchBackground);
        await driver().background.evaluate(putGarbage, await tabOf(driver(), driver().page), right);
        await panel.type('.search input', 'sub:"the right record"');
        await says(panel, ROW, 'the right record');
        await panel.press('Escape');
        await panel.waitFor((row, count) => document.querySelectorAll(row).length === count + 1, ROW, before);
        expect(await driver().background.evaluate(() => (self as { uncaught?: string[] }).uncaught)).toEqual([]);
        // Woken, it reads all of that itself.
        await driver().background.kill();
        const token = hmacToken(SECRET, { payload: { sub: 'after the garbage' } });
        await driver().page.evaluate(
          (authorization) => fetch('/', { headers: { authorization } }).then(({ status }) => status),
          `Bearer ${token}`,
        );
        await says(panel, ROW, 'after the garbage');
      });

      test('leaves a panel that lives and has lost nothing', async () => {
        // Told, not held: what the browser's own field takes to lay out megabytes is among them.
        console.info(`Tasks of the panel in ${driver().browser}: ${(await longTasksIn(panel)).join(', ')}`);
        await panel.click({ selector: ROW, text: 'witness' });
        await giveKey(panel, SECRET);
        await panel.waitFor((row) => document.querySelector(`${row}[aria-selected=true] [title=verified]`), ROW);
        await removeKeys(panel);
        for (const name of ['in a large header', 'among the cookies', 'prototype', 'markup', 'deep', 'wide'])
          await says(panel, ROW, name);
        expect(await uncaughtIn(panel)).toEqual([]);
      });
    });
  });
});
