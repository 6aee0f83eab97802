// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest';
import '../one-slice.ts';
import { decode } from '../../../src/core/token/decode.ts';
import { createModel, type Model } from '../../../src/panel/model/model.ts';
import { createWorkbench, workbenchOf } from '../../../src/panel/model/workbench.ts';
import type { Workbench } from '../../../src/panel/model/workbench-shape.ts';
import { createTools, type Tools } from '../../../src/panel/model/workbench-tools.ts';
import { createFakeSource, NOW } from '../../fixtures/fake-source.ts';
import { pairFor, privatePem, publicPem } from '../../fixtures/keys.ts';
import { CLAIMS, compact, hmacToken, SECRET, signedToken } from '../../fixtures/tokens.ts';
import { seen } from '../records.ts';

const models: Model[] = [];
afterEach(() => {
  for (const model of models.splice(0)) model.dispose();
});

const setUp = (tools: Partial<Tools> = {}, records = seen(hmacToken(SECRET))) => {
  const fake = createFakeSource({ records });
  const model = createModel(fake.source);
  models.push(model);
  const bench = createWorkbench(model, { ...createTools(), uuid: () => 'a-b-c', ...tools });
  return { fake, model, bench };
};

/** When nothing newer is being made. */
const settled = (bench: Workbench) => vi.waitFor(() => expect(bench.busy.value).toBe(false));
const built = async (bench: Workbench) => {
  await settled(bench);
  if (!bench.built.value) throw new Error(`nothing: ${JSON.stringify(bench.failure.value)}`);
  return bench.built.value;
};
/** A copy of the token, as it stands before anything is typed. */
const copyOf = async (token: string, tools: Partial<Tools> = {}) => {
  const { bench, ...rest } = setUp(tools);
  bench.start(token);
  await settled(bench);
  return { bench, ...rest };
};
const payloadOf = (token: string) => decode(token).payload;

test('a blank token is signed with a secret of its own, and verifies', async () => {
  const { bench } = setUp();
  await vi.waitFor(() => expect(bench.generated.value).toBeDefined());
  const token = await built(bench);
  expect(token.decoded.header).toEqual({ alg: 'HS256', typ: 'JWT' });
  expect(token.decoded.payload).toMatchObject({ sub: '1234567890', iat: NOW / 1000, exp: NOW / 1000 + 3600 });
  expect(token).toMatchObject({ answer: { state: 'verified' }, byOwnKey: true, current: true, jws: token.compact });
  expect(bench.original.value).toBeUndefined();
  expect(bench.modes.value).not.toContain('original');
  expect(bench.setMode('original')).toBe(false);
});

test('the secret of a blank token goes with it; a key that a person typed stays', async () => {
  const { bench } = setUp();
  await vi.waitFor(() => expect(bench.generated.value).toBeDefined());
  const first = bench.key.value;
  bench.start(hmacToken(SECRET));
  expect([bench.key.value, bench.generated.value]).toEqual(['', undefined]);
  bench.start();
  await vi.waitFor(() => expect(bench.key.value).not.toBe(''));
  expect(bench.key.value).not.toBe(first);
  bench.typeKey(SECRET);
  bench.start();
  expect((await built(bench)).answer?.state).toBe('verified');
  expect([bench.key.value, bench.generated.value]).toEqual([SECRET, undefined]);
});

test('there is one for each model, and it begins with the token that was asked for', async () => {
  const { model } = setUp();
  const token = hmacToken(SECRET);
  model.edit(token);
  const bench = workbenchOf(model);
  expect(workbenchOf(model)).toBe(bench);
  expect((await built(bench)).compact).toBe(token);
  bench.type('payload', '{}');
  model.edit(token);
  expect(bench.payload.value).toBe(JSON.stringify(CLAIMS));
  bench.typeKey(SECRET);
  model.dispose();
  expect([bench.key.value, bench.built.value]).toEqual(['', undefined]);
});

test('an untouched copy is the original, octet by octet, with what is wrong with it', async () => {
  const odd = [
    `${compact('{ "alg":"HS256" ,"n":1.0}', '{"a":1,"a":2}')}c2ln`,
    `${compact({ alg: 'HS256' }, 'no JSON')}c2ln`,
    `${compact('{"alg":"HS256"', CLAIMS)}c2ln`,
    'eyJhbGciOiJIUzI1NiJ9.e30.c2ln.more.and.more',
    'eyJhbGciOiJIUzI1NiJ9.e3.c2lnA=',
    'no token',
    '',
  ];
  const { bench } = setUp();
  for (const token of odd) {
    bench.start(token);
    expect(await built(bench)).toMatchObject({ compact: token, current: true });
  }
});

