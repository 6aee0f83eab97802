// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { expect, test } from 'vitest';
import type { RingKey } from '../../../src/core/trust/signature.ts';
import { encryptedToken, openingJwk } from '../../fixtures/encrypted.ts';
import { given } from '../../fixtures/keys.ts';
import { CLAIMS, compact, hmacToken, SECRET } from '../../fixtures/tokens.ts';
import { seen } from '../records.ts';
import { all, named, open, select, text, texts, until } from '../screen.ts';

const KEYS = [given(openingJwk('dir')), given(openingJwk('RSA-OAEP')), given(SECRET)];

const show = async (token: string, keys: readonly RingKey[] = KEYS) => {
  const screen = await open({ records: seen(token) });
  await act(() => screen.fake.setKeys(keys));
  await select(0);
  return screen;
};
const inside = () => all('section.inner');
const nest = (payload: string, alg = 'dir') => encryptedToken(alg, { payload, header: { cty: 'JWT' } });

test('a token in a token has a section of its own, with its answer and its parts', async () => {
  const inner = hmacToken(SECRET, { payload: { ...CLAIMS, note: '<b>\u202e' } });
  await show(await nest(inner, 'RSA-OAEP'));
  const name = 'Inside: signed token (JWS)';
  const section = await until(() => named(name));
  expect(section.tagName).toBe('SECTION');
  expect(section.querySelector('h2')?.textContent).toBe(name);
  expect(section.querySelector('.answer')?.textContent).toMatch(/^verified · HS256 · Shared secret/);
  expect(named(`Raw token · ${name}`).textContent).toBe(inner);
  expect(texts(`[aria-label="Header · ${name}"] th`)).toEqual(['alg', 'typ']);
  expect(text(`[aria-label="Payload · ${name}"]`)).toContain('<b>\\u202E');
  expect(text('section.detail')).toContain('The content is itself a token. It follows below.');
  // The outer one stays as it was captured.
  expect(texts('[aria-label=Header] th')).toEqual(['alg', 'enc', 'cty']);
});

test('what was signed is that of the token inside', async () => {
  const inner = hmacToken(SECRET);
  await show(await nest(inner));
  await until(() => named('Inside: signed token (JWS)'));
  expect(text('details code')).toBe(inner.slice(0, inner.lastIndexOf('.')));
});

test('layers follow each other, as far as they are opened', async () => {
  await show(await nest(await nest(hmacToken(SECRET), 'RSA-OAEP')), KEYS.slice(0, 1));
  await until(() => expect(inside()).toHaveLength(1));
  const [closed] = inside();
  expect(closed?.getAttribute('aria-label')).toBe('Inside: encrypted token (JWE)');
  expect(closed?.querySelector('.answer')?.textContent).toMatch(/^key does not fit · /);
  expect(closed?.textContent).toContain("Encrypted: the content can be read with the recipient's key only.");
});

test('and all of them with all keys, down to the bound, which says so', async () => {
  let token = hmacToken(SECRET);
  for (let depth = 0; depth < 6; depth++) token = await nest(token);
  await show(token);
  await until(() => expect(inside()).toHaveLength(5));
  expect(inside().at(-1)?.querySelector('.answer')?.textContent).toMatch(
    /^cannot be decrypted here · More than 5 tokens inside each other/,
  );
});

test('a signed token in a signed one needs no key to be seen', async () => {
  await show(compact({ alg: 'HS256', cty: 'JWT' }, hmacToken(SECRET), 'c2ln'), []);
  await until(() => named('Inside: signed token (JWS)'));
  expect(text('[role=option]')).toContain('alice');
});

test('an unsecured token in an envelope is called that', async () => {
  await show(await nest(compact({ alg: 'none' })));
  const section = await until(() => named('Inside: unsecured token'));
  expect(section.querySelector('.answer')?.textContent).toMatch(/^unsecured/);
});
