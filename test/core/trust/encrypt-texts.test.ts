/** Every code that the encrypter answers with has its sentence; the types see to it that none is forgotten here. */
import { expect, test } from 'vitest';
import { messagesOf } from '../../../build.mjs';
import type { EncryptionReason } from '../../../src/core/trust/signing.ts';

/** Each code with how many substitutions it comes with. */
const reasons: Readonly<Record<EncryptionReason, number>> = {
  no_key_given: 0,
  alg_missing: 0,
  enc_missing: 0,
  alg_unknown: 1,
  enc_unknown: 1,
  zip_unknown: 1,
  header_member: 1,
  unsupported_here: 1,
  secret_given: 1,
  wrong_key_type: 2,
  wrong_length: 3,
  rsa_too_small: 2,
  not_a_key: 0,
};

const sentences = new Map(
  Object.entries(messagesOf('src/_locales/en')).map(([key, { message }]) => [key, message] as const),
);

test.each(Object.entries(reasons))('%s', (code, substitutions) => {
  const sentence = sentences.get(`encryption_reason_${code}`) ?? '';
  expect(sentence).not.toBe('');
  expect(new Set(sentence.match(/\$\d/g)).size).toBe(substitutions);
});
