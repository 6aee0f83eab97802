/** What leaves the panel: a file that names no credential, and nothing else, neither over the wire nor onto the disk. */
import { randomBytes } from 'node:crypto';
import type { JWK } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encryptedToken } from '../fixtures/encrypted.ts';
import { ecPair, type KeyPair, privatePem } from '../fixtures/keys.ts';
import { CLAIMS, hmacToken, signedToken } from '../fixtures/tokens.ts';
import { login } from '../site/login.ts';
import { type Site, startSite } from '../site/site.ts';
import type { DevTools, Page, Surface } from './driver.ts';
import { giveKey, pasteToken, ROW, says, signatureIs } from './panel.ts';
import { searchProfile } from './profile.ts';
import { inBothBrowsers } from './scenario.ts';
import { capturedIn, formsOf } from './secret-forms.ts';

interface Exported {
  readonly claimcheck: number;
  readonly kind: string;
  readonly redacted: boolean;
  readonly tokens: readonly { readonly signature: string; readonly payload?: Readonly<Record<string, unknown>> }[];
  readonly exchanges: readonly { readonly url: string }[];
  readonly sightings: readonly unknown[];
}

/** Sixteen characters of a secret: what compressed files hold together. */
const pieceOf = (secret: string) => secret.slice(-24, -8);

/** All such pieces, one after the other. */
const piecesOf = (secret: string): readonly string[] => secret.match(/.{16}/g) ?? [];

const octetsOf = ({ k = '' }: JWK): Buffer => Buffer.from(k, 'base64url');

/** The lines of a private key in PEM that hold its secret half; the last is too short to be searched for. */
const linesOf = (pair: KeyPair): readonly string[] =>
  privatePem(pair)
    .split('\n')
    .filter((line) => /^[\w+/=]{64}$/.test(line));

