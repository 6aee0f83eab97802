import { expect, test } from 'vitest';
import { decode } from '../../../src/core/token/decode.ts';
import '../../../src/core/token/json-serialization.ts';
import { answerWithoutKey } from '../../../src/core/trust/answer-without-key.ts';
import { answerBeforeKey } from '../../../src/core/trust/decrypt-check.ts';
import { CLAIMS, encodeSegment } from '../../fixtures/tokens.ts';

const PROTECTED = encodeSegment({ alg: 'HS256' });
const JWS = { protected: PROTECTED, payload: encodeSegment(CLAIMS), signature: 'AAAA' };
const signed = (value: object) => {
  const decoded = decode(JSON.stringify(value));
  return answerWithoutKey(decoded, decoded.header?.alg);
};
const BROKEN = { state: 'malformed', reason: 'encoding' };

test('a JWS whose members are of their types can be checked', () => {
  expect(signed(JWS)).toMatchObject({ name: 'HS256' });
});

test.each([
  ['protected', { ...JWS, protected: 5, header: { alg: 'HS256' } }],
  ['header', { ...JWS, header: 'x' }],
  ['signatures', { payload: JWS.payload, signatures: [{ protected: PROTECTED, signature: 'AAAA' }, 1] }],
])('a JWS in JSON whose member is of another type is malformed (RFC 7515 section 5.2 steps 2 to 4): %s', (_, value) => {
  expect(signed(value)).toEqual(BROKEN);
});

const enc = { alg: 'dir', enc: 'A128GCM' };
const JWE = { protected: encodeSegment(enc), iv: 'A'.repeat(16), ciphertext: 'AAAA', tag: `${'A'.repeat(21)}A` };
const sealed = (value: object) => answerBeforeKey(decode(JSON.stringify(value)));

test.each([
  ['protected', { ...JWE, protected: 5, unprotected: enc }],
  ['header', { ...JWE, header: 'x' }],
  ['unprotected', { ...JWE, unprotected: 1 }],
  ['encrypted_key', { ...JWE, encrypted_key: 1 }],
])('so is a JWE (RFC 7516 section 5.2 steps 2 to 4): %s', (_, value) => {
  expect(sealed(JWE)).toMatchObject({ jwe: { ciphertext: 'AAAA' } });
  expect(sealed(value)).toMatchObject(BROKEN);
});
