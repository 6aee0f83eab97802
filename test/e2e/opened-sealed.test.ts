/** Encrypted tokens: what each kind of key opens, what is asked first, what is refused, and why one stays closed. */
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import type { JWK } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { encryptedToken, octJwk, openingJwk, sealedByHand } from '../fixtures/encrypted.ts';
import { ecPair, pairFor, privateJwk, privatePem, publicJwk, publicPem } from '../fixtures/keys.ts';
import { SHARED_VECTORS } from '../fixtures/shared-vectors.ts';
import { CLAIMS, signedToken } from '../fixtures/tokens.ts';
import type { DevTools, Surface } from './driver.ts';
import { membersOf, sentenceOf, show } from './opened.ts';
import { giveKey, removeKeys, says, signatureIs, verdictOf } from './panel.ts';
import { inBothBrowsers } from './scenario.ts';

const RSA1_5 = `${SHARED_VECTORS}/cookbook/jwe/5_1.key_encryption_using_rsa_v15_and_aes-hmac-sha2.json`;
if (!existsSync(RSA1_5)) console.warn(`SKIPPED: no ${RSA1_5}, so no token of RSA1_5 was pasted`);

const vector = (path: string) =>
  JSON.parse(readFileSync(path, 'utf8')) as {
    readonly input: { readonly plaintext: string; readonly key: JWK };
    readonly output: { readonly compact: string };
  };

const asText = (key: JWK): string => JSON.stringify(key);
const octetsOf = ({ k = '' }: JWK): Buffer => Buffer.from(k, 'base64url');

/** A signed token inside of so many encrypted ones. */
const nested = async (inside: string, envelopes: number, key: JWK): Promise<string> => {
  let token = inside;
  for (let left = envelopes; left > 0; left -= 1) {
    token = await encryptedToken('dir', { payload: token, key, header: { cty: 'JWT' } });
  }
  return token;
};

