// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest';
import '../one-slice.ts';
import { decode } from '../../../src/core/token/decode.ts';
import { workbenchOf } from '../../../src/panel/model/workbench.ts';
import { NOW } from '../../fixtures/fake-source.ts';
import { CLAIMS, compact, encodeSegment, hmacToken, SECRET } from '../../fixtures/tokens.ts';
import { BUSY, builtOf, copyOf, openWorkbench } from '../workbench.ts';

const payloadOf = (token: string) => decode(token).payload;

test('a blank token is signed with a secret of its own, and verifies', async () => {
  const { bench } = openWorkbench();
  await vi.waitFor(() => expect(bench.generated.value).toBeDefined(), BUSY);
  const token = await builtOf(bench);
  // The header that everybody knows by sight.
  expect(token.compact).toMatch(/^eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9\.eyJzdWIiOiIxMjM0NTY3ODkwIi/);
  expect(token.decoded.payload).toMatchObject({ sub: '1234567890', iat: NOW / 1000, exp: NOW / 1000 + 3600 });
  expect(token).toMatchObject({ answer: { state: 'verified' }, byOwnKey: true, current: true, jws: token.compact });
  expect(bench.original.value).toBeUndefined();
  expect(bench.modes.value).not.toContain('original');
  expect(bench.setMode('original')).toBe(false);
});

test('the secret of a blank token goes with it; a key that a person typed stays', async () => {
  const { bench } = openWorkbench();
  await vi.waitFor(() => expect(bench.generated.value).toBeDefined(), BUSY);
  const first = bench.key.value;
  bench.start(hmacToken(SECRET));
  expect([bench.key.value, bench.generated.value]).toEqual(['', undefined]);
  bench.start();
  await vi.waitFor(() => expect(bench.key.value).not.toBe(''), BUSY);
  expect(bench.key.value).not.toBe(first);
  bench.typeKey(SECRET);
  bench.start();
  expect((await builtOf(bench)).answer?.state).toBe('verified');
  expect([bench.key.value, bench.generated.value]).toEqual([SECRET, undefined]);
});

test('there is one for each model, and it begins with the token that was asked for', async () => {
  const { model } = openWorkbench();
  const token = hmacToken(SECRET);
  model.edit(token);
  const bench = workbenchOf(model);
  expect(workbenchOf(model)).toBe(bench);
  expect((await builtOf(bench)).compact).toBe(token);
  bench.type('payload', '{}');
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
  const { bench } = openWorkbench();
  for (const token of odd) {
    bench.start(token);
    expect(await builtOf(bench)).toMatchObject({ compact: token, current: true });
  }
});

test('what is typed is in the token octet by octet, and the original signature no longer holds', async () => {
  const { bench, fake } = await copyOf(hmacToken(SECRET));
  await fake.source.addKey(SECRET, CLAIMS.iss);
  await vi.waitFor(() => expect(bench.built.value?.answer?.state).toBe('verified'), BUSY);
  expect(bench.built.value?.byOwnKey).toBe(false);
  const typed = '{ "sub" : "älice",\r\n  "n": 1.0, "big": 1E9 }';
  bench.type('payload', typed);
  const token = await builtOf(bench);
  expect(Buffer.from(token.compact.split('.')[1] ?? '', 'base64url').toString()).toBe(typed);
  expect(token.compact.split('.')[2]).toBe(hmacToken(SECRET).split('.')[2]);
  expect(token.answer?.state).toBe('mismatch');
  expect(token.signingInput).toBe(token.compact.split('.', 2).join('.'));
  expect(bench.original.value).toBe(hmacToken(SECRET));
  expect(bench.marks.value.payload.map(({ code }) => code)).toEqual(['other_number', 'other_number']);
});

test('a number of too many digits leaves the last good token, but where the original has it', async () => {
  const original = `${encodeSegment('{"alg":"HS256"}')}.${encodeSegment('{"id":12345678901234567890}')}.c2ln`;
  const { bench } = await copyOf(original);
  bench.type('payload', '{"id":12345678901234567890,"n":9007199254740993}');
  await vi.waitFor(() => expect(bench.built.value?.current).toBe(false), BUSY);
  expect(bench.marks.value.payload.map(({ code, severity }) => `${code} ${severity}`)).toEqual([
    ...['other_number warning', 'lossy_number error'],
  ]);
  expect(bench.built.value?.compact).toBe(original);
  bench.type('payload', '{"id":12345678901234567890,"n":9007199254740992}');
  expect(decode((await builtOf(bench)).compact).payloadText).toBe('{"id":12345678901234567890,"n":9007199254740992}');
});

