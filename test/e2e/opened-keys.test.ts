/** Every algorithm, every kind of key, and keys that a token brings along, in the real panel of both browsers. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { certificate, ecPair, pairFor, privatePem, publicJwk, publicPem } from '../fixtures/keys.ts';
import { keyFor, SIGNING, tokenFor } from '../fixtures/more-algorithms.ts';
import { openssl, opensslCertificate, sshConvert, sshKeygen } from '../fixtures/openssl.ts';
import { CLAIMS, signedToken } from '../fixtures/tokens.ts';
import type { DevTools, Surface } from './driver.ts';
import { forged, sentenceOf, show } from './opened.ts';
import { giveKey, KEY_BOX, removeKeys, says, signatureIs, verdictOf } from './panel.ts';
import { inBothBrowsers } from './scenario.ts';

/** The base64 of the one block in a PEM. */
const derOf = (pem: string): string => pem.replace(/-----[^-]+-----|\s/g, '');

/** Drops a file on the element as a person would, who lets go of it there. */
const dropFile = (selector: string, name: string, text: string): boolean => {
  const box = document.querySelector(selector);
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([text], name));
  const drag = (type: string) =>
    box?.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
  // Who does not prevent it leaves the file to the browser, which opens it in place of the panel.
  return drag('dragover') === false && drag('drop') === false;
};

