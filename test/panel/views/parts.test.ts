// @vitest-environment happy-dom
import { FlattenedEncrypt, FlattenedSign, GeneralEncrypt, GeneralSign, importJWK } from 'jose';
import { act } from 'preact/test-utils';
import { expect, test } from 'vitest';
import type { RingKey } from '../../../src/core/trust/signature.ts';
import { encryptedToken, openingJwk } from '../../fixtures/encrypted.ts';
import { given, pairFor, privateJwk, publicJwk } from '../../fixtures/keys.ts';
import { CLAIMS, SECRET } from '../../fixtures/tokens.ts';
import { answers, mark } from '../answers.ts';
import { seen } from '../records.ts';
import { all, click, named, open, select, text, texts, the, until } from '../screen.ts';

const payload = Buffer.from(JSON.stringify(CLAIMS));
const es256 = async () => importJWK(privateJwk(pairFor('ES256')), 'ES256');

const show = async (token: string, ...keys: readonly RingKey[]) => {
  const screen = await open({ records: seen(token) });
  await act(() => screen.fake.setKeys(keys));
  await select(0);
  await until(() => expect(answers().Signature).not.toBe('being checked'));
  return screen;
};

const general = async () => {
  const signed = await new GeneralSign(payload)
    .addSignature(new TextEncoder().encode(SECRET))
    .setProtectedHeader({ alg: 'HS256' })
    .setUnprotectedHeader({ kid: 's1\u202e' })
    .addSignature(await es256())
    .setProtectedHeader({ alg: 'ES256', kid: 'e1' })
    .sign();
  return JSON.stringify(signed);
};

test('each signature of a general serialisation has its own answer, and all are counted', async () => {
  await show(await general(), given(SECRET));
  await until(() => expect(texts('[aria-label=Signatures] li')).toHaveLength(2));
  const [first, second] = texts('[aria-label=Signatures] li');
  expect(first).toMatch(/^✓ HS256 · s1\\u202E verified · HS256/);
  expect(second).toMatch(/^\? ES256 · e1 (no key|key does not fit)/);
  expect(answers().Signature).toContain('1 of 2 hold');
  expect(texts('[aria-label=Payload] th')).toEqual(Object.keys(CLAIMS));
});

test('a bad signature beside a good one is seen', async () => {
  const other = publicJwk(pairFor('ES256'), { kid: 'e1' });
  const { signatures, ...rest } = JSON.parse(await general());
  const forged = {
    ...signatures[1],
    signature: signatures[1].signature.replace(/^./, (c: string) => (c === 'A' ? 'B' : 'A')),
  };
  const token = JSON.stringify({ ...rest, signatures: [signatures[0], forged] });
  await show(token, given(SECRET), given(other));
  await until(() => expect(texts('[aria-label=Signatures] li')[1]).toMatch(/^✕ ES256 · e1 mismatch/));
  expect(answers().Signature).toContain('1 of 2 hold');
  expect(mark('Signature')).toBe('~ warn');
  expect(text('section.detail h1')).toBe('Not all of its signatures match: 1 of 2 hold.');
});

test('members that nothing protects are marked, in a table of their own', async () => {
  await show(await general());
  expect(texts('[aria-label=Header] th')).toEqual(['alg']);
  expect(texts('[aria-label="Unprotected header"] th')).toEqual(['kid']);
  expect(text('[aria-label="Unprotected header"]')).toContain('Not protected: anyone on the way can have changed it.');
});

test('the raw token is its JSON text, and is copied as it stands', async () => {
  const token = await general();
  const { fake } = await show(token);
  expect(named('Raw token').textContent?.replace(/\s+/g, '')).toBe(token.replaceAll('\u202e', '\\u202E'));
  await click(the('button.copy'));
  expect(fake.copied).toEqual([token]);
});

test('a flattened serialisation has one signature, and no list of them', async () => {
  const signed = await new FlattenedSign(payload).setProtectedHeader({ alg: 'ES256' }).sign(await es256());
  await show(JSON.stringify(signed), given(publicJwk(pairFor('ES256'))));
  await until(() => expect(answers().Signature).toMatch(/^verified · ES256 · JWK$/));
  expect(all('[aria-label=Signatures]')).toEqual([]);
  expect(mark('Signature')).toBe('✓ good');
});

test('each recipient of an encrypted one has its own answer', async () => {
  const rsa = await importJWK(publicJwk(pairFor('RS256')), 'RSA-OAEP');
  const kw = await importJWK(openingJwk('A128KW'), 'A128KW');
  const sealed = await new GeneralEncrypt(payload)
    .setProtectedHeader({ enc: 'A256GCM' })
    .addRecipient(rsa)
    .setUnprotectedHeader({ alg: 'RSA-OAEP', kid: 'r1' })
    .addRecipient(kw)
    .setUnprotectedHeader({ alg: 'A128KW', kid: 'w1' })
    .encrypt();
  await show(JSON.stringify(sealed), given(openingJwk('A128KW')));
  await until(() => expect(texts('[aria-label=Recipients] li')).toHaveLength(2));
  const [first, second] = texts('[aria-label=Recipients] li');
  expect(first).toMatch(/^\? RSA-OAEP \+ A256GCM · r1 key does not fit/);
  expect(second).toMatch(/^– A128KW \+ A256GCM · w1 decrypted/);
  await until(() => expect(answers().Signature).toMatch(/^decrypted .*1 of 2 hold$/));
  expect(texts('[aria-label="Decrypted content"] th')).toEqual(Object.keys(CLAIMS));
});

test('what was sealed along with an encrypted one is shown as text', async () => {
  const key = await importJWK(openingJwk('A128KW'), 'A128KW');
  const sealed = await new FlattenedEncrypt(payload)
    .setProtectedHeader({ alg: 'A128KW', enc: 'A256GCM' })
    .setAdditionalAuthenticatedData(Buffer.from('<i>for bob\u202e'))
    .encrypt(key);
  await show(JSON.stringify(sealed), given(openingJwk('A128KW')));
  await until(() => expect(answers().Signature).toMatch(/^decrypted/));
  expect(text('section.detail')).toContain('Additional authenticated data (aad)<i>for bob\\u202E');
});

test('a compact token has no such list', async () => {
  await show(await encryptedToken('dir'), given(openingJwk('dir')));
  expect(all('.parts')).toEqual([]);
});