test('a part that was not touched keeps the segment that it had', async () => {
  const header = `${Buffer.from('{"alg":"HS256"}').toString('base64')}==`;
  const { bench } = await copyOf(`${header}.e30.c2ln`);
  bench.type('payload', '{"a":1}');
  expect((await builtOf(bench)).compact).toBe(`${header}.eyJhIjoxfQ.c2ln`);
});

test.each([
  ['{"sub":', ['json']],
  ['{"sub":1,"sub":2}', ['duplicate_member']],
  ['['.repeat(1000), ['too_deep']],
])('while the payload is %.20s… the last good token stays', async (text, codes) => {
  const { bench } = await copyOf(hmacToken(SECRET));
  const before = await builtOf(bench);
  bench.type('payload', text);
  expect(bench.marks.value.payload.map(({ code }) => code)).toEqual(codes);
  expect(await builtOf(bench)).toEqual({ ...before, current: false });
  expect(bench.failure.value).toBeUndefined();
});

test.each(['{"sub":', '['.repeat(1000), '', 'text'])('what is broken, as %.20j is, is left alone', async (text) => {
  const { bench } = await copyOf(hmacToken(SECRET));
  bench.type('payload', text);
  expect(bench.canLayOut.value).toMatchObject({ header: true, payload: false });
  expect([bench.format('payload'), bench.oneLine('payload'), bench.quick('iat_now')]).toEqual([false, false, false]);
  expect(bench.add('payload', 'aud')).toBeUndefined();
  expect(bench.payload.value).toBe(text);
});

test('a payload that was text may be any text; one that was JSON stays JSON, of any kind', async () => {
  const { bench } = await copyOf(`${compact({ alg: 'HS256' }, 'plain')}c2ln`);
  bench.type('payload', 'plainer');
  expect((await builtOf(bench)).decoded.payloadText).toBe('plainer');
  bench.type('payload', '{"a"');
  expect(bench.marks.value.payload.map(({ code }) => code)).toEqual(['json']);
  bench.start(hmacToken(SECRET));
  bench.type('payload', 'plain');
  expect(bench.marks.value.payload.map(({ severity }) => severity)).toEqual(['error']);
  bench.type('payload', '[1]');
  expect(bench.marks.value.payload).toMatchObject([{ code: 'not_object', severity: 'warning' }]);
  expect(await builtOf(bench)).toMatchObject({ current: true, decoded: { payloadText: '[1]' } });
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
  expect(payloadOf((await builtOf(bench)).compact)).toMatchObject(claim);
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
  expect((await builtOf(bench)).decoded.payloadText).toBe(bench.payload.value);
});

test('on one line no literal changes either, and the token is that much shorter', async () => {
  const [header, payload] = [
    '{ "typ" : "a b",\r\n "alg":"HS256" }\n',
    '[ 1.0 , { "b" : "\\u0041 " , "a" : 1e2, "b":0 } ]',
  ];
  const { bench } = await copyOf(`${compact(header, payload)}c2ln`);
  expect(bench.canLayOut.value).toMatchObject({ header: true, payload: true });
  expect(bench.oneLine('header') && bench.oneLine('payload')).toBe(true);
  expect(bench.header.value).toBe('{"typ":"a b","alg":"HS256"}');
  expect(bench.payload.value).toBe('[1.0,{"b":"\\u0041 ","a":1e2,"b":0}]');
  // Two of one name are an error all the same.
  bench.type('payload', bench.payload.value.replace(',"b":0', ''));
  expect((await builtOf(bench)).decoded).toMatchObject({
    headerText: bench.header.value,
    payloadText: bench.payload.value,
  });
});

test('the token that was made is put into the list, selected and shown', async () => {
  const { bench, model } = await copyOf(hmacToken(SECRET));
  model.edit(hmacToken(SECRET));
  bench.type('payload', '{"sub":"bob"}');
  await bench.keep();
  const made = bench.built.value?.compact;
  await vi.waitFor(() => expect(model.selected.value?.compact).toBe(made), BUSY);
  expect(model.view.value).toBe('tokens');
  expect(payloadOf(made ?? '')).toEqual({ sub: 'bob' });
  expect(model.log.entries.value).toHaveLength(2);
  bench.type('payload', '{');
  await bench.keep();
  expect(model.log.entries.value).toHaveLength(2);
});
