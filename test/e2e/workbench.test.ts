/** Issue 5, part 1: a copy of a captured token is edited, and signed with keys that are given or made there. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { ml_dsa44 } from '@noble/post-quantum/ml-dsa.js';
import {
  compactDecrypt,
  compactVerify,
  createLocalJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  importJWK,
  type JWK,
} from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { login } from '../site/login.ts';
import { type Site, startSite } from '../site/site.ts';
import { axeInThemes, NO_VIOLATIONS } from './axe.ts';
import type { Surface } from './driver.ts';
import { giveKey, removeKeys } from './panel.ts';
import { openToken, rowWith, showView, tabTo } from './panel-reader.ts';
import { eventually, poll } from './poll.ts';
import { inBothBrowsers } from './scenario.ts';
import { closeDialog, openOnly, openPanel, openRing, use } from './trust.ts';
import {
  chooseAlgorithm,
  chooseSignature,
  compressFirst,
  editCopyOf,
  encryptFor,
  generateKey,
  madeWith,
  marksOf,
  rawToken,
  retype,
  SIGNING_KEY,
  sayIs,
  stopEncrypting,
  textIn,
  toEndOf,
} from './workbench.ts';

const ACCESS = 'Access token · alice';
const FAILS = "Changed, so the original's signature fails";
const BROKEN = 'The payload breaks at line 1, column 16.';
const NO_KEY = 'Give a key to sign with, or generate one.';
const OLDER = 'The last good token stands below, not what is typed.';

const payloadOf = (token: string) => Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');

let site: Site;
beforeAll(async () => {
  site = await startSite({ accessTokenSeconds: 600 });
});
afterAll(() => site.close());

/** Who is to read what is encrypted. */
const recipient = generateKeyPairSync('rsa', { modulusLength: 2048 });

