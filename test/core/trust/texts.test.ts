/** Every code that the trust layer answers with has its sentence; the types see to it that none is forgotten here. */
import { expect, test } from 'vitest';
import { messagesOf } from '../../../build.mjs';
import type { KeyErrorCode } from '../../../src/core/trust/key.ts';
import type {
  KeyFormat,
  Provenance,
  SecretReading,
  SignatureReason,
  SignatureState,
} from '../../../src/core/trust/signature.ts';

/** Each code with how many substitutions it comes with. */
type Codes<Code extends string> = Readonly<Record<Code, number>>;

const states: Codes<SignatureState> = {
  verified: 0,
  mismatch: 0,
  no_key: 0,
  key_does_not_fit: 0,
  cannot_be_checked: 0,
  unsecured: 0,
  malformed: 0,
};
const reasons: Codes<SignatureReason> = {
  ok: 0,
  bad_signature: 0,
  no_key_given: 0,
  no_key_with_kid: 2,
  no_key_fits: 0,
  wrong_key_type: 2,
  secret_for_public_alg: 1,
  secret_for_private_alg: 1,
  no_private_half: 1,
  no_key_made: 1,
  wrong_curve: 2,
  rsa_too_small: 2,
  wrong_use: 2,
  not_a_key: 0,
  alg_unknown: 1,
  alg_not_signature: 1,
  alg_prohibited: 1,
  entra_nonce: 0,
  alg_missing: 0,
  alg_unsupported_here: 1,
  encrypted: 0,
  unsecured: 0,
  signature_empty: 0,
  signature_removed: 0,
  encoding: 0,
  crit_unsupported: 1,
  crit_malformed: 1,
  b64_not_critical: 0,
  member_twice: 1,
  payload_detached: 0,
};
const formats: Codes<KeyFormat> = {
  secret: 0,
  spki: 0,
  pkcs1_public: 0,
  pkcs1_private: 0,
  pkcs8: 0,
  sec1_private: 0,
  x509: 0,
  jwk: 0,
  jwks: 0,
  openssh: 0,
  openssh_private: 0,
};
const readings: Codes<SecretReading> = { text: 0, base64: 0, base64url: 0, hex: 0 };
const provenances: Codes<Provenance> = { given: 0, discovery: 0, traffic: 0, token: 0 };
const errors: Codes<KeyErrorCode> = {
  empty: 0,
  too_large: 0,
  pem_cut: 1,
  pem_base64: 1,
  pem_label: 1,
  encrypted: 0,
  der: 1,
  algorithm: 1,
  dsa: 0,
  not_on_curve: 0,
  no_public_half: 0,
  json: 1,
  not_a_jwk: 0,
  kty: 1,
  member: 1,
  no_keys: 0,
  too_many: 1,
  openssh: 0,
  openssh_hardware: 0,
  openssh_type: 1,
  pgp: 0,
  ppk: 0,
  csr: 0,
  crl: 0,
  pkcs7: 0,
  pkcs12: 0,
  refused: 1,
};

const sentences = new Map(
  Object.entries(messagesOf('src/_locales/en')).map(([key, { message }]) => [key, message] as const),
);
const cases = [
  ...Object.entries(states).map(([code, count]) => [`signature_${code}`, count] as const),
  ...Object.entries(reasons).map(([code, count]) => [`signature_reason_${code}`, count] as const),
  ...Object.entries(formats).map(([code, count]) => [`key_format_${code}`, count] as const),
  ...Object.entries(readings).map(([code, count]) => [`secret_reading_${code}`, count] as const),
  ...Object.entries(provenances).flatMap(([code, count]) => [
    [`provenance_${code}`, count] as const,
    [`provenance_${code}_proves`, count] as const,
  ]),
  ...Object.entries(errors).map(([code, count]) => [`key_error_${code}`, count] as const),
];

test.each(cases)('%s', (key, substitutions) => {
  const sentence = sentences.get(key) ?? '';
  expect(sentence).not.toBe('');
  expect(new Set(sentence.match(/\$\d/g)).size).toBe(substitutions);
});
