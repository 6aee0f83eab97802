import { createPublicKey } from 'node:crypto';
import { expect, test } from 'vitest';
import { readKey } from '../../../src/core/trust/read-key.ts';
import { publicKeysOf, writeKey } from '../../../src/panel/model/write-keys.ts';
import { given, pairFor, privateJwk, privatePem, publicJwk, publicPem } from '../../fixtures/keys.ts';

const es256 = pairFor('ES256');
const write = (text: string) => writeKey(readKey(text));

test('a public key is written as JWK and PEM, with its thumbprint', async () => {
  const { forms, thumbprint } = await write(publicPem(es256));
  expect(forms.map(({ name }) => name)).toEqual(['JWK', 'PEM']);
  expect(JSON.parse(forms[0]?.text ?? '')).toEqual(publicJwk(es256));
  expect(createPublicKey(forms[1]?.text ?? '').equals(es256.publicKey)).toBe(true);
  expect(thumbprint).toMatch(/^[\w-]{43}$/);
});

test.each(['pkcs8', 'sec1'] as const)('of a private key (%s) only the public half is written', async (type) => {
  const { forms } = await write(privatePem(es256, type));
  expect(forms.map(({ name }) => name)).toEqual(['JWK', 'PEM']);
  const { d = '' } = privateJwk(es256);
  expect(d).not.toBe('');
  for (const { text } of forms) expect(text).not.toContain(d);
  expect(forms[1]?.text).toMatch(/^-----BEGIN PUBLIC KEY-----/);
});

test('a secret is written in each of its readings, and its hash not at all', async () => {
  const { forms, thumbprint } = await write('c2VjcmV0');
  expect(forms.map(({ reading }) => reading)).toEqual(expect.arrayContaining(['text', 'base64']));
  const keys = forms.map(({ text }) => Buffer.from(JSON.parse(text).k, 'base64url').toString('latin1'));
  expect(keys).toEqual(expect.arrayContaining(['c2VjcmV0', 'secret']));
  expect(thumbprint).toBe('');
  const [jwk, ...others] = (await write('{"kty":"oct","k":"c2VjcmV0"}')).forms;
  expect(others).toEqual([]);
  expect(jwk).toMatchObject({ name: 'JWK', reading: undefined });
});

test('a set is written as a set of its public keys', async () => {
  const keys = [privateJwk(es256, { kid: 'a' }), { kty: 'oct', k: 'c2VjcmV0' }, publicJwk(pairFor('ES384'))];
  const { forms } = await write(JSON.stringify({ keys }));
  expect(forms.map(({ name }) => name)).toEqual(['JWKS']);
  expect(JSON.parse(forms[0]?.text ?? '').keys).toHaveLength(2);
  expect(forms[0]?.text).not.toContain('c2VjcmV0');
});

test('what is no key is written in no form', async () => {
  expect(await write('{"kty":"x"}')).toEqual({ forms: [], thumbprint: '' });
});

test('of the ring the public keys are saved, and nothing that is secret', async () => {
  const ring = [given('a secret'), given(privateJwk(es256)), given('{"kty":"x"}'), given(publicJwk(pairFor('ES384')))];
  const saved = (await publicKeysOf(ring)) ?? '';
  expect(JSON.parse(saved).keys.map(({ crv }: { crv: string }) => crv)).toEqual(['P-256', 'P-384']);
  expect(saved).not.toContain(privateJwk(es256).d);
  expect(await publicKeysOf([given('a secret')])).toBeUndefined();
});
