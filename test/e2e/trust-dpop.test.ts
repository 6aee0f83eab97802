/** DPoP by oidc-client-ts and oidc-provider, and what goes wrong with it (RFC 9449). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Site, startSite } from '../site/site.ts';
import type { Page, Surface } from './driver.ts';
import { signatureIs, verdictOf } from './panel.ts';
import { openToken, rowWith, sightingsOf } from './panel-reader.ts';
import { eventually, poll } from './poll.ts';
import { inBothBrowsers } from './scenario.ts';
import {
  answerHas,
  type CheckLine,
  checksOf,
  hostOf,
  openOnly,
  openPanel,
  openRow,
  sentenceHas,
  setFilter,
  signIn,
  use,
} from './trust.ts';

interface Sent {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

interface Watched extends Window {
  sent?: Sent[];
  send?: typeof fetch;
}

/** From now on the page keeps what it sends to the API. */
const keepSent = (page: Page, api: string): Promise<void> =>
  page.evaluate((origin) => {
    const sent: Sent[] = [];
    Object.assign(window, { sent });
    const send = window.fetch.bind(window);
    Object.assign(window, { send });
    window.fetch = (input, init) => {
      const url = String(input instanceof Request ? input.url : input);
      if (url.startsWith(origin)) sent.push({ url, headers: Object.fromEntries(new Headers(init?.headers)) });
      return send(input, init);
    };
  }, api);

/** The same headers as in the page's last request, but for a change, by another method or to another place. */
const sendAgain = (page: Page, method: string, path?: string, changed: Readonly<Record<string, string>> = {}) =>
  page.evaluate(
    async (how, where, change) => {
      const { sent, send } = window as Watched;
      const { url, headers } = sent?.at(-1) ?? { url: '', headers: {} };
      const merged = Object.entries({ ...headers, ...change }).filter(([, value]) => value !== '');
      const answer = await (send ?? fetch)(where ? new URL(where, url) : url, {
        method: how,
        headers: Object.fromEntries(merged),
      });
      return `${answer.status} ${answer.headers.get('WWW-Authenticate') ?? ''}`.trim();
    },
    method,
    path ?? '',
    changed,
  );

/** What a line says, by the name of the claim that it names. */
const byClaim = (lines: readonly CheckLine[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    lines.map(({ name, state, says }) => [/\(([^)]+)\)$/.exec(name)?.[1] ?? name, `${state}: ${says}`]),
  );

