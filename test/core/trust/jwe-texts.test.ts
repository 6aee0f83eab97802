/** Every code that a decryption answers with has its sentence; the types see to it that none is forgotten here. */
import { expect, test } from 'vitest';
import { messagesOf } from '../../../build.mjs';
import type { DecryptionReason, DecryptionState } from '../../../src/core/trust/decryption.ts';

/** Each code with how many substitutions it comes with. */
type Codes<Code extends string> = Readonly<Record<Code, number>>;

const states: Codes<DecryptionState> = {
  decrypted: 0,
  failed: 0,
  no_key: 0,
  key_does_not_fit: 0,
  asks: 0,
  cannot_be_checked: 0,
  malformed: 0,
};
const reasons: Codes<DecryptionReason> = {
  ok: 0,
  wrong_key: 0,
  no_key_given: 0,
  no_key_with_kid: 2,
  public_only: 1,
  secret_given: 1,
  wrong_key_type: 2,
  wrong_curve: 2,
  wrong_length: 3,
  rsa_too_small: 2,
  not_a_key: 0,
  alg_missing: 0,
  enc_missing: 0,
  alg_unknown: 1,
  enc_unknown: 1,
  unsupported_here: 1,
  header_member: 1,
  iterations_ask: 1,
  iterations_too_many: 2,
  zip_unknown: 1,
  zip_too_large: 1,
  zip_broken: 0,
  crit_unsupported: 1,
  nested_too_deep: 1,
  content_removed: 0,
  encoding: 0,
};

const sentences = new Map(
  Object.entries(messagesOf('src/_locales/en')).map(([key, { message }]) => [key, message] as const),
);
const cases = [
  ...Object.entries(states).map(([code, count]) => [`decryption_${code}`, count] as const),
  ...Object.entries(reasons).map(([code, count]) => [`decryption_reason_${code}`, count] as const),
];

test.each(cases)('%s', (key, substitutions) => {
  const sentence = sentences.get(key) ?? '';
  expect(sentence).not.toBe('');
  expect(new Set(sentence.match(/\$\d/g)).size).toBe(substitutions);
});
