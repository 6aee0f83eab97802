import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decode } from '../../../src/core/token/decode.ts';
import type { Decoded } from '../../../src/core/token/decoded.ts';
import { createDecrypter } from '../../../src/core/trust/decrypt.ts';
import type { DecryptionState } from '../../../src/core/trust/decryption.ts';
import { CONTENT_ALGORITHMS, encryptedToken, JWE_ALGORITHMS, octJwk, openingJwk } from '../../fixtures/encrypted.ts';
import { given, pairFor, privateJwk } from '../../fixtures/keys.ts';
import { compact, encodeSegment, SECRET } from '../../fixtures/tokens.ts';

const STATES: readonly DecryptionState[] = [
  'decrypted',
  'failed',
  'no_key',
  'key_does_not_fit',
  'asks',
  'cannot_be_checked',
  'malformed',
];
const FAMILIES = ['dir', 'RSA-OAEP', 'ECDH-ES', 'ECDH-ES+A128KW', 'A256KW', 'A128GCMKW', 'PBES2-HS256+A128KW'];

describe('a changed character is never decrypted', () => {
  test.each(FAMILIES.flatMap((alg) => ['A256GCM', 'A128CBC-HS256'].map((enc) => [alg, enc] as const)))(
    '%s, %s',
    async (alg, enc) => {
      const token = await encryptedToken(alg, { enc });
      const keys = [given(openingJwk(alg, enc))];
      const decrypt = createDecrypter();
      expect((await decrypt(decode(token), keys)).state).toBe('decrypted');
      const character = fc.oneof(
        fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.= '),
        fc.string({ minLength: 1, maxLength: 1 }),
      );
      await fc.assert(
        fc.asyncProperty(fc.nat(token.length - 1), character, async (at, changed) => {
          fc.pre(changed !== token[at]);
          const { state, reason, content } = await decrypt(
            decode(token.slice(0, at) + changed + token.slice(at + 1)),
            keys,
          );
          expect(STATES).toContain(state);
          expect(state).not.toBe('decrypted');
          expect(reason).not.toBe('ok');
          expect(content).toBeUndefined();
        }),
        { numRuns: 250 },
      );
    },
  );

  test('nor a segment of one token in another', async () => {
    const keys = [given(openingJwk('A256KW'))];
    const [one, other] = [await encryptedToken('A256KW'), await encryptedToken('A256KW', { payload: { sub: 'bob' } })];
    const segments = one.split('.');
    for (const at of [1, 2, 3, 4]) {
      const mixed = segments.with(at, other.split('.')[at] ?? '').join('.');
      expect(await createDecrypter()(decode(mixed), keys), String(at)).toMatchObject({ state: 'failed' });
    }
  });
});

