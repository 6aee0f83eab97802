// @vitest-environment happy-dom
import { createSecretKey } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import { expect, test, vi } from 'vitest';
import '../one-slice.ts';
import type { Tools } from '../../../src/panel/model/workbench-tools.ts';
import { pairFor, privatePem, publicPem } from '../../fixtures/keys.ts';
import { CLAIMS, compact, hmacToken, SECRET, signedToken } from '../../fixtures/tokens.ts';
import { BUSY, builtOf, copyOf, settled } from '../workbench.ts';

test('an empty signature, and none: alg becomes none, and is put back', async () => {
  const token = hmacToken(SECRET);
  const { bench } = await copyOf(token);
  const { value: header } = bench.header;
  bench.setMode('empty');
  expect((await builtOf(bench)).compact).toBe(token.slice(0, token.lastIndexOf('.') + 1));
  bench.setMode('none');
  expect(bench.header.value).toBe('{"alg":"none","typ":"JWT"}');
  expect(bench.alg.value).toBe('none');
  expect(await builtOf(bench)).toMatchObject({ answer: { state: 'unsecured' }, decoded: { form: 'unsecured' } });
  bench.setMode('original');
  expect(bench.header.value).toBe(header);
  expect((await builtOf(bench)).compact).toBe(token);
});

test('an alg that was absent is absent again; one that was typed since stays', async () => {
  const { bench } = await copyOf(`${compact('{ "typ": "JWT" }')}c2ln`);
  bench.setMode('none');
  expect(bench.header.value).toBe('{ "typ": "JWT", "alg": "none" }');
  bench.setMode('empty');
  expect(bench.header.value).toBe('{ "typ": "JWT" }');
  bench.setMode('none');
  bench.type('header', '{"alg":"RS256"}');
  bench.setMode('empty');
  expect(bench.header.value).toBe('{"alg":"RS256"}');
  bench.setMode('none');
  bench.setAlg('HS512');
  expect([bench.mode.value, bench.header.value]).toEqual(['key', '{"alg":"HS512"}']);
  bench.type('header', '{');
  expect([bench.setMode('none'), bench.setAlg('HS256'), bench.mode.value]).toEqual([false, false, 'key']);
});

test('signs with the private key that is typed, and says when it does not fit', async () => {
  const token = await signedToken('RS256');
  const { bench } = await copyOf(token);
  bench.quick('iat_now');
  bench.setMode('key');
  await settled(bench);
  expect(bench.failure.value).toMatchObject({ reason: 'no_key_given' });
  bench.typeKey(privatePem(pairFor('RS256')));
  expect(await builtOf(bench)).toMatchObject({ answer: { state: 'verified' }, byOwnKey: true, current: true });
  bench.setAlg('ES256');
  expect((await builtOf(bench)).current).toBe(false);
  expect(bench.failure.value).toMatchObject({ state: 'key_does_not_fit', reason: 'wrong_key_type' });
  bench.typeKey(publicPem(pairFor('ES256')));
  await settled(bench);
  expect(bench.failure.value).toMatchObject({ reason: 'no_private_half' });
  bench.typeKey('-----BEGIN PRIVATE KEY-----');
  await settled(bench);
  expect(bench.failure.value).toMatchObject({ reason: 'not_a_key' });
});

test('the keys of the ring never sign, and what signs never joins it', async () => {
  const { bench, fake } = await copyOf(hmacToken(SECRET));
  await fake.source.addKey(SECRET, CLAIMS.iss);
  bench.setMode('key');
  await settled(bench);
  expect(bench.failure.value).toMatchObject({ reason: 'no_key_given' });
  bench.typeKey('another secret');
  expect((await builtOf(bench)).byOwnKey).toBe(true);
  expect(fake.keys().map(({ text }) => text)).toEqual([SECRET]);
});

test('a secret is read as text, unless another reading is chosen', async () => {
  const { bench } = await copyOf(hmacToken(SECRET));
  bench.setMode('key');
  bench.typeKey('deadbeef\n');
  const text = await builtOf(bench);
  expect(text.compact).toBe(hmacToken('deadbeef'));
  expect(bench.keyChoices.value).toEqual(['text', 'base64', 'hex']);
  bench.chooseReading('hex');
  expect((await builtOf(bench)).compact).toBe(hmacToken(Buffer.from('deadbeef', 'hex')));
  expect(bench.keyChoice.value).toBe('hex');
  bench.typeKey('no hex!');
  expect((await builtOf(bench)).compact).toBe(hmacToken('no hex!'));
  expect([bench.keyChoices.value, bench.keyChoice.value]).toEqual([[], 'text']);
});

