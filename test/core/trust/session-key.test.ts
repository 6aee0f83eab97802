/** Sessions that are sealed here are opened by @auth/express, as the site of the demo has it. */
import { hkdfSync } from 'node:crypto';
import express from 'express';
import { jwtDecrypt } from 'jose';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createEncrypter } from '../../../src/core/trust/encrypt.ts';
import type { SecretKey } from '../../../src/core/trust/key.ts';
import { sessionKey } from '../../../src/core/trust/session-key.ts';
import { AUTH_SECRET, createAuthJs } from '../../site/authjs.ts';
import { type Listening, listen } from '../../site/listen.ts';

const COOKIE = 'authjs.session-token';
const HOUR = 3600;

const secretOf = (text: string): SecretKey => ({
  format: 'secret',
  kty: 'oct',
  bytes: new TextEncoder().encode(text),
  reading: 'text',
});

const seal = async (secret: string, cookie: string, members: object = {}, enc = 'A256CBC-HS512'): Promise<string> => {
  const key = await sessionKey(secretOf(secret), enc, cookie);
  if (!key) throw new Error(enc);
  const { kid } = key;
  const claims = { name: 'mallory', sub: '1', exp: Math.floor(Date.now() / 1000) + HOUR };
  const header = { alg: 'dir', enc, members: { ...(kid !== undefined && { kid }), ...members } };
  return String(await createEncrypter()(JSON.stringify(claims), header, key));
};

let site: Listening;
beforeAll(async () => {
  // It logs each session that it does not open.
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  site = await listen('127.0.0.1', 0);
  site.serve(express().use('/auth', createAuthJs()));
});
afterAll(() => site.close());

const userOf = async (session: string): Promise<unknown> => {
  const answer = await fetch(`${site.origin}/auth/session`, { headers: { cookie: `${COOKIE}=${session}` } });
  return answer.json();
};

test('by its secret and the name of its cookie', async () => {
  expect(await userOf(await seal(AUTH_SECRET, COOKIE))).toMatchObject({ user: { name: 'mallory' } });
  expect(await userOf(await seal(AUTH_SECRET, `${COOKIE}.0`))).toMatchObject({ user: { name: 'mallory' } });
});

test('its kid is looked for', async () => {
  const [first = ''] = (await seal(AUTH_SECRET, COOKIE)).split('.');
  const { kid } = JSON.parse(Buffer.from(first, 'base64url').toString());
  expect(kid).toMatch(/^[\w-]{86}$/);
  expect(await userOf(await seal(AUTH_SECRET, COOKIE, { kid: 'another' }))).toBeNull();
});

test.each([
  ['another secret', 'another secret', COOKIE],
  ['another cookie', AUTH_SECRET, `__Secure-${COOKIE}`],
])('%s opens nothing', async (_name, secret, cookie) => {
  expect(await userOf(await seal(secret, cookie))).toBeNull();
});

test('of next-auth 4 without a salt and without a kid', async () => {
  const token = await seal(AUTH_SECRET, 'next-auth.session-token', {}, 'A256GCM');
  const key = new Uint8Array(hkdfSync('sha256', AUTH_SECRET, '', 'NextAuth.js Generated Encryption Key', 32));
  const { payload, protectedHeader } = await jwtDecrypt(token, key);
  expect([payload.name, protectedHeader]).toEqual(['mallory', { alg: 'dir', enc: 'A256GCM' }]);
});

test('of another enc there is none', async () => {
  expect(await sessionKey(secretOf(AUTH_SECRET), 'A128GCM', COOKIE)).toBeUndefined();
});
