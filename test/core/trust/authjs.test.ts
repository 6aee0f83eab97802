import { hkdfSync } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { EncryptJWT } from 'jose';
import { describe, expect, test, vi } from 'vitest';
import { decode } from '../../../src/core/token/decode.ts';
import { authjsRecipes } from '../../../src/core/trust/authjs.ts';
import { createDecrypter, type DecryptOptions } from '../../../src/core/trust/decrypt.ts';
import type { RingKey } from '../../../src/core/trust/signature.ts';
import { octJwk } from '../../fixtures/encrypted.ts';
import { given } from '../../fixtures/keys.ts';

const SECRET_ = 'the secret of an app that signs in';

/** The library itself, which @auth/express brings along and does not hand on. */
const library: {
  encode(options: { token: object; secret: string; salt: string }): Promise<string>;
} = await import(pathToFileURL(join('node_modules', '@auth', 'core', 'jwt.js')).href);

const session = (salt: string) => library.encode({ token: { name: 'alice' }, secret: SECRET_, salt });

/** As next-auth 4 does it (packages/next-auth/src/jwt/index.ts of its branch v4). */
const olderSession = (salt = '') => {
  const info = `NextAuth.js Generated Encryption Key${salt ? ` (${salt})` : ''}`;
  return new EncryptJWT({ name: 'alice' })
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(new Uint8Array(hkdfSync('sha256', SECRET_, salt, info, 32)));
};

const open = (token: string, keys: readonly RingKey[], options?: DecryptOptions) =>
  createDecrypter()(decode(token), keys, options);

const key = given(SECRET_);

describe('a session of Auth.js', () => {
  test.each(['authjs.session-token', '__Secure-authjs.session-token'])('%s, by its name alone', async (name) => {
    const answer = await open(await session(name), [key]);
    expect(answer).toMatchObject({ state: 'decrypted', key: { id: key.id, reading: 'text', cookie: name } });
    expect(answer.content?.payload).toMatchObject({ name: 'alice' });
  });

  test('the state of a login, which is in no cookie', async () => {
    expect(await open(await session('encodedState'), [key])).toMatchObject({ state: 'decrypted' });
  });

  test('a cookie of another name, where the token was seen in it, or a person names it', async () => {
    const token = await session('shop.sid');
    expect(await open(token, [key])).toMatchObject({ state: 'key_does_not_fit', reason: 'wrong_length' });
    for (const answer of [
      await open(token, [key], { cookies: ['theme', 'shop.sid'] }),
      await open(token, [key], { cookies: ['shop.sid.0'] }),
      await open(token, [{ ...key, cookie: 'shop.sid' }]),
    ])
      expect(answer).toMatchObject({ state: 'decrypted', key: { cookie: 'shop.sid' } });
  });

  test('a name that comes later is tried', async () => {
    const decrypt = createDecrypter();
    const token = decode(await session('shop.sid'));
    expect(await decrypt(token, [key])).toMatchObject({ reason: 'wrong_length' });
    expect(await decrypt(token, [{ ...key, cookie: 'shop.sid' }])).toMatchObject({ state: 'decrypted' });
  });

  test('another secret', async () => {
    const token = await session('authjs.session-token');
    const cookies = ['authjs.session-token'];
    const failed = { state: 'failed', reason: 'wrong_key', key: { id: given('not it').id } };
    expect(await open(token, [given('not it')], { cookies })).toMatchObject(failed);
    expect(await open(token, [{ ...given('not it'), cookie: 'x' }])).toMatchObject(failed);
    expect((await open(token, [given('not it')], { cookies })).key).not.toHaveProperty('cookie');
  });

  test('of a JWK nothing is made', async () => {
    const derive = vi.spyOn(crypto.subtle, 'deriveBits');
    const answer = await open(await session('authjs.session-token'), [given(octJwk(512))]);
    expect(answer).toMatchObject({ state: 'failed', reason: 'wrong_key' });
    expect(derive).not.toHaveBeenCalled();
    derive.mockRestore();
  });

  test('each key is made once', async () => {
    const decrypt = createDecrypter();
    const [a, b] = [decode(await session('authjs.session-token')), decode(await session('authjs.session-token'))];
    await decrypt(a, [key]);
    const derive = vi.spyOn(crypto.subtle, 'deriveBits');
    expect(await decrypt(b, [key])).toMatchObject({ state: 'decrypted' });
    expect(derive).not.toHaveBeenCalled();
    derive.mockRestore();
  });
});

describe('a session of next-auth 4', () => {
  test('under any name', async () => {
    const answer = await open(await olderSession(), [key]);
    expect(answer).toMatchObject({ state: 'decrypted', key: { reading: 'text' } });
    expect(answer.key?.cookie).toBeUndefined();
    const cookies = ['next-auth.session-token'];
    expect(await open(await olderSession(), [key], { cookies })).toMatchObject({ key: { cookie: cookies[0] } });
  });

  test('its other cookies are salted with their names', async () => {
    const name = '__Secure-next-auth.state';
    const answer = await open(await olderSession(name), [key], { cookies: [name] });
    expect(answer).toMatchObject({ state: 'decrypted', key: { cookie: name } });
  });
});

test('a cookie of the library’s own name is the only one that is tried', () => {
  const name = '__Host-authjs.csrf-token';
  expect(authjsRecipes('A256CBC-HS512', ['theme', name]).map(({ cookie }) => cookie)).toEqual(['theme', name]);
  expect(authjsRecipes('A256CBC-HS512', ['theme']).length).toBeGreaterThan(4);
});

test('however many names there are, few are tried; of other algorithms none', () => {
  const names = Array.from({ length: 1000 }, (_, index) => `cookie${index}`);
  expect(authjsRecipes('A256GCM', names).length).toBeLessThan(30);
  expect(authjsRecipes('A128GCM', names)).toEqual([]);
});