describe('keys', () => {
  inBothBrowsers('keys that are pasted', (driver) => {
    describe('in DevTools', () => {
      let devTools: DevTools;
      let panel: Surface;
      beforeAll(async () => {
        devTools = await driver().openDevTools();
        panel = await devTools.showPanel();
        await devTools.resizePanel(1200, 900);
      });
      afterEach(() => removeKeys(panel));
      afterAll(() => devTools.close());

      const trial = () => panel.evaluate(() => document.querySelector('.trial')?.textContent ?? '');

      test.each(SIGNING)('%s verifies with its JWK, and not what was changed', async (alg) => {
        const token = await tokenFor(alg, { payload: { ...CLAIMS, sub: `signed with ${alg}` } });
        await show(panel, token);
        await signatureIs(panel, 'no key');
        await giveKey(panel, JSON.stringify(keyFor(alg)));
        await expect.poll(() => signatureIs(panel, 'verified')).toBe(`✓ Verified as ${alg} with JWK.`);
        await expect.poll(async () => (await sentenceOf(panel))[1]).toBe('good');

        await show(panel, forged(token, { ...CLAIMS, sub: 'mallory' }));
        await signatureIs(panel, 'mismatch');
        await expect.poll(() => sentenceOf(panel)).toEqual(['The signature does not match the key.', 'bad']);
      });

      test('takes an OpenSSH line, a compressed point, and a certificate, and says what each is', async () => {
        const ec = pairFor('ES256');
        const token = await signedToken('ES256', { payload: { ...CLAIMS, sub: 'of many keys' } });
        await show(panel, token);

        // Of another pair than the token's: read, and told apart.
        await giveKey(panel, sshKeygen('-t ecdsa -b 256').line);
        await says(panel, '.trial', 'OpenSSH public key');
        await says(panel, '.trial', 'does not belong to this header, payload and key');
        await giveKey(panel, sshConvert(publicPem(ec), '-i -m PKCS8'));
        await expect.poll(() => signatureIs(panel, 'verified')).toBe('✓ Verified as ES256 with OpenSSH public key.');
        await removeKeys(panel);

        const compressed = openssl('ec -pubin -pubout -conv_form compressed', publicPem(ec)).toString();
        expect(compressed.length).toBeLessThan(publicPem(ec).length);
        await giveKey(panel, compressed);
        await expect
          .poll(() => signatureIs(panel, 'verified'))
          .toBe('✓ Verified as ES256 with Public key (PEM, SPKI).');
        await removeKeys(panel);

        const authority = privatePem(pairFor('RS256'));
        const root = opensslCertificate(authority, '/O=Claimcheck/CN=The authority');
        const leaf = opensslCertificate(
          privatePem(ec),
          '/CN=login.claimcheck.test',
          ['-addext', 'subjectAltName=DNS:login.claimcheck.test,DNS:id.claimcheck.test'],
          { certificate: root, key: authority },
        );
        await giveKey(panel, leaf);
        await expect.poll(() => signatureIs(panel, 'verified')).toBe('✓ Verified as ES256 with X.509 certificate.');
        await says(panel, '.certificate', 'SHA-256 fingerprint');
        const facts = await panel.evaluate(() =>
          Object.fromEntries(
            [...document.querySelectorAll('.certificate dl > div')].map((row) => [
              row.querySelector('dt')?.textContent,
              row.querySelector('dd')?.textContent,
            ]),
          ),
        );
        const [, fingerprint] = openssl('x509 -noout -fingerprint -sha256', leaf).toString().trim().split('=');
        expect(facts).toMatchObject({
          Subject: 'CN=login.claimcheck.test',
          Also: 'DNS:login.claimcheck.test, DNS:id.claimcheck.test',
          Valid: expect.stringMatching(/^from .+ to .+/),
        });
        expect(facts['Issued by']).toContain('CN=The authority');
        expect(facts['SHA-256 fingerprint']?.replace(/[^\da-f]/gi, '').toLowerCase()).toBe(
          fingerprint?.replaceAll(':', '').toLowerCase(),
        );
      });

      test('explains a locked private key, and takes an open one, of which it says so', async () => {
        const pair = pairFor('ES256');
        await show(panel, await signedToken('ES256', { payload: { ...CLAIMS, sub: 'of a private key' } }));
        const locked = openssl('pkcs8 -topk8 -v2 aes-256-cbc -passout pass:x', privatePem(pair)).toString();
        await giveKey(panel, locked);
        await says(panel, '.trial', 'This private key is locked with a passphrase. Unlock it first');
        await signatureIs(panel, 'no key');

        await giveKey(panel, privatePem(pair, 'sec1'));
        await expect
          .poll(() => signatureIs(panel, 'verified'))
          .toBe(
            '✓ Verified as ES256 with EC private key (PEM, SEC 1). A private key was given. Only its public half is used.',
          );
        await expect.poll(() => trial()).toContain('This is a private key.');
      });

      test('says of a set which key it picked and why, and what is wrong with the others', async () => {
        const [mine, other] = [pairFor('ES256'), ecPair('P-256')];
        const rsa = publicJwk(pairFor('RS256'), { kid: 'r1' });
        const token = await signedToken('ES256', { header: { kid: 'a1' }, payload: { ...CLAIMS, sub: 'of a set' } });
        const nameless = await signedToken('ES256', { payload: { ...CLAIMS, sub: 'of a set, and of no name' } });
        const sets: readonly (readonly [string, readonly object[], string])[] = [
          [token, [publicJwk(other, { kid: 'b2' }), publicJwk(mine, { kid: 'a1' })], 'Picked by its kid: a1.'],
          [nameless, [rsa, publicJwk(mine, { kid: 'a1' })], 'Picked: a1, the only one that fits ES256.'],
          [
            nameless,
            [publicJwk(other, { kid: 'b2' }), publicJwk(mine, { kid: 'a1' })],
            'Picked: a1, of several that may fit the one that does.',
          ],
          [nameless, [publicJwk(mine, { kid: 'a1' }), rsa, { kty: 'EC', crv: 'P-256', x: 'AA' }], 'Left out: 1 key. '],
        ];
        for (const [text, keys, said] of sets) {
          await show(panel, text);
          await giveKey(panel, JSON.stringify({ keys }));
          await signatureIs(panel, 'verified');
          await says(panel, '.trial', said);
          await expect.poll(() => trial()).toContain('2 keys in it.');
          await removeKeys(panel);
          await signatureIs(panel, 'no key');
        }
      });

      test('takes a file that is dropped on the box', async () => {
        const pair = pairFor('ES256');
        await show(panel, await signedToken('ES256', { payload: { ...CLAIMS, sub: 'of a file' } }));
        expect(await panel.evaluate(dropFile, KEY_BOX, 'issuer.pem', publicPem(pair))).toBe(true);
        await expect
          .poll(() => signatureIs(panel, 'verified'))
          .toBe('✓ Verified as ES256 with Public key (PEM, SPKI).');
      });

      test('knows an address, names it, and asks nothing', async () => {
        await show(panel, await signedToken('ES256', { payload: { ...CLAIMS, sub: 'of an address' } }));
        await says(panel, '.get-keys', 'asks https://login.test/.well-known/openid-configuration, and no other host');
        await giveKey(panel, 'https://keys.test/jwks.json');
        await says(panel, '.get-keys button', 'Get keys from keys.test');
        await says(panel, '.get-keys', 'asks https://keys.test/jwks.json, and no other host');
        await giveKey(panel, 'http://keys.test/jwks.json');
        await says(panel, '.key-box .warn', 'Keys are only fetched over https');
        await expect.poll(() => panel.evaluate(() => document.querySelector('.get-keys'))).toBe(null);
        await giveKey(panel, ' ');
      });

      test('a key inside the token verifies, proves nothing, and does not stand against the real one', async () => {
        const [issuers, mallorys] = [pairFor('ES256'), ecPair('P-256')];
        const header = { kid: 'k1' };
        const brings = [
          { ...header, jwk: publicJwk(mallorys) },
          { ...header, x5c: [derOf(await certificate(mallorys))] },
        ];
        const payload = { ...CLAIMS, sub: 'admin' };
        const forgeries = await Promise.all(
          brings.map((header) => signedToken('ES256', { pair: mallorys, header, payload })),
        );
        for (const token of forgeries) {
          await show(panel, token);
          await expect.poll(() => signatureIs(panel, 'verified')).toContain('inside the token');
          await expect
            .poll(async () => (await verdictOf(panel))[3])
            .toBe('inside the token · Proves nothing about the issuer: whoever wrote the token chose the key.');
          const [sentence, tone] = await sentenceOf(panel);
          expect(sentence).toMatch(/verified with the key it brought along, which proves nothing\.$/);
          expect(tone).toBe('warn');
        }
        await says(panel, '.members .certificate', 'CN=claimcheck.test');

        await show(panel, await signedToken('ES256', { header, payload: { ...CLAIMS, sub: 'genuine' } }));
        await giveKey(panel, JSON.stringify(publicJwk(issuers, header)));
        await signatureIs(panel, 'verified');
        await expect.poll(async () => (await verdictOf(panel))[3]).toMatch(/^given by you · /);
        for (const token of forgeries) {
          await show(panel, token);
          await signatureIs(panel, 'mismatch');
          await expect.poll(() => sentenceOf(panel)).toEqual(['The signature does not match the key.', 'bad']);
          await expect.poll(async () => (await verdictOf(panel))[3]).toBe('no key has verified it');
        }
      });

      test('what a JWK says against its use is told, and the signature holds all the same', async () => {
        const jwk = publicJwk(pairFor('ES256'), { alg: 'ES384', use: 'enc', key_ops: ['encrypt'] });
        await show(panel, await signedToken('ES256', { payload: { ...CLAIMS, sub: 'of a key for something else' } }));
        await giveKey(panel, JSON.stringify(jwk));
        await expect
          .poll(() => signatureIs(panel, 'verified'))
          .toBe(
            "✓ Verified as ES256 with JWK. The key's own alg, use, key_ops says otherwise; strict libraries would refuse it.",
          );
      });
    });

    test('made no request of its own through all of it', async () => {
      const { extensionRequests } = await driver().close();
      expect(extensionRequests).toEqual([]);
    });
  });
});