describe('DPoP', () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite({ accessTokenSeconds: 600 });
  });
  afterAll(() => site.close());

  inBothBrowsers('DPoP', (driver) => {
    let panel: Surface;

    test('holds in each request of a login and of the API, with and without a nonce', async () => {
      const { page } = driver();
      panel = await openPanel(driver());
      await signIn(page, site, 'dpop');
      expect(await use(page, '#verify-id-token')).toBe('Verified');
      await keepSent(page, site.api);
      expect(await use(page, '#call-orders')).toBe('200 OK');

      // Newest first: with the nonce, without it, and the one for the token endpoint.
      await openOnly(panel, 'is:dpop', 3);
      await signatureIs(panel, 'verified');
      await expect.poll(async () => (await verdictOf(panel))[3]).toMatch(/^A proof carries its key by design\./);
      await sentenceHas(panel, 'DPoP proof, signed with the key that it carries; it serves one request.');
      await eventually(async () => {
        const withNonce = await checksOf(panel, '/orders');
        expect(withNonce.map(({ state }) => state)).toEqual(Array.from({ length: 8 }, () => 'holds'));
        expect(Object.keys(byClaim(withNonce)).sort()).toEqual(
          ['ath', 'cnf.jkt', 'htm', 'htu', 'iat', 'jti', 'nonce', 'typ, alg, jwk'].sort(),
        );
        expect(byClaim(withNonce).nonce).toBe('holds: The server gave out this nonce.');
      });

      await openRow(panel, 2);
      await sentenceHas(panel, 'Answered with 401: the server asks for its nonce in the DPoP proof, which is a step');
      await rowWith(panel, 'DPoP proof', '1 × refused');
      await eventually(async () => {
        const without = await checksOf(panel, '/orders');
        expect(without.map(({ state }) => state)).toEqual(Array.from({ length: 7 }, () => 'holds'));
        expect(byClaim(without)).not.toHaveProperty('nonce');
      });

      await openRow(panel, 3);
      await eventually(async () => {
        const atTheTokenEndpoint = await checksOf(panel, '/token');
        expect(atTheTokenEndpoint.map(({ state }) => state)).toEqual(Array.from({ length: 5 }, () => 'holds'));
        expect(byClaim(atTheTokenEndpoint).htm).toBe('holds: Made for POST, and sent with it.');
      });
    });

    test('binds the access token, which nobody accuses of the missing nonce', async () => {
      await setFilter(panel, '');
      await openToken(panel, 'Access token');
      await signatureIs(panel, 'verified');
      expect(await rowWith(panel, 'Access token')).not.toContain('refused');
      await sentenceHas(panel, 'signature verified.');
      await expect
        .poll(() => checksOf(panel, '/orders'))
        .toEqual([
          { state: 'holds', name: 'Bound key (cnf.jkt)', says: 'The access token is bound to the key of the proof.' },
        ]);
      await panel.click('[aria-label="Read the page\'s stores"]');
      const kept = `sessionStorage oidc.user:${site.issuer}:demo-shop-dpop · access_token · oidc-client-ts`;
      const places = await poll('the token in the store', async () => {
        const all = (await sightingsOf(panel)).map(({ place }) => place);
        return all.includes(kept) && all;
      });
      const sent = 'Authorization · DPoP';
      expect(places.toSorted()).toEqual([sent, sent, 'response body · access_token', kept]);
    });

    test('tells the same access token sent as plain Bearer', async () => {
      const { page } = driver();
      const authorization = await page.evaluate(
        () => (window as Watched).sent?.at(-1)?.headers.authorization?.replace(/^DPoP /, 'Bearer ') ?? '',
      );
      expect(await sendAgain(page, 'GET', '/profile', { authorization, dpop: '' })).toMatch(/^401 Bearer error=/);
      await rowWith(panel, 'Access token', '1 × refused');
      await sentenceHas(panel, 'Refused with 401: the token is bound to a key, and was sent as a plain Bearer token.');
      await eventually(async () => {
        const [line] = await checksOf(panel, '/profile');
        expect(line?.state).toBe('missing');
        expect(line?.says).toMatch(/was sent without a DPoP proof, like a plain Bearer token\./);
      });
    });

    test('tells a proof that is sent twice', async () => {
      const { page } = driver();
      // The demo API lets it through, as many do.
      expect(await sendAgain(page, 'GET')).toBe('200');
      await openOnly(panel, 'is:dpop', 3);
      await sentenceHas(panel, 'The DPoP proof disagrees with its request: Identifier (jti).');
      await rowWith(panel, 'DPoP proof', '2 requests');
      await eventually(async () => {
        const checks = byClaim(await checksOf(panel, '/orders'));
        expect(checks.jti).toMatch(
          new RegExp(`^mismatch: \\S+ was used before, for GET ${site.api}/orders\\. A proof serves one request`),
        );
        expect(checks.htu).toMatch(/^holds: /);
      });
    });

    test('tells a proof for another method and address', async () => {
      const { page } = driver();
      await use(page, '#call-orders');
      const challenge = /^401 DPoP error="invalid_dpop_proof"/;
      expect(await sendAgain(page, 'HEAD', '/profile')).toMatch(challenge);
      await openOnly(panel, 'is:dpop', 4);
      await sentenceHas(panel, 'Refused with 401, and the DPoP proof disagrees with its request:');
      await eventually(async () => {
        const checks = byClaim(await checksOf(panel, `HEAD ${hostOf(site.api)}/profile`));
        expect(checks.htm).toMatch(/^mismatch: Made for GET, but the request was HEAD\./);
        expect(checks.htu).toMatch(
          new RegExp(`^mismatch: Made for ${site.api}/orders, but the request went to ${site.api}/profile\\.`),
        );
        expect(checks.ath).toMatch(/^holds: /);
      });
      await expect.poll(() => answerHas(panel, 0, 'verified')).toMatch(/^verified · ES256/);
    });
  });
});