test('the text of a public key signs as a secret where that is chosen, and nothing else does', async () => {
  const pem = publicPem(pairFor('RS256'));
  const { bench } = await copyOf(await signedToken('RS256'));
  bench.setMode('key');
  bench.setAlg('HS256');
  bench.typeKey(pem);
  await settled(bench);
  expect([bench.failure.value?.reason, bench.keyChoice.value]).toEqual(['wrong_key_type', 'key']);
  bench.chooseReading('key_text');
  const token = await builtOf(bench);
  expect(token).toMatchObject({ current: true, byOwnKey: true, answer: { state: 'verified', alg: 'HS256' } });
  expect(jsonwebtoken.verify(token.compact, createSecretKey(Buffer.from(pem)))).toMatchObject({ sub: CLAIMS.sub });
  bench.setAlg('RS256');
  await settled(bench);
  expect([bench.failure.value?.reason, bench.keyChoices.value]).toEqual(['no_private_half', []]);
});

test('a key typed here has no say on a copy, but where it verifies the original', async () => {
  const { bench } = await copyOf(hmacToken(SECRET));
  bench.typeKey('another secret');
  expect((await builtOf(bench)).answer?.state).toBe('no_key');
  bench.typeKey(SECRET);
  expect(await builtOf(bench)).toMatchObject({ answer: { state: 'verified' }, byOwnKey: true });
  bench.quick('iat_now');
  expect(await builtOf(bench)).toMatchObject({ answer: { state: 'mismatch' }, byOwnKey: true });
});

test('a key is made, shown and signed with; another that is typed meanwhile stays', async () => {
  const { bench } = await copyOf(hmacToken(SECRET));
  await bench.generate('ES256');
  expect(bench.generated.value?.pem).toContain('PRIVATE KEY');
  expect([bench.mode.value, bench.alg.value, bench.key.value]).toEqual(['key', 'ES256', bench.generated.value?.jwk]);
  expect(await builtOf(bench)).toMatchObject({ answer: { state: 'verified', alg: 'ES256' }, byOwnKey: true });
  const making = bench.generate('Ed25519');
  expect(bench.generating.value).toBe(true);
  bench.typeKey(SECRET);
  await making;
  expect([bench.key.value, bench.generated.value, bench.alg.value, bench.generating.value]).toEqual([
    ...[SECRET, undefined, 'ES256', false],
  ]);
  const late = bench.generate('ES256');
  bench.setAlg('HS384');
  await late;
  expect(bench.alg.value).toBe('HS384');
  await bench.generate('XX999');
  expect(bench.failure.value).toMatchObject({ reason: 'alg_unknown' });
});

test('a slow signature never stands over that of a newer text, and what lies between is not signed', async () => {
  const signs: ((signature: string) => void)[] = [];
  const inputs: string[] = [];
  const sign: Tools['sign'] = (input) => {
    inputs.push(input);
    return new Promise((resolve) => signs.push(resolve));
  };
  const { bench } = await copyOf(hmacToken(SECRET), { sign });
  bench.typeKey(SECRET);
  bench.setMode('key');
  for (const text of ['{"n":1}', '{"n":2}', '{"n":3}']) bench.type('payload', text);
  await vi.waitFor(() => expect(signs.length).toBeGreaterThan(0), BUSY);
  for (const text of ['{"n":4}', '{"n":5}']) bench.type('payload', text);
  const first = signs.length;
  for (const done of signs.splice(0)) done('b2xk');
  await vi.waitFor(() => expect(signs).toHaveLength(1), BUSY);
  signs[0]?.('bmV3');
  await settled(bench);
  expect(bench.built.value?.decoded).toMatchObject({ payload: { n: 5 }, segments: { 2: 'bmV3' } });
  expect(inputs).toHaveLength(first + 1);
});

test('what was being signed of another token is not shown as this one', async () => {
  let done: (signature: string) => void = () => undefined;
  const sign: Tools['sign'] = () => new Promise((resolve) => (done = resolve));
  const { bench } = await copyOf(hmacToken(SECRET), { sign });
  bench.typeKey(SECRET);
  bench.setMode('key');
  await vi.waitFor(() => expect(done.length).toBe(1), BUSY);
  bench.start(`${compact({ alg: 'HS256' }, { sub: 'bob' })}c2ln`);
  expect(bench.built.value).toBeUndefined();
  done('b2xk');
  expect((await builtOf(bench)).decoded).toMatchObject({ payload: { sub: 'bob' }, segments: { 2: 'c2ln' } });
});

test('a chunk that does not load is a failure that is told', async () => {
  const sign: Tools['sign'] = () => Promise.reject(new TypeError('Failed to fetch'));
  const { bench } = await copyOf(hmacToken(SECRET), { sign });
  bench.typeKey(SECRET);
  bench.setMode('key');
  await settled(bench);
  expect(bench.failure.value).toMatchObject({ reason: 'alg_unsupported_here' });
});
