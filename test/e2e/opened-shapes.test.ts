/** Tokens of other shapes, all of them of the specifications: SD-JWT, JSON serialisations, payloads that travel apart. */
import { existsSync, readFileSync } from 'node:fs';
import type { JWK } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { SHARED_VECTORS } from '../fixtures/shared-vectors.ts';
import type { DevTools, Surface } from './driver.ts';
import { itemsOf, membersOf, sentenceOf, show } from './opened.ts';
import { giveKey, removeKeys, says, signatureIs, verdictOf } from './panel.ts';
import { eventually } from './poll.ts';
import { inBothBrowsers } from './scenario.ts';

const hasVectors = existsSync(SHARED_VECTORS);
if (!hasVectors) console.warn(`SKIPPED: no ${SHARED_VECTORS}, so no token of it was pasted`);
const read = (path: string): unknown => JSON.parse(readFileSync(`${SHARED_VECTORS}/${path}`, 'utf8'));

interface Signed {
  readonly input: { readonly payload: string; readonly key: JWK | readonly JWK[] };
  readonly output: { readonly compact?: string; readonly json?: object; readonly json_flat?: object };
}
const jws = (name: string) => read(`cookbook/jws/${name}.json`) as Signed;
const asText = (value: unknown): string => JSON.stringify(value);

/** The issuer's of every example in RFC 9901 (appendix A.5). */
const ISSUER: JWK = {
  ...{ kty: 'EC', crv: 'P-256' },
  x: 'b28d4MwZMjw8-00CG4xfnn9SLMVMM19SlqZpVb_uNtQ',
  y: 'Xv5zWwuoaTgdS6hV43yI6gBwTnjukmFQQnJ_kCxzqk8',
};

/** The first is as issued, the second as presented. */
const sdJwts = () =>
  (read('spec-examples/sd-jwt-compact.json') as readonly { readonly value: string }[]).map(({ value }) => value);

/** The token with another value in the disclosure of that name. */
const withDisclosed = (token: string, name: string, value: unknown): string =>
  token
    .split('~')
    .map((part, index, { length }) => {
      if (index === 0 || index === length - 1) return part;
      const [salt, own, ...rest] = JSON.parse(Buffer.from(part, 'base64url').toString()) as unknown[];
      return own === name && rest.length === 1 ? Buffer.from(asText([salt, own, value])).toString('base64url') : part;
    })
    .join('~');