describe('privacy', () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite({ accessTokenSeconds: 600 });
  });
  afterAll(() => site.close());

  inBothBrowsers('what leaves the panel', (driver) => {
    const secret = `a secret of this run ${randomBytes(24).toString('hex')}`;
    const typo = `${randomBytes(24).toString('hex')} with a typing error`;
    const jti = randomBytes(24).toString('base64url');
    const sealing: JWK = { kty: 'oct', k: randomBytes(32).toString('base64url') };
    const remembered: JWK = { kty: 'oct', kid: 'to-remember', k: randomBytes(48).toString('base64url') };
    const pair = ecPair('P-256');
    const travelling = hmacToken(secret, { payload: { ...CLAIMS, jti, email: 'alice@private.test' } });
    const typed = hmacToken(randomBytes(24), { payload: { sub: 'typed' } });

    describe('in DevTools', () => {
      let devTools: DevTools;
      let panel: Surface;
      beforeAll(async () => {
        devTools = await driver().openDevTools();
        panel = await devTools.showPanel();
        await devTools.resizePanel(1200, 900);
        await useSite(driver().page, site, travelling);
        await says(panel, ROW, 'HS256');
        // Out of a body, which is read last.
        await says(panel, ROW, 'ID token');
        await panel.click({ selector: ROW, text: 'alice@private.test' });
        await giveKey(panel, secret);
        await signatureIs(panel, 'verified');
      });
      afterAll(() => devTools.close());

      const exported = async (): Promise<{ readonly name: string; readonly text: string; readonly file: Exported }> => {
        await panel.click({ selector: 'dialog button', text: 'Save' });
        const { name, text } = await driver().nextDownload();
        await panel.waitUntil({ what: 'the end of the dialog' }, () => document.querySelector('dialog') === null);
        return { name, text, file: JSON.parse(text) };
      };

      test('exports without a credential in any form, and with chosen claims masked', async () => {
        const captured = await driver().background.evaluate(capturedIn);
        expect(captured.length).toBeGreaterThan(4);
        await panel.click({ selector: '.bar button', text: 'Export' });
        await panel.paste('dialog .others input', 'email, preferred_username');
        await panel.waitUntil({ what: 'a preview with masked claims' }, () =>
          document.querySelector<HTMLTextAreaElement>('dialog textarea')?.value.includes('"***"'),
        );
        const { name, text, file } = await exported();
        expect(name).toMatch(/^claimcheck-[\dT-]+\.json$/);
        expect(file).toMatchObject({ claimcheck: 1, kind: 'log', redacted: true });
        expect(file.tokens).toHaveLength(captured.length);
        expect(file.exchanges.length).toBeGreaterThan(4);
        for (const token of captured) {
          const signature = token.split('.').at(-1) ?? '';
          expect(signature.length).toBeGreaterThan(20);
          for (const form of [...formsOf(token), ...formsOf(signature)]) expect(text).not.toContain(form);
        }
        expect(text).not.toContain('alice@');
        expect(text).not.toContain(secret);
        const own = file.tokens.find(({ payload }) => payload?.jti === jti);
        // The name of the person is the value of a masked claim, and so is masked wherever else it stands.
        expect(own).toMatchObject({ signature: 'removed', payload: { sub: '***', email: '***' } });
      });

      test('exports live credentials by a choice of its own', async () => {
        const captured = await driver().background.evaluate(capturedIn);
        await panel.click({ selector: '.bar button', text: 'Export' });
        await expect
          .poll(() =>
            panel.evaluate(() => document.querySelector<HTMLInputElement>('dialog .setting [type=checkbox]')?.checked),
          )
          .toBe(false);
        await panel.click('dialog .setting [type=checkbox]');
        await says(panel, 'dialog p', 'whoever has the file can use them');
        const { name, text, file } = await exported();
        expect(name).toMatch(/-LIVE\.json$/);
        expect(file.redacted).toBe(false);
        for (const token of captured) expect(text).toContain(token);
      });
    });

    test('writes no key to storage.local but the one that a person had remembered', async () => {
      const own = await driver().openToolbarPage();
      const onDisk = () =>
        driver().background.evaluate(async () => JSON.stringify(await chrome.storage.local.get(null)));
      await pasteToken(own, await encryptedToken('dir', { payload: { sub: 'sealed' }, key: sealing }));
      await giveKey(own, JSON.stringify(sealing));
      await signatureIs(own, 'decrypted');
      await pasteToken(own, await signedToken('ES256', { pair, payload: { sub: 'of a private key' } }));
      await giveKey(own, privatePem(pair));
      await signatureIs(own, 'verified');
      const header = { kid: 'to-remember' };
      await pasteToken(own, hmacToken(octetsOf(remembered), { header, payload: { sub: 'of a remembered key' } }));
      await giveKey(own, JSON.stringify(remembered));
      await signatureIs(own, 'verified');
      const before = await onDisk();
      for (const piece of [secret, sealing.k, remembered.k, ...linesOf(pair)]) expect(before).not.toContain(piece);

      await own.click({ selector: '.bar button', text: 'Keys' });
      await own.click({ selector: 'dialog .ring-key', text: 'to-remember' });
      await own.click({ selector: 'dialog .ring-actions button', text: 'Remember' });
      await own.click({ selector: '[role=alertdialog] button', text: 'Write it to disk' });
      await says(own, 'dialog .ring-key', 'remembered on disk');
      const after = await onDisk();
      expect(after).toContain(remembered.k);
      for (const piece of [secret, sealing.k, ...linesOf(pair)]) expect(after).not.toContain(piece);
      await own.close();
    });

    test('leaves no request of its own, and no byte on the disk', async () => {
      const own = await driver().openToolbarPage();
      await pasteToken(own, travelling);
      await signatureIs(own, 'verified');
      // Not sent off: what stands in a field when the browser ends is what it would restore.
      await giveKey(own, typo);
      await own.click({ selector: '.bar button', text: 'Paste' });
      await own.paste('dialog textarea', typed);

      const { extensionRequests, profileDir } = await driver().close();
      expect(extensionRequests).toEqual([]);
      // The search itself finds what the browser keeps by itself, the address of the site, and what was to be kept.
      expect(searchProfile(profileDir, new URL(site.app).host)).not.toEqual([]);
      // What was to be kept may lie across two pages of the file: one of its pieces does not.
      expect(piecesOf(remembered.k ?? '').flatMap((piece) => searchProfile(profileDir, piece))).not.toEqual([]);
      expect({
        token: searchProfile(profileDir, pieceOf(travelling)),
        payload: searchProfile(profileDir, pieceOf(travelling.split('.')[1] ?? '')),
        claim: searchProfile(profileDir, pieceOf(jti)),
        secret: searchProfile(profileDir, pieceOf(secret)),
        sealing: searchProfile(profileDir, pieceOf(sealing.k ?? '')),
        privateKey: linesOf(pair).flatMap((line) => searchProfile(profileDir, pieceOf(line))),
        typo: searchProfile(profileDir, typo.slice(0, 16)),
        typed: searchProfile(profileDir, pieceOf(typed)),
      }).toEqual({ token: [], payload: [], claim: [], secret: [], sealing: [], privateKey: [], typo: [], typed: [] });
    });
  });
});

/** A login, and one token in every disguise; the one that is searched for travels in `Authorization` alone. */
const useSite = async (page: Page, site: Site, travelling: string): Promise<void> => {
  await page.goto(site.app);
  await login(page);
  for (const button of ['#session-login', '#authjs-login', '#call-orders']) {
    const before = await page.evaluate(() => document.querySelector('#done-count')?.textContent ?? '');
    await page.click(button);
    await page.waitFor((count) => document.querySelector('#done-count')?.textContent !== count, before);
  }
  const disguised = hmacToken(randomBytes(32), { payload: { sub: 'disguised', note: 'for the address' } });
  const inCookie = Buffer.from(JSON.stringify({ access_token: disguised })).toString('base64url');
  await page.evaluate(
    async (api, authorization, token, cookie) => {
      const send = (url: string, headers: HeadersInit = {}) => fetch(url, { headers, cache: 'no-store' });
      await send(`${api}/orders`, { authorization });
      await send(`/echo?status=204&cookie=${encodeURIComponent(`sb-auth=base64-${cookie}; Path=/`)}`);
      await send(`/echo?status=204&token=${token}&again=${token.replaceAll('.', '%2E')}`);
      await send(`/echo?status=204&next=${encodeURIComponent(`/x?t=${encodeURIComponent(token)}`)}`, { 'x-a': token });
    },
    site.api,
    `Bearer ${travelling}`,
    disguised,
    inCookie,
  );
};
