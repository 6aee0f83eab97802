// @vitest-environment happy-dom
/** The header of the JWE that the workbench makes. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compactDecrypt } from 'jose';
import { expect, test, vi } from 'vitest';
import '../one-slice.ts';
import { outerMarks, settingsOf } from '../../../src/panel/model/workbench-outer.ts';
import { encryptedToken, octJwk, openingJwk } from '../../fixtures/encrypted.ts';
import { hmacToken, SECRET } from '../../fixtures/tokens.ts';
import { BUSY, builtOf, openWorkbench, settled } from '../workbench.ts';

interface Session {
  readonly secret: string | string[];
  /** The cookie's name. */
  readonly salt: string;
}

/** The library itself, which @auth/express brings along and does not hand on. */
const {
  encode: encodeSession,
  decode: decodeSession,
}: {
  encode(session: Session & { readonly token: object }): Promise<string>;
  decode(session: Session & { readonly token: string }): Promise<object | null>;
} = await import(pathToFileURL(join('node_modules', '@auth', 'core', 'jwt.js')).href);

const KEY = JSON.stringify(octJwk(256));
const OCTETS = Buffer.from(String(octJwk(256).k), 'base64url');

const encrypting = async (change: object) => {
  const { bench } = openWorkbench();
  bench.start(hmacToken(SECRET));
  bench.setEncryption({ on: true, key: KEY, ...change });
  await settled(bench);
  return bench;
};

test.each([
  ['[1]', ['not_object']],
  ['{"a":1,"a":2}', ['duplicate_member']],
  ['{"n":9007199254740993}', ['lossy_number']],
  ['{', ['json']],
  ['{"n":1.0,"kid":"a"}', ['rewritten_number']],
  ['{"alg":"dir",\n "epk":{}, "x":{"enc":1}}', ['set_elsewhere', 'set_elsewhere']],
])('the further members %s are marked as any header is', (text, codes) => {
  expect(outerMarks(text).map(({ code }) => code)).toEqual(codes);
});

test('a member that is made elsewhere is marked at its place', () => {
  expect(outerMarks('{\n "epk":{}}')).toEqual([
    { code: 'set_elsewhere', from: 3, to: 8, line: 2, column: 2, detail: 'epk', severity: 'error' },
  ]);
});

test('compresses, and takes further members, which go before what comes by itself', async () => {
  const bench = await encrypting({ zip: true, more: '{"cty":"JWT-like","typ":"JOSE","x":1.0}' });
  const { plaintext, protectedHeader } = await compactDecrypt((await builtOf(bench)).compact, OCTETS);
  expect(Buffer.from(plaintext).toString()).toBe(hmacToken(SECRET));
  expect(protectedHeader).toEqual({ alg: 'dir', enc: 'A256GCM', cty: 'JWT-like', typ: 'JOSE', x: 1, zip: 'DEF' });
});

test('the further members are laid out and put on one line as the other texts are, and make the same token', async () => {
  const bench = await encrypting({ more: '{"x":[1.0],"kid":"a"}' });
  expect(bench.canLayOut.value.outer).toBe(true);
  expect(bench.format('outer')).toBe(true);
  expect(bench.encryption.value.more).toBe('{\n  "x": [\n    1.0\n  ],\n  "kid": "a"\n}');
  const { protectedHeader } = await compactDecrypt((await builtOf(bench)).compact, OCTETS);
  expect(protectedHeader).toMatchObject({ x: [1], kid: 'a' });
  expect(bench.oneLine('outer')).toBe(true);
  expect(bench.encryption.value.more).toBe('{"x":[1.0],"kid":"a"}');
  bench.setEncryption({ more: '{"x":' });
  expect(bench.canLayOut.value.outer).toBe(false);
  expect([bench.format('outer'), bench.oneLine('outer')]).toEqual([false, false]);
  expect(bench.encryption.value.more).toBe('{"x":');
});