describe('never rejects', () => {
  const keys = [
    given({
      keys: [privateJwk(pairFor('RS256'), { kid: 'a' }), openingJwk('ECDH-ES'), octJwk(256), { kty: 'oct', k: '' }],
    }),
    given(SECRET),
  ];
  const member = fc.oneof(fc.base64String(), fc.constant('AQAB'), fc.jsonValue());
  const epk = fc.record(
    {
      kty: fc.constantFrom('EC', 'OKP', 'x'),
      crv: fc.constantFrom('P-256', 'X25519', 'X448', 'x'),
      x: member,
      y: member,
    },
    { requiredKeys: [] },
  );
  const header = fc.record(
    {
      alg: fc.oneof(fc.constantFrom(...JWE_ALGORITHMS, 'RSA1_5', 'x'), fc.jsonValue()),
      enc: fc.constantFrom(...CONTENT_ALGORITHMS, 'x'),
      kid: fc.oneof(fc.constant('a'), fc.jsonValue()),
      epk: fc.oneof(epk, fc.jsonValue()),
      apu: member,
      apv: member,
      iv: member,
      tag: member,
      p2s: member,
      p2c: fc.oneof(fc.integer({ max: 2000 }), fc.constant(1e9), fc.jsonValue()),
      zip: fc.oneof(fc.constant('DEF'), fc.jsonValue()),
      crit: fc.jsonValue(),
    },
    { requiredKeys: ['enc'] },
  );
  const octets = (length: number) =>
    fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => Buffer.from(bytes).toString('base64url'));

  test('any header, any segments', async () => {
    const decrypt = createDecrypter();
    const key = fc.constantFrom('', 'AAAA', 'A'.repeat(342), 'A'.repeat(54));
    const iv = fc.oneof(octets(12), octets(16));
    const tag = fc.oneof(octets(16), octets(24), octets(32), fc.string());
    await fc.assert(
      fc.asyncProperty(header, key, iv, fc.base64String(), tag, async (head, wrapped, ivOf, text, tagOf) => {
        const token = [encodeSegment(head), wrapped, ivOf, text, tagOf].join('.');
        const { state } = await decrypt(decode(token), keys);
        expect(STATES).toContain(state);
        expect(state).not.toBe('decrypted');
      }),
      { numRuns: 400 },
    );
  });

  test('any JSON for a token', async () => {
    const decrypt = createDecrypter();
    const recipient = fc.record({ header, encrypted_key: member }, { requiredKeys: [] });
    const token = fc.record(
      {
        protected: fc.oneof(header.map(encodeSegment), fc.string()),
        unprotected: fc.oneof(header, fc.jsonValue()),
        recipients: fc.oneof(fc.array(recipient, { maxLength: 20 }), fc.jsonValue()),
        header,
        encrypted_key: member,
        aad: member,
        iv: fc.oneof(octets(12), octets(16), fc.jsonValue()),
        ciphertext: member,
        tag: fc.oneof(octets(16), fc.jsonValue()),
      },
      { requiredKeys: ['ciphertext'] },
    );
    await fc.assert(
      fc.asyncProperty(token, async (value) => {
        const { state } = await decrypt(decode(JSON.stringify(value)), keys);
        expect(STATES).toContain(state);
        expect(state).not.toBe('decrypted');
      }),
      { numRuns: 300 },
    );
  });

  test('any Decoded, also one that no decoder makes', async () => {
    const decoded = fc.record<Decoded>({
      compact: fc.string(),
      form: fc.constantFrom('jws', 'jwe', 'unsecured', 'malformed'),
      segments: fc.array(fc.string(), { maxLength: 6 }),
      header: fc.option(header, { nil: undefined }),
      unprotected: fc.option(header, { nil: undefined }),
      problems: fc.constant([]),
    });
    const decrypt = createDecrypter();
    await fc.assert(
      fc.asyncProperty(decoded, async (token) => {
        expect(STATES).toContain((await decrypt(token, keys)).state);
      }),
      { numRuns: 300 },
    );
  });

  test('any JWK for a key, any text too', async () => {
    const jwk = fc.record({
      kty: fc.constantFrom('RSA', 'EC', 'OKP', 'AKP', 'oct'),
      crv: fc.constantFrom('P-256', 'P-384', 'X25519', 'X448', 'Ed25519', ''),
      ...Object.fromEntries(['n', 'e', 'x', 'y', 'k', 'd', 'p', 'q', 'dp', 'dq', 'qi'].map((name) => [name, member])),
    });
    const tokens = await Promise.all(FAMILIES.map((alg) => encryptedToken(alg)));
    const text = fc.oneof(
      jwk.map((value) => JSON.stringify(value)),
      fc.string(),
      fc.base64String().map((body) => `-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----`),
    );
    await fc.assert(
      fc.asyncProperty(text, fc.constantFrom(...tokens), async (key, token) => {
        const { state } = await createDecrypter()(decode(token), [given(key)]);
        expect(STATES).toContain(state);
        expect(state).not.toBe('decrypted');
      }),
      { numRuns: 300 },
    );
  });

  test('a token that is none, or signed', async () => {
    for (const token of ['', 'a.b.c', compact({ alg: 'HS256' }), '{}'])
      expect((await createDecrypter()(decode(token), keys)).state).toBe('malformed');
  });
});