describe.runIf(hasVectors)('tokens of other shapes', () => {
  const [ISSUED = '', PRESENTED = ''] = hasVectors ? sdJwts() : [];

  inBothBrowsers('what is pasted', (driver) => {
    let devTools: DevTools;
    let panel: Surface;
    beforeAll(async () => {
      devTools = await driver().openDevTools();
      panel = await devTools.showPanel();
      await devTools.resizePanel(1200, 900);
    });
    afterEach(() => removeKeys(panel));
    afterAll(() => devTools.close());

    const isLoaded = (name: string) =>
      panel.waitUntil(
        { what: `a part called ${name}` },
        (label) => document.querySelector(`[aria-label=${JSON.stringify(label)}]`) !== null,
        name,
      );
    const disclosuresAre = () =>
      panel.evaluate(() =>
        [...document.querySelectorAll('table[aria-label=Disclosures] tr')].map((row) =>
          [...row.children].map((cell) => cell.textContent?.trim()),
        ),
      );

    test('an SD-JWT as issued shows each disclosure in its place', async () => {
      await show(panel, ISSUED);
      await isLoaded('Disclosures');
      await expect.poll(() => signatureIs(panel, 'no key')).toBe('');
      await eventually(async () => {
        const disclosures = await disclosuresAre();
        expect(disclosures).toHaveLength(10);
        expect(disclosures.every(([, , state]) => state === '✓ disclosed')).toBe(true);
        expect(disclosures.map(([path]) => path)).toEqual(
          expect.arrayContaining(['given_name', 'nationalities[0]', 'nationalities[1]']),
        );
      });
      await eventually(async () => {
        const claims = await membersOf(panel, 'Claims with what is disclosed');
        expect(claims).toEqual(
          expect.arrayContaining(['given_name: John', 'email: johndoe@example.com', 'sub: user_42']),
        );
      });
      await expect.poll(() => itemsOf(panel, 'Digests without a disclosure')).toEqual([]);
      await says(panel, 'section[aria-label="Key binding"]', 'no key-binding JWT is with it');
      await giveKey(panel, asText(ISSUER));
      await expect.poll(() => signatureIs(panel, 'verified')).toBe('✓ Verified as ES256 with JWK.');
    });

    test('an SD-JWT as presented counts what is hidden, and its key binding holds', async () => {
      await show(panel, PRESENTED);
      await isLoaded('Key binding');
      await expect
        .poll(async () => (await disclosuresAre()).map(([path]) => path))
        .toEqual(['family_name', 'address', 'given_name', 'nationalities[0]']);
      await expect
        .poll(() => itemsOf(panel, 'Digests without a disclosure'))
        .toEqual([
          expect.stringMatching(/^nationalities: 1 digest without a disclosure/),
          '5 digests without a disclosure: hidden claims or decoys, nobody can tell.',
        ]);
      await eventually(async () => {
        const checks = await itemsOf(panel, 'Checks: Key binding');
        expect(checks).toHaveLength(5);
        expect(checks[0]).toContain('holds');
        expect(checks[1]).toContain('It was made for exactly this token with these disclosures');
        expect(checks[2]).toContain('It answers the nonce “1234567890”');
        expect(checks[3]).toContain('It is meant for “https://verifier.example.org”');
      });
      const binding = () =>
        panel.evaluate(() => document.querySelector('section[aria-label="Key binding"] .answer')?.textContent ?? '');
      await expect.poll(() => binding()).toContain('verified · ES256');
      await giveKey(panel, asText(ISSUER));
      await signatureIs(panel, 'verified');
      await expect.poll(() => binding()).toContain('verified · ES256');
      const [sentence, tone] = await sentenceOf(panel);
      expect(sentence).toMatch(/signature verified\.$/);
      expect(tone).toBe('good');
    });

    test('of an SD-JWT that was changed it names the disclosure, and what no longer holds', async () => {
      await show(panel, PRESENTED);
      await giveKey(panel, asText(ISSUER));
      await signatureIs(panel, 'verified');
      await show(panel, withDisclosed(PRESENTED, 'family_name', 'Mallory'));
      await says(panel, 'table[aria-label=Disclosures]', 'Mallory');
      const disclosures = await disclosuresAre();
      expect(disclosures.find(([name]) => name === 'family_name')?.[2]).toBe('✕ no digest in the token is its own');
      expect(disclosures.filter(([, , state]) => state === '✓ disclosed')).toHaveLength(3);
      expect((await membersOf(panel, 'Claims with what is disclosed')).join()).not.toContain('Mallory');
      await expect
        .poll(async () => (await itemsOf(panel, 'Checks: Key binding'))[1])
        .toContain('It was made for another presentation');
      await expect
        .poll(() => sentenceOf(panel))
        .toEqual(['A disclosure does not belong to this token: a verifier refuses all of it.', 'bad']);

      // All disclosures are there, but another set of them than the holder signed.
      const [first = '', , ...rest] = PRESENTED.split('~');
      await show(panel, [first, ...rest].join('~'));
      await panel.waitUntil(
        { what: 'three disclosures' },
        () => document.querySelectorAll('table[aria-label=Disclosures] tr').length === 3,
      );
      await says(panel, '[aria-label="Checks: Key binding"]', 'It was made for another presentation');
      await expect
        .poll(async () => (await sentenceOf(panel))[0])
        .toBe('The key binding does not hold: a verifier that asks for it refuses the token.');
    });

    test.each([
      ['4_6.protecting_specific_header_fields', 'kid: 018c0ae5-4d9b-471b-bfd6-eef314bc7037'],
      ['4_7.protecting_content_only', 'alg: HS256'],
    ])('the cookbook %s, general and flattened', async (name, unprotected) => {
      const { input, output } = jws(name);
      await giveKeyToRing(asText(input.key));
      for (const form of [output.json, output.json_flat]) {
        await show(panel, asText(form));
        await signatureIs(panel, 'verified');
        await isLoaded('Unprotected header');
        await expect.poll(() => membersOf(panel, 'Unprotected header')).toContain(unprotected);
        await expect
          .poll(() =>
            panel.evaluate(
              () => document.querySelector('table[aria-label="Unprotected header"] .note')?.textContent ?? '',
            ),
          )
          .toContain('Not protected: anyone on the way can have changed it.');
        await says(panel, '.detail', 'You step onto the road');
      }
    });

    test('of several signatures each has its own answer', async () => {
      const { input, output } = jws('4_8.multiple_signatures');
      const [rsa, ec, secret] = [input.key].flat();
      await show(panel, asText(output.json));
      await isLoaded('Signatures');
      const states = () => itemsOf(panel, 'Signatures');
      await expect
        .poll(() => states())
        .toEqual([
          expect.stringMatching(/RS256 · bilbo\.baggins@hobbiton\.example no key/),
          expect.stringMatching(/ES512 · bilbo\.baggins@hobbiton\.example no key/),
          expect.stringMatching(/HS256 · 018c0ae5\S+ no key/),
        ]);
      const known = ['0 of 3 hold', '1 of 3 hold', '2 of 3 hold', '3 of 3 hold'];
      const keys = [secret, ec, rsa];
      for (const [index, key] of keys.entries()) {
        await expect.poll(async () => (await verdictOf(panel))[0]).toContain(known[index]);
        await giveKey(panel, asText(key));
        await says(panel, '[aria-label=Verdict] li small', known[index + 1] ?? '');
      }
      await expect.poll(async () => (await states()).every((state) => state.includes('verified'))).toBe(true);

      // One of three is cut: the others hold all the same.
      const { payload, signatures } = output.json as { payload: string; signatures: { signature: string }[] };
      const changed = signatures.map((one, index) =>
        index === 2 ? { ...one, signature: one.signature.replace(/^.{4}/, 'AAAA') } : one,
      );
      await show(panel, asText({ payload, signatures: changed }));
      await says(panel, '[aria-label=Verdict] li small', '2 of 3 hold');
      await expect.poll(async () => (await states())[2]).toContain('mismatch');
    });

    test('a detached payload is asked for, and the signature follows what is typed', async () => {
      const { input, output } = jws('4_5.signature_with_detached_content');
      for (const token of [output.compact ?? '', asText(output.json_flat)]) {
        await show(panel, token);
        await giveKeyToRing(asText(input.key));
        await signatureIs(panel, 'cannot be checked here');
        await expect.poll(async () => (await verdictOf(panel))[0]).toContain('The payload is not in the token');
        await panel.waitFor(() => document.querySelector('.detached textarea'));
        await panel.paste('.detached textarea', input.payload);
        await signatureIs(panel, 'verified');
        await panel.type('.detached textarea', '!');
        await signatureIs(panel, 'mismatch');
        await panel.press('Backspace');
        await signatureIs(panel, 'verified');
        await removeKeys(panel);
      }
    });

    test('an unencoded payload verifies, compact and as JSON; without crit it is refused', async () => {
      const { input, output } = read('cookbook/rfc7797/hmac-sha2_b64_false.json') as Signed;
      await giveKeyToRing(asText(input.key));
      for (const token of [output.compact ?? '', asText(output.json), asText(output.json_flat)]) {
        await show(panel, token);
        await signatureIs(panel, 'verified');
        await says(panel, '.detail', 'This is the payload string!');
      }
      const wrong = read('cookbook/rfc7797/4.2.hmac-sha2_b64_false.json') as Signed;
      for (const form of [wrong.output.json, wrong.output.json_flat]) {
        await show(panel, asText(form));
        await signatureIs(panel, 'malformed');
        await expect.poll(async () => (await verdictOf(panel))[0]).toContain('b64: false, but crit does not name b64');
        await expect.poll(async () => (await sentenceOf(panel))[1]).toBe('bad');
      }
    });

    /** Through the dialogue of all keys, whatever the selected token says to it. */
    const giveKeyToRing = async (key: string) => {
      await panel.click({ selector: '.bar button', text: 'Keys' });
      await panel.paste('dialog .key-box textarea', key);
      await panel.click({ selector: 'dialog .trial button', text: 'Add to the keys' });
      await panel.waitFor(() => document.querySelector('dialog .ring-key'));
      await panel.click({ selector: 'dialog button', text: 'Close' });
      await panel.waitUntil({ what: 'the end of the dialog' }, () => document.querySelector('dialog') === null);
    };
  });
});