test('of the payload alone there is no cty, and its header may have members too', async () => {
  const bench = await encrypting({ what: 'payload', more: '{"kid":"a"}' });
  const { plaintext, protectedHeader } = await compactDecrypt((await builtOf(bench)).compact, OCTETS);
  expect(Buffer.from(plaintext).toString()).toBe(bench.payload.value);
  expect(protectedHeader).toEqual({ alg: 'dir', enc: 'A256GCM', kid: 'a' });
});

test('while the further members are broken the last good token stays', async () => {
  const bench = await encrypting({});
  const before = await builtOf(bench);
  bench.setEncryption({ more: '{"kid":' });
  expect(bench.outerMarks.value.map(({ code }) => code)).toEqual(['json']);
  expect(await builtOf(bench)).toEqual({ ...before, current: false });
  bench.setEncryption({ more: '{"crit":["exp"]}' });
  await settled(bench);
  expect(bench.failure.value).toEqual({ state: 'not_encrypted', reason: 'header_member', detail: ['crit'] });
  bench.setEncryption({ on: false });
  expect(bench.outerMarks.value).toEqual([]);
  expect((await builtOf(bench)).compact).toBe(hmacToken(SECRET));
});

test('a copy has the header of its original, without what comes by itself', async () => {
  const header = { cty: 'JWT', typ: 'x', kid: 'a', zip: 'DEF', p2s: 'x', p2c: 1, alg: 'dir', enc: 'A256GCM' };
  expect(settingsOf(header, 'token')).toEqual({
    ...{ alg: 'dir', enc: 'A256GCM', zip: true, what: 'token', more: '{"typ":"x","kid":"a","p2c":1}', cookie: '' },
  });
  expect(settingsOf({ alg: 1, zip: 'other' }, 'payload')).toMatchObject({ alg: '', enc: '', zip: false, more: '{}' });
  const token = await encryptedToken('dir', { header: { kid: 'b', x: [1] } });
  const { bench, fake, model } = openWorkbench({}, token);
  await fake.source.addKey(JSON.stringify(openingJwk('dir')), '');
  await vi.waitFor(() => expect(model.log.entries.value[0]?.opened?.layers[0].decryption?.key).toBeDefined(), BUSY);
  bench.start(token);
  expect(bench.encryption.value.more).toBe('{"kid":"b","x":[1]}');
});

test('a session of Auth.js is sealed again by its secret and the name of its cookie', async () => {
  const [secret, salt] = ['a secret of Auth.js', '__Secure-authjs.session-token'];
  const session = await encodeSession({ token: { name: 'alice' }, secret, salt });
  const { bench, fake, model } = openWorkbench({}, session);
  await fake.source.addKey(secret, '');
  await vi.waitFor(
    () => expect(model.log.entries.value[0]?.opened?.layers[0].decryption?.state).toBe('decrypted'),
    BUSY,
  );
  bench.start(session);
  expect(bench.encryption.value).toMatchObject({
    ...{ what: 'payload', alg: 'dir', enc: 'A256CBC-HS512', more: '{}', cookie: salt },
  });
  bench.setEncryption({ on: true });
  bench.type('payload', bench.payload.value.replace('alice', 'mallory'));
  await settled(bench);
  // What was given to open it does not seal.
  expect(bench.failure.value).toMatchObject({ reason: 'no_key_given' });
  bench.setEncryption({ key: secret });
  const { compact } = await builtOf(bench);
  expect(await decodeSession({ token: compact, secret, salt })).toMatchObject({ name: 'mallory' });
  expect(await decodeSession({ token: compact, secret: [`${secret}, new`, secret], salt })).not.toBeNull();
  bench.setEncryption({ cookie: 'authjs.session-token' });
  const other = (await builtOf(bench)).compact;
  await expect(decodeSession({ token: other, secret, salt })).rejects.toThrow();
  bench.setEncryption({ cookie: '' });
  await settled(bench);
  expect(bench.failure.value).toMatchObject({ reason: 'wrong_length' });
});
