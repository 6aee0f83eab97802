import { expect, test } from 'vitest';
import { decode } from '../../../src/core/token/decode.ts';
import { verifyWithJwk } from '../../../src/core/trust/verify-with-jwk.ts';
import { ecPair, pairFor, privateJwk, publicJwk } from '../../fixtures/keys.ts';
import { signedToken } from '../../fixtures/tokens.ts';

const JWK = publicJwk(pairFor('ES256'));
const check = async (jwk: unknown, header = {}) =>
  verifyWithJwk(decode(await signedToken('ES256', { header: { typ: 'kb+jwt', ...header } })), jwk);

test('with the key that signed it', async () => {
  expect(await check(JWK)).toMatchObject({ state: 'verified', key: { id: 'cnf', provenance: 'token' } });
});

test('with another', async () => {
  expect(await check(publicJwk(ecPair('P-256')))).toMatchObject({
    state: 'mismatch',
    reason: 'bad_signature',
    key: { id: 'cnf' },
  });
});

test('with that key alone, whatever the token brought along', async () => {
  expect(await check(publicJwk(ecPair('P-256')), { jwk: JWK })).toMatchObject({
    state: 'mismatch',
    key: { id: 'cnf' },
  });
});

test('with one of another kind', async () => {
  expect(await check(publicJwk(pairFor('RS256')))).toMatchObject({
    state: 'key_does_not_fit',
    reason: 'wrong_key_type',
  });
});

test.each([
  [privateJwk(pairFor('ES256'))],
  [{ kty: 'oct', k: 'AAAA' }],
  [{}],
  [null],
  ['x'],
  [undefined],
  [{ kty: 'EC', crv: 'P-256', x: 'AA' }],
])('with what is no public key: %#', async (jwk) => {
  expect(await check(jwk)).toMatchObject({ state: 'key_does_not_fit', reason: 'not_a_key' });
});
