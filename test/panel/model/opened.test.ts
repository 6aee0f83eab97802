import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { decode } from '../../../src/core/token/decode.ts';
import type { Decoded } from '../../../src/core/token/decoded.ts';
import { createOpener } from '../../../src/core/trust/open.ts';
import type { RingKey } from '../../../src/core/trust/signature.ts';
import {
  claimsOf,
  datedClaims,
  decryptionOf,
  isSealed,
  type Openable,
  sdOf,
  signatureOf,
} from '../../../src/panel/model/opened.ts';
import { encryptedToken, openingJwk } from '../../fixtures/encrypted.ts';
import { given } from '../../fixtures/keys.ts';
import { CLAIMS, compact, encodeSegment, hmacToken, SECRET } from '../../fixtures/tokens.ts';

const RSA = given(openingJwk('RSA-OAEP'));
const DIR = given(openingJwk('dir'));
const HMAC = given(SECRET);

const openWith = async (token: string, ...keys: readonly RingKey[]): Promise<Openable> => {
  const decoded = decode(token);
  return { decoded, opened: await createOpener()(decoded, keys) };
};
const unopened = (decoded: Decoded): Openable => ({ decoded, opened: undefined });

const inner = hmacToken(SECRET);
const nested = () => encryptedToken('RSA-OAEP', { payload: inner, header: { cty: 'JWT' } });

test('a signed token speaks for itself, opened or not', async () => {
  const before = unopened(decode(inner));
  expect(claimsOf(before)).toBe(before.decoded);
  expect([signatureOf(before.opened), decryptionOf(before.opened), isSealed(before)]).toEqual([
    undefined,
    undefined,
    false,
  ]);
  const after = await openWith(inner, HMAC);
  expect(claimsOf(after)).toBe(after.decoded);
  expect(signatureOf(after.opened)).toMatchObject({ state: 'verified' });
  expect(isSealed(after)).toBe(false);
});

test('a token in a token speaks before any key is tried', () => {
  const outer = unopened(decode(compact({ alg: 'HS256', cty: 'JWT' }, inner, 'c2ln')));
  expect(claimsOf(outer).payload).toEqual(CLAIMS);
  expect(isSealed(outer)).toBe(false);
});

test('an encrypted token is sealed until a key opens it', async () => {
  const token = await encryptedToken('dir');
  expect(isSealed(unopened(decode(token)))).toBe(true);
  const closed = await openWith(token, RSA);
  expect(isSealed(closed)).toBe(true);
  expect(claimsOf(closed)).toBe(closed.decoded);
  expect(decryptionOf(closed.opened)?.state).not.toBe('decrypted');
  const open = await openWith(token, DIR);
  expect(isSealed(open)).toBe(false);
  expect(claimsOf(open).payload).toEqual(CLAIMS);
  expect(decryptionOf(open.opened)).toMatchObject({ state: 'decrypted' });
  expect(signatureOf(open.opened)).toBeUndefined();
});

test('of what is signed and then encrypted the signature inside counts', async () => {
  const open = await openWith(await nested(), RSA, HMAC);
  expect(claimsOf(open).compact).toBe(inner);
  expect(signatureOf(open.opened)).toMatchObject({ state: 'verified' });
  expect(isSealed(open)).toBe(false);
});

test('of two encryptions the one that holds counts', async () => {
  const twice = await encryptedToken('dir', { payload: await nested(), header: { cty: 'JWT' } });
  const half = await openWith(twice, DIR);
  expect(isSealed(half)).toBe(true);
  expect(decryptionOf(half.opened)?.state).not.toBe('decrypted');
  expect(half.opened?.layers).toHaveLength(2);
  const whole = await openWith(twice, DIR, RSA, HMAC);
  expect(decryptionOf(whole.opened)).toMatchObject({ state: 'decrypted' });
  expect(claimsOf(whole).payload).toEqual(CLAIMS);
});

test('the disclosures are those of the layer that has some', async () => {
  const token = hmacToken(SECRET, { payload: { ...CLAIMS, _sd: [] }, header: { typ: 'dc+sd-jwt' } });
  const open = await openWith(`${token}~${encodeSegment(['salt', 'name', 'alice'])}~`, HMAC);
  expect(sdOf(open.opened)?.disclosures).toHaveLength(1);
  expect(sdOf((await openWith(inner)).opened)).toBeUndefined();
});

test('what is disclosed tells when a token may be used, where all disclosures hold', async () => {
  const exp = encodeSegment(['salt', 'exp', 1]);
  const digest = createHash('sha256').update(exp).digest('base64url');
  const dated = async (payload: object, ...disclosures: readonly string[]) => {
    const token = [hmacToken(SECRET, { payload }), ...disclosures, ''].join('~');
    const open = await openWith(token, HMAC);
    expect(datedClaims({ ...unopened(open.decoded), claims: open.decoded })).toBe(open.decoded.payload);
    return datedClaims({ ...open, claims: claimsOf(open) });
  };
  const payload = { ...CLAIMS, exp: undefined, _sd: [digest] };
  expect((await dated(payload, exp))?.exp).toBe(1);
  expect((await dated(payload))?.exp).toBeUndefined();
  expect((await dated(payload, exp, encodeSegment(['salt', 'x', 1])))?.exp).toBeUndefined();
  expect((await dated({ ...payload, _sd: [digest, 'x', 'x'] }, exp))?.exp).toBeUndefined();
  expect((await dated({ ...payload, _sd_alg: 'sha3-256' }, exp))?.exp).toBeUndefined();
  const plain = await openWith(inner, HMAC);
  expect(datedClaims({ ...plain, claims: claimsOf(plain) })).toEqual(CLAIMS);
});
