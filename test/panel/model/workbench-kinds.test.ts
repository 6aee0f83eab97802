// @vitest-environment happy-dom
/** What the workbench makes of tokens that are no plain JWS, and of large ones. */
import { expect, test, vi } from 'vitest';
import '../one-slice.ts';
import { decode } from '../../../src/core/token/decode.ts';
import { createOpener } from '../../../src/core/trust/open.ts';
import { encryptedToken, octJwk, openingJwk } from '../../fixtures/encrypted.ts';
import { given, pairFor, privatePem, publicPem } from '../../fixtures/keys.ts';
import { CLAIMS, compact, encodeSegment, hmacToken, SECRET } from '../../fixtures/tokens.ts';
import { BUSY, builtOf, openWorkbench, settled } from '../workbench.ts';

const opened = async (token: string, key: string | object) =>
  (await createOpener()(decode(token), [given(key)])).layers;

test('of a JWE that no key opened the header is there, and its tag no longer holds', async () => {
  const token = await encryptedToken('dir');
  const { bench } = openWorkbench({}, token);
  bench.start(token);
  expect(await builtOf(bench)).toMatchObject({ compact: token, decoded: { form: 'jwe' } });
  expect([bench.header.value, bench.payload.value]).toEqual(['{"alg":"dir","enc":"A256GCM"}', '']);
  bench.type('header', '{"alg":"dir","enc":"A256GCM","kid":"x"}');
  const changed = (await builtOf(bench)).compact;
  expect(changed.split('.').slice(1)).toEqual(token.split('.').slice(1));
  expect((await opened(changed, openingJwk('dir')))[0]?.decryption?.state).toBe('failed');
});

test('of a JWE that a key opened the JWS in it is copied, and encrypted again when asked to', async () => {
  const inner = hmacToken(SECRET);
  const token = await encryptedToken('A256KW', { enc: 'A128GCM', header: { cty: 'JWT' }, payload: inner });
  const { bench, fake, model } = openWorkbench({}, token);
  await fake.source.addKey(JSON.stringify(openingJwk('A256KW')), '');
  await vi.waitFor(() => expect(model.log.entries.value[0]?.opened?.layers).toHaveLength(2), BUSY);
  bench.start(token);
  expect(await builtOf(bench)).toMatchObject({ compact: inner, jws: inner });
  expect(bench.original.value).toBe(token);
  expect(bench.encryption.value).toEqual({
    ...{ on: false, what: 'token', alg: 'A256KW', enc: 'A128GCM', zip: false, more: '{}', cookie: '', key: '' },
  });

  bench.setEncryption({ on: true });
  await settled(bench);
  expect(bench.failure.value).toEqual({ state: 'not_encrypted', reason: 'no_key_given', detail: [] });
  expect(bench.built.value?.current).toBe(false);
  bench.setEncryption({ key: JSON.stringify(openingJwk('A256KW')) });
  const sealed = await builtOf(bench);
  expect(sealed).toMatchObject({ jws: inner, decoded: { header: { alg: 'A256KW', enc: 'A128GCM', cty: 'JWT' } } });
  expect(sealed.signingInput).toBe(inner.slice(0, inner.lastIndexOf('.')));
  const layers = await opened(sealed.compact, openingJwk('A256KW'));
  expect(layers[1]?.decoded.compact).toBe(inner);
});

test('claims that were encrypted and not signed are encrypted alone, whatever the header says', async () => {
  const token = await encryptedToken('dir');
  const { bench, fake, model } = openWorkbench({}, token);
  await fake.source.addKey(JSON.stringify(openingJwk('dir')), '');
  await vi.waitFor(
    () => expect(model.log.entries.value[0]?.opened?.layers[0].decryption?.state).toBe('decrypted'),
    BUSY,
  );
  bench.start(token);
  expect(bench.payload.value).toBe(JSON.stringify(CLAIMS));
  expect(bench.encryption.value).toMatchObject({ what: 'payload', alg: 'dir', enc: 'A256GCM' });
  bench.type('header', '{');
  bench.quick('iat_now');
  bench.setEncryption({ on: true, key: JSON.stringify(octJwk(256)) });
  const sealed = await builtOf(bench);
  expect(sealed).toMatchObject({ jws: '', signingInput: '', answer: undefined, current: true });
  const [layer] = await opened(sealed.compact, octJwk(256));
  expect(layer?.decoded.payload).toEqual(JSON.parse(bench.payload.value));
});

test.each([
  ['RSA-OAEP-256', publicPem(pairFor('RS256')), privatePem(pairFor('RS256'))],
  ['A128KW', 'sixteen-octets!!', 'sixteen-octets!!'],
  ['A128KW', 'deadbeefdeadbeefdeadbeefdeadbeef', 'deadbeefdeadbeefdeadbeefdeadbeef'],
  ['PBES2-HS256+A128KW', ' a password ', 'a password'],
])('encrypts by %s with what is typed as %.20s', async (alg, key, opening) => {
  const { bench } = openWorkbench();
  bench.start(hmacToken(SECRET));
  bench.setEncryption({ on: true, alg, enc: 'A256GCM', key });
  const { compact: sealed } = await builtOf(bench);
  expect((await opened(sealed, opening))[1]?.decoded.compact).toBe(hmacToken(SECRET));
});

