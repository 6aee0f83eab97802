/** "Get keys from …": what is asked, of whom, only after a click; and what is refused. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ecPair } from '../fixtures/keys.ts';
import { signedToken } from '../fixtures/tokens.ts';
import { type Site, startSite } from '../site/site.ts';
import type { Surface } from './driver.ts';
import { DISCOVERY, issuerOf, json, type KeyServer, keyServer, OAUTH_DISCOVERY } from './key-servers.ts';
import { KEY_BOX, pasteToken, says, signatureIs, verdictOf } from './panel.ts';
import { inBothBrowsers } from './scenario.ts';
import {
  answerHas,
  closeDialog,
  hostOf,
  openOnly,
  openPanel,
  openRing,
  ringLines,
  setFilter,
  signIn,
  use,
} from './trust.ts';

const BUTTON = '.get-keys > button';
/** A document that is never done. */
const TOO_LARGE = 'x'.repeat(1_100_000);
/** What the extension waits for an answer, and some. */
const TOO_SLOW_MS = 20_000;

describe('keys from the issuer', () => {
  inBothBrowsers('the button', (driver) => {
    const pair = ecPair('P-256');
    let site: Site;
    let panel: Surface;
    const servers: KeyServer[] = [];
    const expected: string[] = [];
    const start = async (...args: Parameters<typeof keyServer>): Promise<KeyServer> => {
      const server = await keyServer(...args);
      servers.push(server);
      return server;
    };
    beforeAll(async () => {
      site = await startSite({ accessTokenSeconds: 600 });
    });
    afterAll(() => Promise.all([site.close(), ...servers.map((server) => server.close())]));

    /** Pastes a token of that issuer; gives the address that the button names. */
    const pasteFor = async (iss: string): Promise<string> => {
      const exp = Math.floor(Date.now() / 1000) + 600;
      await pasteToken(panel, await signedToken('ES256', { pair, header: { kid: 'k1' }, payload: { iss, exp } }));
      await says(panel, '.get-keys', `Get keys from ${hostOf(iss)} asks ${iss}`);
      return panel.evaluate(
        () =>
          /asks (\S+), and no other host/.exec(document.querySelector('.get-keys .dim')?.textContent ?? '')?.[1] ?? '',
      );
    };

    test('names the address before, asks it and the set that it names, and keeps the keys in their rank', async () => {
      const { page } = driver();
      panel = await openPanel(driver());
      await signIn(page, site, 'code');
      expect(await use(page, '#call-orders')).toBe('200 OK');
      await openOnly(panel, 'is:access');
      await signatureIs(panel, 'no key');
      await says(panel, BUTTON, `Get keys from ${hostOf(site.issuer)}`);
      await says(panel, '.get-keys .dim', `asks ${site.issuer}${DISCOVERY}, and no other host`);

      await panel.click(BUTTON);
      await signatureIs(panel, 'verified');
      await says(panel, '.get-keys output', '2 keys kept for this session: demo-rs256, demo-es256.');
      expected.push(`${site.issuer}${DISCOVERY}`, `${site.issuer}/jwks`);
      await expect.poll(async () => (await verdictOf(panel))[0]).toBe('verified · ES256 · demo-es256');
      await expect
        .poll(() => answerHas(panel, 3, 'fetched from the issuer'))
        .toContain('The issuer itself names this key as its own.');
      await openRing(panel);
      await expect.poll(() => ringLines(panel)).toHaveLength(2);
      await expect
        .poll(() => ringLines(panel))
        .toContainEqual(
          expect.stringMatching(new RegExp(`^${site.issuer}: ✓ JWK · demo-es256 EC P-256 · fetched from the issuer`)),
        );
      await closeDialog(panel);
      await setFilter(panel, '');
    });

    test('stops before another host, and asks that only by a button of its own', async () => {
      const keys = await start(issuerOf(pair, 'k1'), 'localhost');
      const issuer = await start(issuerOf(pair, 'k1', `${keys.origin}/keys`));
      expect(await pasteFor(issuer.origin)).toBe(issuer.origin + DISCOVERY);
      expect(issuer.asked).toEqual([]);
      await panel.click(BUTTON);
      await says(panel, '.get-keys output', `on another host, which was not asked: ${keys.origin}/keys`);
      expect(issuer.asked).toEqual([issuer.origin + DISCOVERY]);
      expect(keys.asked).toEqual([]);
      await signatureIs(panel, 'no key');

      await panel.click({ selector: '.get-keys button', text: `Get keys from ${hostOf(keys.origin)}` });
      await signatureIs(panel, 'verified');
      expect(keys.asked).toEqual([`${keys.origin}/keys`]);
      expect(issuer.asked).toHaveLength(1);
      expected.push(...issuer.asked, ...keys.asked);
      // Cookies of 127.0.0.1 are there from the login, and know no ports.
      expect([...issuer.told, ...keys.told]).toEqual([]);
      await expect.poll(async () => (await verdictOf(panel))[3]).toMatch(/^fetched from the issuer/);
    });

    test('refuses a redirect, and does not follow it', async () => {
      const target = await start((response) => json(response, { keys: [] }), 'localhost');
      const issuer = await start((response) => response.writeHead(302, { Location: `${target.origin}/` }).end());
      await pasteFor(issuer.origin);
      await panel.click(BUTTON);
      await says(panel, '.get-keys output', `${issuer.origin}${DISCOVERY} redirects elsewhere.`);
      expect(target.asked).toEqual([]);
      expect(issuer.asked).toEqual([issuer.origin + DISCOVERY, issuer.origin + OAUTH_DISCOVERY]);
      expected.push(...issuer.asked);
    });

    test('refuses what is over 1 MB, without reading it to its end', async () => {
      const issuer = await start((response) => response.end(TOO_LARGE));
      await pasteFor(issuer.origin);
      await panel.click(BUTTON);
      await says(panel, '.get-keys output', `The answer of ${issuer.origin}${DISCOVERY} is over 1 MB`);
      expected.push(issuer.origin + DISCOVERY);
      expect(issuer.asked).toEqual([issuer.origin + DISCOVERY]);
    });

    test('does not believe a document that names another issuer', async () => {
      const issuer = await start((response, origin) =>
        json(response, { issuer: 'https://login.test', jwks_uri: `${origin}/keys` }),
      );
      await pasteFor(issuer.origin);
      await panel.click(BUTTON);
      await says(panel, '.get-keys output', `names another issuer than the one it is asked about`);
      await says(panel, '.get-keys output', `https://login.test ≠ ${issuer.origin}`);
      expected.push(issuer.origin + DISCOVERY);
      expect(issuer.asked).toEqual([issuer.origin + DISCOVERY]);
    });

    test('gives up on a server that stalls', async () => {
      const issuer = await start((response) => response.write('{"issuer":'));
      await pasteFor(issuer.origin);
      await panel.click(BUTTON);
      await says(panel, '.get-keys output', `Asking ${hostOf(issuer.origin)}…`);
      await panel.waitUntil({ what: 'the end of its patience', timeout: TOO_SLOW_MS }, () =>
        document.querySelector('.get-keys output')?.textContent?.includes('did not answer in full within 10 seconds'),
      );
      expected.push(issuer.origin + DISCOVERY);
      expect(issuer.asked).toEqual([issuer.origin + DISCOVERY]);
    });

    test('is not there for http of another machine, and says why where it was typed', async () => {
      const claims = { iss: 'http://keys.example', exp: Math.floor(Date.now() / 1000) + 600 };
      await pasteToken(panel, await signedToken('ES256', { pair: ecPair('P-256'), payload: claims }));
      await signatureIs(panel, 'no key');
      await panel.waitUntil({ what: 'a key box' }, (box) => document.querySelector(box) !== null, KEY_BOX);
      await expect.poll(() => panel.evaluate(() => document.querySelector('.get-keys'))).toBe(null);
      await panel.paste(KEY_BOX, 'http://keys.example/jwks');
      await says(panel, '.key-box', 'Keys are only fetched over https, or over http from localhost and 127.0.0.1');
      await expect.poll(() => panel.evaluate(() => document.querySelector('.get-keys'))).toBe(null);
    });

    test("takes the address of a set too, which is nobody's but who typed it", async () => {
      const other = ecPair('P-256');
      const keys = await start(issuerOf(other, 'k2'));
      const claims = { iss: 'http://keys.example', exp: Math.floor(Date.now() / 1000) + 600 };
      await pasteToken(panel, await signedToken('ES256', { pair: other, header: { kid: 'k2' }, payload: claims }));
      await panel.paste(KEY_BOX, `${keys.origin}/keys`);
      await says(
        panel,
        '.get-keys',
        `Get keys from ${hostOf(keys.origin)} asks ${keys.origin}/keys, and no other host`,
      );
      expect(keys.asked).toEqual([]);
      await panel.click(BUTTON);
      await signatureIs(panel, 'verified');
      await expect
        .poll(async () => (await verdictOf(panel))[3])
        .toBe(
          `given by you · ${hostOf(keys.origin)} · Nothing told whose set it is. · As good as the place you took the key from. trust`,
        );
      expected.push(`${keys.origin}/keys`);
      expect(keys.asked).toEqual([`${keys.origin}/keys`]);
    });

    test('of one issuer is no word on the tokens of another', async () => {
      const claims = { iss: 'http://keys.example', exp: Math.floor(Date.now() / 1000) + 600 };
      await pasteToken(panel, await signedToken('ES256', { pair, payload: claims }));
      await signatureIs(panel, 'verified');
      await expect
        .poll(async () => (await verdictOf(panel))[3])
        .toMatch(/The set belongs to another issuer than the token names: http:\/\/127\.0\.0\.1:\d+\. trust$/);
    });

    test('and these were all requests of the extension', async () => {
      expect((await driver().close()).extensionRequests).toEqual(expected);
    });
  });
});
