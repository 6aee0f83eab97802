// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { expect, test } from 'vitest';
import type { RingKey } from '../../../src/core/trust/signature.ts';
import { encryptedToken, openingJwk } from '../../fixtures/encrypted.ts';
import { given } from '../../fixtures/keys.ts';
import { CLAIMS, encodeSegment, hmacToken, SECRET } from '../../fixtures/tokens.ts';
import { answers, mark } from '../answers.ts';
import { seen } from '../records.ts';
import { all, click, named, open, select, text, texts, type, until } from '../screen.ts';

const show = async (token: string, ...keys: readonly RingKey[]) => {
  const screen = await open({ records: seen(token, { place: { kind: 'cookie', name: 'sid' } }) });
  await act(() => screen.fake.setKeys(keys));
  await select(0);
  await until(() => expect(answers().Signature).not.toBe('being checked'));
  return screen;
};
const signature = () => answers().Signature;
const sentence = () => text('section.detail h1');
const row = () => text('[role=option]');

test('without a key it says so, and leads to the box', async () => {
  await show(await encryptedToken('dir'));
  expect(signature()).toMatch(/^no key · No key to decrypt it with\..* give one$/);
  expect(mark('Signature')).toBe('? dim');
  expect(answers().Time).toMatch(/^encrypted/);
  await until(() => named('Key'));
  await click(named('give one'));
  expect(document.activeElement).toBe(named('Key'));
});

test('a wrong key is told as that, in the row too', async () => {
  await show(await encryptedToken('dir'), given({ kty: 'oct', k: encodeSegment('x'.repeat(32)) }));
  await until(() => expect(signature()).toMatch(/^not decrypted · Every key that fits was tried/));
  expect(mark('Signature')).toBe('? warn');
  expect(sentence()).toBe('Encrypted, and none of the keys given opens it.');
  expect(row()).toContain('not decrypted');
});

test('a key that does not fit says why', async () => {
  await show(await encryptedToken('dir'), given(openingJwk('A128KW')));
  await until(() =>
    expect(signature()).toMatch(/^key does not fit · A secret of 128 bits, but A256GCM takes exactly 256/),
  );
  expect(sentence()).toBe('Encrypted; the key given does not fit this token.');
});

test('what cannot be decrypted here is not called wrong', async () => {
  const sealed = await encryptedToken('RSA-OAEP');
  const [, ...rest] = sealed.split('.');
  await show([encodeSegment({ alg: 'RSA1_5', enc: 'A256GCM' }), ...rest].join('.'), given(openingJwk('RSA-OAEP')));
  await until(() => expect(signature()).toMatch(/^cannot be decrypted here · This browser cannot compute RSA1_5/));
  expect(mark('Signature')).toBe('– dim');
  expect(sentence()).toBe('Encrypted in a way that cannot be opened here.');
});

test('what is malformed says where', async () => {
  await show(`${encodeSegment({ alg: 'dir', enc: 'A256GCM' })}..YQ.YQ.YQ`, given(openingJwk('dir')));
  await until(() => expect(signature()).toMatch(/^malformed · The token is broken/));
  expect(mark('Signature')).toBe('⚠ warn');
});

test('a password that takes long to derive waits for a word, and says how long', async () => {
  const password = 'correct horse battery staple';
  const token = await encryptedToken('PBES2-HS256+A128KW', {
    key: new TextEncoder().encode(password),
    iterations: 150_000,
  });
  await show(token, given(password));
  await until(() => expect(signature()).toMatch(/^waits for you · .*150000 rounds.* Derive anyway$/));
  expect(sentence()).toBe('Encrypted; opening it takes long, so it waits for your word.');
  await click(named('Derive anyway'));
  await until(() => expect(signature()).toMatch(/^decrypted · /));
  expect(all('button').filter((button) => button.textContent === 'Derive anyway')).toEqual([]);
});

test('an envelope that is open, and a closed one in it, are told apart', async () => {
  const inner = await encryptedToken('dir');
  const key = given(openingJwk('RSA-OAEP'));
  await show(await encryptedToken('RSA-OAEP', { payload: inner, header: { cty: 'JWT' } }), key);
  await until(() =>
    expect(signature()).toMatch(/^decrypted · inside: key does not fit · RSA key, but the token says dir\./),
  );
});

test('a password that is tried can be derived from the box, where the question stands', async () => {
  const password = 'correct horse battery staple';
  const key = new TextEncoder().encode(password);
  await show(await encryptedToken('PBES2-HS256+A128KW', { key, iterations: 150_000 }));
  await until(() => named('Key'));
  await type(named('Key'), password);
  await until(() => expect(text('.trial')).toContain('150000 rounds'));
  await click(named('Derive anyway'));
  await until(() => expect(signature()).toMatch(/^decrypted · Shared secret/));
});

test('decrypted claims speak: in the row, the time and a table of their own', async () => {
  await show(
    await encryptedToken('dir', { payload: { ...CLAIMS, name: '<img src=x>', email: 'a@b.test' } }),
    given(openingJwk('dir')),
  );
  await until(() => expect(signature()).toMatch(/^decrypted · JWK · it carries no signature of its own$/));
  expect(mark('Signature')).toBe('– dim');
  expect(answers().Time).toMatch(/^Valid · until /);
  expect(texts('[aria-label="Decrypted content"] th')).toEqual(['iss', 'sub', 'aud', 'iat', 'exp', 'name', 'email']);
  expect(text('[aria-label="Decrypted content"]')).toContain('<img src=x>');
  expect(all('section.detail img')).toEqual([]);
  expect(row()).toContain('Session · a@b.test');
  expect(row()).toContain('decrypted · dir + A256GCM · login.test');
});

test('decrypted octets that are no claims are shown as what they are', async () => {
  await show(await encryptedToken('dir', { payload: 'just words' }), given(openingJwk('dir')));
  await until(() => expect(signature()).toMatch(/^decrypted/));
  expect(text('section.detail div.text')).toBe('just words');
  expect(sentence()).toMatch(/^Its payload is not a set of claims/);
});

test('the signature inside follows what opened the envelope', async () => {
  const inner = hmacToken(SECRET);
  const token = await encryptedToken('RSA-OAEP', { payload: inner, header: { cty: 'JWT' } });
  const { fake } = await show(token, given(openingJwk('RSA-OAEP')));
  // The key that opened the envelope was not given for the signature inside.
  await until(() => expect(signature()).toMatch(/^decrypted · JWK · inside: no key · None of the keys known here /));
  expect(mark('Signature')).toBe('? dim');
  await act(() => fake.setKeys([...fake.keys(), given(SECRET)]));
  await until(() => expect(signature()).toMatch(/^decrypted · JWK · inside: verified · HS256 · Shared secret$/));
  expect(mark('Signature')).toBe('✓ good');
  expect(sentence()).toMatch(/signature verified\.$/);
});