describe('the workbench', () => {
  inBothBrowsers('workbench', (driver) => {
    let panel: Surface;
    let original: string;
    beforeAll(async () => {
      const { page } = driver();
      await page.goto(site.app);
      panel = await openPanel(driver());
      await login(page);
      await use(page, '#verify-id-token');
      await rowWith(panel, ACCESS);
    });

    test("a copy of a captured token: each keystroke is in it, and the original's signature fails", async () => {
      original = await editCopyOf(panel, ACCESS);
      const before = await textIn(panel, 'payload');
      expect(before).toBe(payloadOf(original));
      await toEndOf(panel, 'payload');
      await panel.press('Backspace');
      await panel.typeOn(',"uses":1}');
      await madeWith(panel, 'payload', `${before.slice(0, -1)},"uses":1}`);
      await panel.press('ArrowLeft');
      let typed = `${before.slice(0, -1)},"uses":1`;
      for (const digit of '234') {
        typed += digit;
        await panel.press(digit);
        await madeWith(panel, 'payload', `${typed}}`);
      }
      await sayIs(panel, FAILS);
      const edited = await rawToken(panel);
      expect(decodeJwt(edited).uses).toBe(1234);
      expect(edited.split('.').filter((_, part) => part !== 1)).toEqual(
        original.split('.').filter((_, part) => part !== 1),
      );
      const keys = createLocalJWKSet(JSON.parse(site.jwks));
      await compactVerify(original, keys);
      await expect(compactVerify(edited, keys)).rejects.toMatchObject({
        code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
      });
    });

    test('JSON that breaks leaves the last good token, and its place is told', async () => {
      await retype(panel, 'payload', '{"sub":"alice"}');
      const good = await madeWith(panel, 'payload', '{"sub":"alice"}');
      await panel.press('ArrowLeft');
      await panel.typeOn(',');
      expect(await sayIs(panel, BROKEN)).toBe(OLDER);
      await expect.poll(() => rawToken(panel)).toBe(good);
      await expect
        .poll(() => marksOf(panel, 'payload'))
        .toEqual([expect.stringMatching(/^Line 1, column 16: the JSON breaks/)]);
      await panel.typeOn('"sub":1');
      await panel.waitUntil({ what: 'the mark of a member that is there twice' }, () =>
        document.querySelector('.wb-part.payload .wb-marks')?.textContent?.includes('there twice'),
      );
      await expect
        .poll(() => marksOf(panel, 'payload'))
        .toEqual([expect.stringMatching(/^Line 1, column 16: the member “sub” is there twice/)]);
      await sayIs(panel, BROKEN);
      await expect.poll(() => rawToken(panel)).toBe(good);
      await panel.press('Control+z');
      await panel.waitUntil({ what: 'what was typed before' }, () => {
        const editor = document.querySelector('.wb-part.payload .json-editor')?.shadowRoot;
        return editor?.querySelector('.cm-content')?.textContent === '{"sub":"alice"}';
      });
      await madeWith(panel, 'payload', '{"sub":"alice"}');
    });

    test('signs with a typed secret, which goes nowhere else', async () => {
      const secret = randomBytes(32).toString('hex');
      await chooseAlgorithm(panel, 'HS256');
      await chooseSignature(panel, 'Sign with a key');
      expect(await sayIs(panel, NO_KEY)).toBe(OLDER);
      await panel.type(SIGNING_KEY, secret);
      await sayIs(panel, 'Signed with HS256, and the signature holds');
      // Before, it is signed with the beginning of it.
      const { payload, protectedHeader } = await poll('a token signed with the whole secret', async () =>
        compactVerify(await rawToken(panel), Buffer.from(secret)),
      );
      expect(protectedHeader.alg).toBe('HS256');
      expect(Buffer.from(payload).toString()).toBe('{"sub":"alice"}');
      await openRing(panel);
      expect(await panel.evaluate(() => document.querySelector('dialog')?.textContent)).not.toContain('HS256');
      await closeDialog(panel);
      expect(
        await driver().background.evaluate(async () => JSON.stringify(await chrome.storage.session.get(null))),
      ).not.toContain(secret);
      await panel.selectText(SIGNING_KEY);
      await panel.press('Delete');
      await sayIs(panel, NO_KEY);
    });

    test("what is typed in the verifier's key box does not sign", async () => {
      await showView(panel, 'Tokens');
      await openToken(panel, 'ID token');
      await giveKey(panel, 'a secret for the verifier alone');
      await panel.waitFor(() =>
        document.querySelector('.key-box .trial')?.textContent?.includes('A shared secret, but'),
      );
      await showView(panel, 'Workbench');
      expect(await sayIs(panel, NO_KEY)).toBe(OLDER);
      await expect
        .poll(() => panel.evaluate((box) => document.querySelector<HTMLTextAreaElement>(box)?.value, SIGNING_KEY))
        .toBe('');
      await showView(panel, 'Tokens');
      await removeKeys(panel);
      await showView(panel, 'Workbench');
    });

    test.each(['RS256', 'ES256'])('makes a key for %s, and signs with it', async (alg) => {
      await chooseAlgorithm(panel, alg);
      const made = await generateKey(panel, alg);
      const token = await rawToken(panel);
      const { protectedHeader } = await compactVerify(token, createPublicKey(made['Public key (PEM, SPKI)'] ?? ''));
      expect(protectedHeader.alg).toBe(alg);
      const jwk: JWK = JSON.parse(made['Public key (JWK)'] ?? '');
      expect(jwk).not.toHaveProperty('d');
      await compactVerify(token, await importJWK(jwk, alg));
      await panel.click('button[aria-label="Copy the Private key (PEM, PKCS#8)"]');
      await panel.waitUntil({ what: 'the word of the copy' }, () =>
        document.querySelector('.status')?.textContent?.includes('PKCS#8) copied.'),
      );
      // The word of a copy before stands for some seconds.
      await eventually(async () => {
        const copied = createPrivateKey(await driver().clipboardText());
        expect(createPublicKey(copied).export({ format: 'jwk' })).toMatchObject({ kty: jwk.kty ?? '' });
        expect(createPublicKey(copied).equals(createPublicKey(made['Public key (PEM, SPKI)'] ?? ''))).toBe(true);
      });
    });

    test('makes a key for ML-DSA-44, and signs with it', async () => {
      await chooseAlgorithm(panel, 'ML-DSA-44');
      const made = await generateKey(panel, 'ML-DSA-44');
      const { pub = '' }: { pub?: string } = JSON.parse(made['Public key (JWK)'] ?? '');
      // The panel draws the beginning of a signature as long as this.
      await panel.click({ selector: '.wb-token .raw-box button', text: 'Copy' });
      const token = await poll('the whole token in the clipboard', async () => {
        const text = await driver().clipboardText();
        return text.startsWith('eyJ') && text;
      });
      const [signature = '', ...input] = token.split('.').toReversed();
      const bytes = (text: string) => Buffer.from(text, 'base64url');
      const message = Buffer.from(input.toReversed().join('.'));
      expect(ml_dsa44.verify(bytes(signature), message, bytes(pub))).toBe(true);
    });

    test('encrypts what was signed, for the key of who is to read it', async () => {
      await chooseAlgorithm(panel, 'ES256');
      await generateKey(panel, 'ES256');
      const signed = await rawToken(panel);
      await encryptFor(panel, 'RSA-OAEP-256', String(recipient.publicKey.export({ format: 'pem', type: 'spki' })));
      const { plaintext, protectedHeader } = await compactDecrypt(await rawToken(panel), recipient.privateKey);
      expect(protectedHeader.cty).toBe('JWT');
      // A signature by ECDSA is another each time.
      const inputOf = (token: string) => token.slice(0, token.lastIndexOf('.'));
      expect(inputOf(Buffer.from(plaintext).toString())).toBe(inputOf(signed));
    });

    test('compresses first, and writes a further member into the outer header', async () => {
      await compressFirst(panel);
      await retype(panel, 'outer', '{"typ":"JOSE"}');
      const header = await poll('a token with the member', async () => {
        const made = decodeProtectedHeader(await rawToken(panel));
        return made.typ === 'JOSE' && made;
      });
      expect(header).toEqual({ alg: 'RSA-OAEP-256', enc: 'A256GCM', zip: 'DEF', cty: 'JWT', typ: 'JOSE' });
      const { plaintext } = await compactDecrypt(await rawToken(panel), recipient.privateKey);
      expect(decodeJwt(Buffer.from(plaintext).toString()).sub).toBe('alice');
      await stopEncrypting(panel);
    });

    test('none and empty leave the signature out, and say what that is', async () => {
      await chooseSignature(panel, 'Empty');
      await sayIs(panel, 'Without the signature that its header promises');
      await expect.poll(async () => (await rawToken(panel)).endsWith('.')).toBe(true);
      await chooseSignature(panel, 'None');
      await sayIs(panel, 'Unsecured: anybody can have written this token');
      expect(decodeProtectedHeader(await rawToken(panel)).alg).toBe('none');
    });

    test('sets times and adds registered claims, the rest as it was typed', async () => {
      await retype(panel, 'payload', '{ "sub" : "alice" }');
      await madeWith(panel, 'payload', '{ "sub" : "alice" }');
      const before = Math.floor(Date.now() / 1000);
      await panel.click({ selector: '.wb-quick button', text: 'in 1 h' });
      const text = await poll('exp in the payload', async () => {
        const now = await textIn(panel, 'payload');
        return now.includes('"exp"') && now;
      });
      expect(text.startsWith('{ "sub" : "alice"')).toBe(true);
      const { exp } = JSON.parse(text);
      expect(exp - before - 3600).toBeGreaterThanOrEqual(0);
      expect(exp - before - 3600).toBeLessThan(60);
      await panel.click({ selector: '.wb-part.payload .wb-add button', text: 'Add claim…' });
      await panel.type('.wb-choices input', 'whom it is meant');
      await panel.waitUntil({ what: 'aud on top' }, () =>
        document.querySelector('.wb-choices [aria-selected=true]')?.textContent?.startsWith('aud'),
      );
      await panel.press('Enter');
      await poll('aud in the payload', async () => 'aud' in JSON.parse(await textIn(panel, 'payload')));
    });

    test('axe finds nothing', async () => {
      await chooseSignature(panel, 'Sign with a key');
      expect(await axeInThemes(driver(), panel)).toEqual(NO_VIOLATIONS);
    });

    test('the original stays as it was, and what was made stands beside it when asked', async () => {
      await chooseSignature(panel, 'Empty');
      await sayIs(panel, 'Without the signature that its header promises');
      const made = await rawToken(panel);
      await panel.click({ selector: '.wb-token button', text: 'Put into the list' });
      await showView(panel, 'Tokens');
      await panel.waitUntil({ what: 'three rows' }, () => document.querySelectorAll('[role=option]').length === 3);
      // A role that only the original has.
      await openOnly(panel, 'customer');
      await expect.poll(() => rawToken(panel)).toBe(original);
      expect(made).not.toBe(original);
    });

    test('by keyboard alone: a blank token, signed and copied', async () => {
      const secret = randomBytes(32).toString('base64url');
      await showView(panel, 'Tokens');
      await panel.press('Shift+Tab');
      await tabTo(panel, '#tab-tokens');
      for (const _ of ['Exchanges', 'Timeline', 'Workbench']) await panel.press('ArrowRight');
      await tabTo(panel, '.wb-bar button', 'Start blank');
      await panel.press('Enter');
      await tabTo(panel, '.wb-part.payload .json-editor');
      await panel.press('Control+a');
      await panel.typeOn('{"sub":"keyboard"}');
      await tabTo(panel, SIGNING_KEY);
      // A blank token comes with a key of its own.
      await panel.press('Control+a');
      await panel.typeOn(secret);
      const verified = async (token: string) => compactVerify(token, Buffer.from(secret));
      await poll('a token signed with the whole secret', async () => verified(await rawToken(panel)));
      await tabTo(panel, '.wb-token button', 'Copy');
      await panel.press('Enter');
      const { payload } = await poll('the token in the clipboard', async () =>
        verified(await driver().clipboardText()),
      );
      expect(Buffer.from(payload).toString()).toBe('{"sub":"keyboard"}');
    });

    test("in the extension's own page, where nothing is captured", async () => {
      const own = await driver().openToolbarPage();
      await showView(own, 'Workbench');
      await retype(own, 'payload', '{"sub":"own page"}');
      await chooseAlgorithm(own, 'ES256');
      const made = await generateKey(own, 'ES256');
      const token = await madeWith(own, 'payload', '{"sub":"own page"}');
      await compactVerify(token, createPublicKey(made['Public key (PEM, SPKI)'] ?? ''));
      await own.close();
    });
  });
});