test('what is typed is in the token octet by octet, and the original signature no longer holds', async () => {
  const { bench, fake } = await copyOf(hmacToken(SECRET));
  await fake.source.addKey(SECRET, CLAIMS.iss);
  await vi.waitFor(() => expect(bench.built.value?.answer?.state).toBe('verified'));
  expect(bench.built.value?.byOwnKey).toBe(false);
  const typed = '{ "sub" : "älice",\r\n  "n": 1.0, "big": 12345678901234567890 }';
  bench.type('payload', typed);
  const token = await built(bench);
  expect(Buffer.from(token.compact.split('.')[1] ?? '', 'base64url').toString()).toBe(typed);
  expect(token.compact.split('.')[2]).toBe(hmacToken(SECRET).split('.')[2]);
  expect(token.answer?.state).toBe('mismatch');
  expect(token.signingInput).toBe(token.compact.split('.', 2).join('.'));
  expect(bench.original.value).toBe(hmacToken(SECRET));
  expect(bench.marks.value.payload.map(({ code }) => code)).toEqual(['lossy_number', 'lossy_number']);
});

test('a part that was not touched keeps the segment that it had', async () => {
  const header = `${Buffer.from('{"alg":"HS256"}').toString('base64')}==`;
  const { bench } = await copyOf(`${header}.e30.c2ln`);
  bench.type('payload', '{"a":1}');
  expect((await built(bench)).compact).toBe(`${header}.eyJhIjoxfQ.c2ln`);
});

test.each([
  ['{"sub":', ['json']],
  ['{"sub":1,"sub":2}', ['duplicate_member']],
  ['['.repeat(1000), ['too_deep']],
])('while the payload is %.20s… the last good token stays', async (text, codes) => {
  const { bench } = await copyOf(hmacToken(SECRET));
  const before = await built(bench);
  bench.type('payload', text);
  expect(bench.marks.value.payload.map(({ code }) => code)).toEqual(codes);
  expect(await built(bench)).toEqual({ ...before, current: false });
  expect(bench.failure.value).toBeUndefined();
  expect([
    bench.format('payload') && codes[0] !== 'duplicate_member',
    bench.quick('iat_now') && codes[0] !== 'duplicate_member',
  ]).toEqual([false, false]);
});

test('a payload that was text may be any text; one that was JSON stays JSON, of any kind', async () => {
  const { bench } = await copyOf(`${compact({ alg: 'HS256' }, 'plain')}c2ln`);
  bench.type('payload', 'plainer');
  expect((await built(bench)).decoded.payloadText).toBe('plainer');
  bench.type('payload', '{"a"');
  expect(bench.marks.value.payload.map(({ code }) => code)).toEqual(['json']);
  bench.start(hmacToken(SECRET));
  bench.type('payload', 'plain');
  expect(bench.marks.value.payload.map(({ severity }) => severity)).toEqual(['error']);
  bench.type('payload', '[1]');
  expect(bench.marks.value.payload).toMatchObject([{ code: 'not_object', severity: 'warning' }]);
  expect(await built(bench)).toMatchObject({ current: true, decoded: { payloadText: '[1]' } });
});

test.each([
  ['iat_now', { iat: NOW / 1000 }],
  ['nbf_now', { nbf: NOW / 1000 }],
  ['exp_5m', { exp: NOW / 1000 + 300 }],
  ['exp_1h', { exp: NOW / 1000 + 3600 }],
  ['exp_1d', { exp: NOW / 1000 + 86_400 }],
  ['jti_new', { jti: 'a-b-c' }],
] as const)('%s sets one claim', async (action, claim) => {
  const { bench } = await copyOf(hmacToken(SECRET));
  expect(bench.quick(action)).toBe(true);
  expect(JSON.parse(bench.payload.value)).toEqual({ ...CLAIMS, ...claim });
  expect(payloadOf((await built(bench)).compact)).toMatchObject(claim);
  bench.type('payload', '{"a": 1.0}');
  bench.quick(action);
  expect(bench.payload.value).toBe(`{"a": 1.0, ${JSON.stringify(claim).slice(1, -1).replace(':', ': ')}}`);
});

test('a registered claim is added with an example, and one that is there is shown', async () => {
  const { bench } = await copyOf(hmacToken(SECRET));
  const aud = bench.add('payload', 'aud');
  expect(bench.payload.value).toBe(JSON.stringify(CLAIMS));
  expect(bench.payload.value.slice(aud?.from, aud?.to)).toBe('"api"');
  const amr = bench.add('payload', 'amr');
  expect(bench.payload.value.slice(amr?.from, amr?.to)).toBe('["pwd"]');
  const kid = bench.add('header', 'kid');
  expect(bench.header.value.slice(kid?.from, kid?.to)).toBe('"key-1"');
  bench.type('header', '{');
  expect(bench.add('header', 'kid')).toBeUndefined();
});

test('format lays out, and changes no literal', async () => {
  const { bench } = await copyOf(`${compact('{"alg":"HS256","n":1.0}', '{"a":[1e2]}')}c2ln`);
  expect(bench.format('header') && bench.format('payload')).toBe(true);
  expect(bench.header.value).toBe('{\n  "alg": "HS256",\n  "n": 1.0\n}');
  expect(bench.payload.value).toBe('{\n  "a": [\n    1e2\n  ]\n}');
  expect((await built(bench)).decoded.payloadText).toBe(bench.payload.value);
});