test('a key to encrypt with is made for what is set', async () => {
  const { bench } = openWorkbench();
  bench.start(hmacToken(SECRET));
  bench.setEncryption({ on: true, alg: 'dir', enc: 'A256CBC-HS512' });
  const making = bench.generateEncryptionKey();
  expect([bench.generatingEncryption.value, bench.generating.value]).toEqual([true, false]);
  await making;
  expect(bench.generatingEncryption.value).toBe(false);
  expect((await builtOf(bench)).decoded.form).toBe('jwe');
  expect(bench.encryption.value.key).toBe(bench.generatedEncryption.value?.jwk);
  bench.setEncryption({ enc: 'A128GCM' });
  await settled(bench);
  expect(bench.failure.value).toMatchObject({ state: 'not_encrypted', reason: 'wrong_length' });
  const late = bench.generateEncryptionKey();
  bench.setEncryption({ key: '' });
  const later = bench.generateEncryptionKey();
  bench.start(hmacToken(SECRET));
  await Promise.all([late, later]);
  expect([bench.encryption.value.key, bench.generatedEncryption.value]).toEqual(['', undefined]);
});

test('the disclosures and the key binding of an SD-JWT go along as they are', async () => {
  const tail = `~WyJzYWx0IiwiYSIsMV0~${hmacToken('binding', { header: { typ: 'kb+jwt' } })}`;
  const { bench } = openWorkbench();
  bench.start(`${hmacToken(SECRET)}${tail}`);
  expect((await builtOf(bench)).compact).toBe(`${hmacToken(SECRET)}${tail}`);
  bench.typeKey('another');
  bench.setMode('key');
  const resigned = await builtOf(bench);
  expect(resigned.compact).toBe(`${hmacToken('another')}${tail}`);
  expect(resigned.decoded.disclosures).toHaveLength(1);
  expect(resigned.answer?.state).toBe('verified');
});

test('of a JSON serialisation the first signature is copied, as a compact token', async () => {
  const [header, payload, signature] = hmacToken(SECRET).split('.');
  const { bench } = openWorkbench();
  const json = JSON.stringify({ payload, signatures: [{ protected: header, signature }] });
  bench.start(json);
  expect((await builtOf(bench)).compact).toBe(hmacToken(SECRET));
  expect(bench.original.value).toBe(json);
});

test('an unencoded payload (RFC 7797) goes in as it is, and may have no period', async () => {
  const { bench } = openWorkbench();
  bench.start(hmacToken(SECRET));
  bench.typeKey(SECRET);
  bench.setMode('key');
  bench.type('header', '{"alg":"HS256","b64":false,"crit":["b64"]}');
  bench.type('payload', '{"sub":"älice"}');
  const token = await builtOf(bench);
  expect(token.compact.split('.')[1]).toBe('{"sub":"älice"}');
  expect(token.answer?.state).toBe('verified');
  bench.type('payload', '{"iss":"a.b"}');
  expect(bench.marks.value.payload).toMatchObject([{ code: 'period', from: 9 }]);
  expect((await builtOf(bench)).current).toBe(false);
  bench.type('header', '{"alg":"HS256"}');
  expect(bench.marks.value.payload).toEqual([]);
  expect((await builtOf(bench)).compact.split('.')[1]).toBe(encodeSegment('{"iss":"a.b"}'));
});

test('a payload of 1 MB is typed into, signed and judged; 100,000 brackets are marked', async () => {
  const { bench } = openWorkbench();
  const large = JSON.stringify({ text: 'x'.repeat(1_000_000) });
  bench.start(hmacToken(SECRET, { payload: large }));
  expect(bench.payload.value).toBe(large);
  bench.typeKey(SECRET);
  bench.setMode('key');
  bench.type('payload', `${large} `);
  expect(await builtOf(bench)).toMatchObject({ answer: { state: 'verified' }, current: true });
  bench.type('payload', '['.repeat(100_000));
  await settled(bench);
  await vi.waitFor(() => expect(bench.marks.value.payload.map(({ code }) => code)).toEqual(['too_deep']), BUSY);
  expect([bench.format('payload'), bench.quick('exp_1h')]).toEqual([false, false]);
});

test('a signature that is broken, and a header that is none, begin with what can be read', async () => {
  const { bench } = openWorkbench();
  bench.start(`${compact('[1]', CLAIMS)}c2ln`);
  expect(bench.header.value).toBe('[1]');
  expect(bench.marks.value.header).toMatchObject([{ code: 'not_object', severity: 'error' }]);
  expect(await builtOf(bench)).toMatchObject({ decoded: { form: 'malformed' }, current: true });
  bench.quick('iat_now');
  expect((await builtOf(bench)).current).toBe(false);
});

test('of what has more segments than a JWS all that follow stay', async () => {
  const { bench } = openWorkbench();
  bench.start(`${compact({ alg: 'HS256' }, CLAIMS)}c2ln.more.and..more`);
  bench.type('payload', '{"a":1}');
  expect((await builtOf(bench)).compact).toBe(`${compact({ alg: 'HS256' }, '{"a":1}')}c2ln.more.and..more`);
});

test('octets that are no text stay while they are left alone, and that they would not is told', async () => {
  const token = `${encodeSegment({ alg: 'HS256', zip: 'DEF' })}.${Buffer.from([0xff, 0x41]).toString('base64url')}.c2ln`;
  const { bench } = openWorkbench();
  bench.start(token);
  expect(bench.payload.value).toBe('\ufffdA');
  expect(bench.marks.value.payload).toMatchObject([{ code: 'replaced', from: 0, severity: 'warning' }]);
  bench.type('header', '{"alg":"HS256"}');
  expect((await builtOf(bench)).compact.split('.')[1]).toBe(token.split('.')[1]);
  bench.type('payload', '\ufffdB');
  expect((await builtOf(bench)).compact.split('.')[1]).toBe(encodeSegment('\ufffdB'));
  bench.type('payload', 'B');
  expect(bench.marks.value.payload).toEqual([]);
});