describe('encrypted tokens', () => {
  inBothBrowsers('what is sealed', (driver) => {
    let devTools: DevTools;
    let panel: Surface;
    beforeAll(async () => {
      devTools = await driver().openDevTools();
      panel = await devTools.showPanel();
      await devTools.resizePanel(1200, 900);
    });
    afterEach(() => removeKeys(panel));
    afterAll(() => devTools.close());

    const isDecrypted = async (sub: string) => {
      await signatureIs(panel, 'decrypted');
      await panel.waitUntil(
        { what: 'the decrypted content' },
        () => document.querySelector('table[aria-label="Decrypted content"]') !== null,
      );
      await expect.poll(() => membersOf(panel, 'Decrypted content')).toContain(`sub: ${sub}`);
    };

    test.each(['dir', 'A256KW', 'A256GCMKW', 'RSA-OAEP-256', 'ECDH-ES', 'ECDH-ES+A256KW'])(
      '%s opens with its key',
      async (alg) => {
        const sub = `sealed by ${alg}`;
        await show(panel, await encryptedToken(alg, { payload: { ...CLAIMS, sub } }));
        await signatureIs(panel, 'no key');
        await expect
          .poll(() => sentenceOf(panel))
          .toEqual(['Encrypted: without its key only the header can be read.', 'plain']);
        await giveKey(panel, asText(openingJwk(alg)));
        await isDecrypted(sub);
        const takesPublicKey = /^(?:RSA|ECDH)/.test(alg);
        await expect.poll(async () => (await verdictOf(panel))[0]).toContain('it carries no signature of its own');
        await expect
          .poll(async () => (await verdictOf(panel))[3])
          .toContain(
            takesPublicKey ? 'Anyone can encrypt to a public key' : 'Whoever has this key can have written it.',
          );
        await expect
          .poll(async () => (await sentenceOf(panel))[0])
          .toMatch(takesPublicKey ? /decrypted, but anyone can have sealed it\.$/ : /decrypted\. Whoever has the key/);
      },
    );

    test('a private key as PEM opens, and a secret typed as text', async () => {
      await show(panel, await encryptedToken('RSA-OAEP', { payload: { ...CLAIMS, sub: 'sealed for a PEM' } }));
      await giveKey(panel, privatePem(pairFor('RS256')));
      await isDecrypted('sealed for a PEM');
      await removeKeys(panel);
      const secret = 'thirty-two characters of secret!';
      const key = Buffer.from(secret);
      await show(panel, await encryptedToken('dir', { payload: { ...CLAIMS, sub: 'sealed with a text' }, key }));
      await giveKey(panel, secret);
      await isDecrypted('sealed with a text');
      await expect.poll(async () => (await verdictOf(panel))[0]).toContain('read as text');
    });

    test.runIf(existsSync(RSA1_5))('RSA1_5 stays closed whatever the key', async () => {
      const { input, output } = vector(RSA1_5);
      await show(panel, output.compact);
      await giveKey(panel, asText(input.key));
      await signatureIs(panel, 'cannot be decrypted here');
      await expect
        .poll(async () => (await verdictOf(panel))[0])
        .toContain('This browser cannot compute RSA1_5, so the content stays closed');
      await expect.poll(() => sentenceOf(panel)).toEqual(['Encrypted in a way that cannot be opened here.', 'plain']);
    });

    test('AES-192 opens where the browser has it, and is told where it has not', async () => {
      const sealed = [
        ['A192KW', 'A256GCM', 'sealed by A192KW'],
        ['dir', 'A192GCM', 'sealed by A192GCM'],
      ] as const;
      for (const [alg, enc, sub] of sealed) {
        await show(panel, await encryptedToken(alg, { enc, payload: { ...CLAIMS, sub } }));
        await giveKey(panel, asText(openingJwk(alg, enc)));
        if (driver().browser === 'chromium') {
          await signatureIs(panel, 'cannot be decrypted here');
          await expect.poll(async () => (await verdictOf(panel))[0]).toContain('This browser cannot compute A192');
        } else await isDecrypted(sub);
        await removeKeys(panel);
      }
    });

    test('PBES2 in many rounds asks first, and beyond the cap is refused', async () => {
      const alg = 'PBES2-HS256+A128KW';
      const few = await encryptedToken(alg, { payload: { ...CLAIMS, sub: 'sealed in few rounds' } });
      await show(panel, few);
      await giveKey(panel, asText(openingJwk(alg)));
      await isDecrypted('sealed in few rounds');

      const many = await encryptedToken(alg, {
        iterations: 200_000,
        payload: { ...CLAIMS, sub: 'sealed in many rounds' },
      });
      await show(panel, many);
      await signatureIs(panel, 'waits for you');
      await expect
        .poll(async () => (await verdictOf(panel))[0])
        .toContain('The key is to be derived from the password in 200000 rounds');
      await expect
        .poll(async () => (await sentenceOf(panel))[0])
        .toBe('Encrypted; opening it takes long, so it waits for your word.');
      await panel.click({ selector: '[aria-label=Verdict] button', text: 'Derive anyway' });
      await isDecrypted('sealed in many rounds');

      const tooMany = await encryptedToken(alg, { iterations: 2_000_000 });
      await show(panel, tooMany);
      await signatureIs(panel, 'cannot be decrypted here');
      await expect.poll(async () => (await verdictOf(panel))[0]).toContain('More than 1200000 are refused');
      expect(
        await panel.evaluate(() =>
          [...document.querySelectorAll('[aria-label=Verdict] button')].map(({ textContent }) => textContent),
        ),
        'no way to derive it all the same, only that to a policy',
      ).toEqual(['make one']);
    });

    test('compressed content is unpacked, up to a limit', async () => {
      const key = octJwk(256);
      const zip = (value: string) => sealedByHand(octetsOf(key), { zip: 'DEF' }, deflateRawSync(value));
      await show(panel, zip(JSON.stringify({ ...CLAIMS, sub: 'compressed' })));
      await giveKey(panel, asText(key));
      await isDecrypted('compressed');
      await show(panel, zip(JSON.stringify({ sub: 'a bomb', filler: '0'.repeat(10_000_000) })));
      await panel.waitFor(() =>
        document.querySelector('[aria-label=Verdict] li small')?.textContent?.includes('where unpacking stops'),
      );
      await expect
        .poll(() => panel.evaluate(() => document.querySelector('table[aria-label="Decrypted content"]')))
        .toBe(null);
    });

    test('a signed token inside is verified, down to the fifth, and the sixth is told', async () => {
      const key = octJwk(256);
      const inside = await signedToken('ES256', { payload: { ...CLAIMS, sub: 'innermost' } });
      await show(panel, await nested(inside, 4, key));
      await giveKey(panel, asText(key));
      await signatureIs(panel, 'decrypted');
      await panel.waitUntil(
        { what: 'five tokens inside each other' },
        () => document.querySelectorAll('section.inner').length === 4,
      );
      await expect.poll(async () => (await verdictOf(panel))[0]).toMatch(/decrypted .*inside: no key/);
      await giveKey(panel, asText(publicJwk(pairFor('ES256'))));
      await panel.waitFor(() =>
        document.querySelector('[aria-label=Verdict] li small')?.textContent?.includes('inside: verified · ES256'),
      );
      await expect.poll(() => membersOf(panel, 'Payload · Inside: signed token (JWS)')).toContain('sub: innermost');
      const [sentence, tone] = await sentenceOf(panel);
      expect(sentence).toMatch(/signature verified\.$/);
      expect(tone).toBe('good');

      await show(panel, await nested(inside, 5, key));
      await says(panel, 'section.inner', 'More than 5 tokens inside each other; this one was not opened.');
      expect((await verdictOf(panel))[0]).not.toContain('verified');
    });

    test('says why a key does not open it', async () => {
      const rsa = pairFor('RS256');
      await show(panel, await encryptedToken('RSA-OAEP-256', { payload: { ...CLAIMS, sub: 'closed' } }));
      const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
      const answers: readonly (readonly [string, string])[] = [
        [publicPem(rsa), 'This is the public key. RSA-OAEP-256 is opened with the private one that belongs to it.'],
        [asText(privateJwk(ecPair('P-256'))), 'EC key, but the token says RSA-OAEP-256.'],
        ['a shared secret', 'A shared secret, but RSA-OAEP-256 takes a private key.'],
        [privatePem(other), 'Every key that fits was tried, and none opens it: it is another key'],
      ];
      for (const [key, said] of answers) {
        await giveKey(panel, key);
        await says(panel, '.trial', said);
      }
      await panel.click({ selector: '.trial button', text: 'Keep it' });
      await signatureIs(panel, 'not decrypted');
      await expect.poll(() => sentenceOf(panel)).toEqual(['Encrypted, and none of the keys given opens it.', 'warn']);
      await removeKeys(panel);

      await show(panel, await encryptedToken('dir', { enc: 'A256GCM', payload: { ...CLAIMS, sub: 'too short' } }));
      await giveKey(panel, asText(octJwk(128)));
      await says(panel, '.trial', 'A secret of 128 bits, but A256GCM takes exactly 256.');
    });
  });
});
