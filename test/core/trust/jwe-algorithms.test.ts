import { expect, test } from 'vitest';
import { CONTENT_ENCRYPTION, KEY_MANAGEMENT } from '../../../src/core/trust/jwe-algorithms.ts';

test('all that the registry has for `alg` and `enc` of a JWE', () => {
  expect([...KEY_MANAGEMENT.keys()].sort()).toEqual(
    [
      ...['dir', 'RSA1_5', 'RSA-OAEP', 'RSA-OAEP-256', 'RSA-OAEP-384', 'RSA-OAEP-512'],
      ...['ECDH-ES', 'ECDH-ES+A128KW', 'ECDH-ES+A192KW', 'ECDH-ES+A256KW'],
      ...['A128KW', 'A192KW', 'A256KW', 'A128GCMKW', 'A192GCMKW', 'A256GCMKW'],
      ...['PBES2-HS256+A128KW', 'PBES2-HS384+A192KW', 'PBES2-HS512+A256KW'],
    ].sort(),
  );
  expect([...CONTENT_ENCRYPTION.keys()].sort()).toEqual(
    ['A128GCM', 'A192GCM', 'A256GCM', 'A128CBC-HS256', 'A192CBC-HS384', 'A256CBC-HS512'].sort(),
  );
});

test('lengths: RFC 7518 sections 5.2 and 5.3', () => {
  const lengths = [...CONTENT_ENCRYPTION.values()].map(({ name, keyBits, ivBytes, tagBytes }) => [
    ...[name, keyBits, ivBytes, tagBytes],
  ]);
  expect(lengths.sort()).toEqual([
    ['A128CBC-HS256', 256, 16, 16],
    ['A128GCM', 128, 12, 16],
    ['A192CBC-HS384', 384, 16, 24],
    ['A192GCM', 192, 12, 16],
    ['A256CBC-HS512', 512, 16, 32],
    ['A256GCM', 256, 12, 16],
  ]);
});

test('what takes an AES key of 192 bits is what is named so', () => {
  for (const { name, aes192 } of [...KEY_MANAGEMENT.values(), ...CONTENT_ENCRYPTION.values()])
    expect(aes192 !== undefined, name).toBe(name.includes('A192'));
});