test('an empty signature, and none: alg becomes none, and is put back', async () => {
  const token = hmacToken(SECRET);
  const { bench } = await copyOf(token);
  const { value: header } = bench.header;
  bench.setMode('empty');
  expect((await built(bench)).compact).toBe(token.slice(0, token.lastIndexOf('.') + 1));
  bench.setMode('none');
  expect(bench.header.value).toBe('{"alg":"none","typ":"JWT"}');
  expect(bench.alg.value).toBe('none');
  expect(await built(bench)).toMatchObject({ answer: { state: 'unsecured' }, decoded: { form: 'unsecured' } });
  bench.setMode('original');
  expect(bench.header.value).toBe(header);
  expect((await built(bench)).compact).toBe(token);
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
  expect(await built(bench)).toMatchObject({ answer: { state: 'verified' }, byOwnKey: true, current: true });
  bench.setAlg('ES256');
  expect((await built(bench)).current).toBe(false);
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
  expect((await built(bench)).byOwnKey).toBe(true);
  expect(fake.keys().map(({ text }) => text)).toEqual([SECRET]);
});

test('a secret is read as text, unless another reading is chosen', async () => {
  const { bench } = await copyOf(hmacToken(SECRET));
  bench.setMode('key');
  bench.typeKey('deadbeef\n');
  const text = await built(bench);
  expect(text.compact).toBe(hmacToken('deadbeef'));
  expect(bench.keyChoices.value).toEqual(['text', 'base64', 'hex']);
  bench.chooseReading('hex');
  expect((await built(bench)).compact).toBe(hmacToken(Buffer.from('deadbeef', 'hex')));
  expect(bench.keyChoice.value).toBe('hex');
  bench.typeKey('no hex!');
  expect((await built(bench)).compact).toBe(hmacToken('no hex!'));
  expect([bench.keyChoices.value, bench.keyChoice.value]).toEqual([[], 'text']);
});

test('a key typed here has no say on a copy, but where it verifies the original', async () => {
  const { bench } = await copyOf(hmacToken(SECRET));
  bench.typeKey('another secret');
  expect((await built(bench)).answer?.state).toBe('no_key');
  bench.typeKey(SECRET);
  expect(await built(bench)).toMatchObject({ answer: { state: 'verified' }, byOwnKey: true });
  bench.quick('iat_now');
  expect(await built(bench)).toMatchObject({ answer: { state: 'mismatch' }, byOwnKey: true });
});

test('a key is made, shown and signed with; another that is typed meanwhile stays', async () => {
  const { bench } = await copyOf(hmacToken(SECRET));
  await bench.generate('ES256');
  expect(bench.generated.value?.pem).toContain('PRIVATE KEY');
  expect([bench.mode.value, bench.alg.value, bench.key.value]).toEqual(['key', 'ES256', bench.generated.value?.jwk]);
  expect(await built(bench)).toMatchObject({ answer: { state: 'verified', alg: 'ES256' }, byOwnKey: true });
  const making = bench.generate('Ed25519');
  expect(bench.generating.value).toBe(true);
  bench.typeKey(SECRET);
  await making;
  expect([bench.key.value, bench.generated.value, bench.alg.value, bench.generating.value]).toEqual([
    ...[SECRET, undefined, 'ES256', false],
  ]);
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
  await vi.waitFor(() => expect(signs.length).toBeGreaterThan(0));
  for (const text of ['{"n":4}', '{"n":5}']) bench.type('payload', text);
  const first = signs.length;
  for (const done of signs.splice(0)) done('b2xk');
  await vi.waitFor(() => expect(signs).toHaveLength(1));
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
  await vi.waitFor(() => expect(done.length).toBe(1));
  bench.start(`${compact({ alg: 'HS256' }, { sub: 'bob' })}c2ln`);
  expect(bench.built.value).toBeUndefined();
  done('b2xk');
  expect((await built(bench)).decoded).toMatchObject({ payload: { sub: 'bob' }, segments: { 2: 'c2ln' } });
});

test('the token that was made is put into the list, selected and shown', async () => {
  const { bench, model } = await copyOf(hmacToken(SECRET));
  model.edit(hmacToken(SECRET));
  bench.type('payload', '{"sub":"bob"}');
  await bench.keep();
  const made = bench.built.value?.compact;
  await vi.waitFor(() => expect(model.selected.value?.compact).toBe(made));
  expect(model.view.value).toBe('tokens');
  expect(payloadOf(made ?? '')).toEqual({ sub: 'bob' });
  expect(model.log.entries.value).toHaveLength(2);
  bench.type('payload', '{');
  await bench.keep();
  expect(model.log.entries.value).toHaveLength(2);
});

test('a chunk that does not load is a failure that is told', async () => {
  const sign: Tools['sign'] = () => Promise.reject(new TypeError('Failed to fetch'));
  const { bench } = await copyOf(hmacToken(SECRET), { sign });
  bench.typeKey(SECRET);
  bench.setMode('key');
  await settled(bench);
  expect(bench.failure.value).toMatchObject({ reason: 'alg_unsupported_here' });
});
