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

test('what a redacted export took off is not missing, and only what was there can have been taken off', () => {
  const left = (header: object, whole: readonly number[]) => {
    const parts = whole.map((_, index) => (index === 0 ? encodeSegment(header) : index === 1 ? 'e30' : ''));
    return { ...decode(parts.join('.')), problems: [], whole };
  };
  const removed = { state: 'cannot_be_checked', reason: 'signature_removed' };
  expect(answerWithoutKey(left({ alg: 'HS256' }, [20, 3, 43]), 'HS256')).toEqual(removed);
  expect(answerWithoutKey(left({ alg: 'HS256' }, [20, 3, 0]), 'HS256')).toMatchObject({ reason: 'signature_empty' });
  expect(answerWithoutKey(left({ alg: 'none' }, [20, 3, 0]), 'none')).toMatchObject({ reason: 'unsecured' });
  expect(answerBeforeKey(left(enc, [20, 0, 16, 4, 22]))).toMatchObject({ reason: 'content_removed' });
});
