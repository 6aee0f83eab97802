import { expect, test } from 'vitest';
import { readKey } from '../../../src/core/trust/read-key.ts';
import { choicesOf, encryptionKey, signingKey } from '../../../src/panel/model/workbench-key.ts';
import type { KeyChoice } from '../../../src/panel/model/workbench-shape.ts';
import { ecPair, pairFor, privateJwk, publicJwk, publicPem } from '../../fixtures/keys.ts';

const candidatesOf = (text: string) => {
  const reading = readKey(text);
  if ('error' in reading) throw new Error(reading.error);
  return reading.candidates;
};
const signs = (text: string, alg: string, kid?: unknown, choice: KeyChoice = 'text') =>
  signingKey(candidatesOf(text), text, choice, { alg, kid });
const set = (...keys: readonly object[]) => JSON.stringify({ keys });

test('of a set signs the private key that fits, and the one of the kid before others', () => {
  const text = set(
    publicJwk(pairFor('ES256'), { kid: 'public' }),
    privateJwk(pairFor('RS256'), { kid: 'rsa' }),
    privateJwk(pairFor('ES256'), { kid: 'a' }),
    privateJwk(ecPair('P-256'), { kid: 'b' }),
  );
  expect(signs(text, 'ES256')?.kid).toBe('a');
  expect(signs(text, 'ES256', 'b')?.kid).toBe('b');
  expect(signs(text, 'PS512', 'b')?.kid).toBe('rsa');
  expect(signs(text, 'Ed25519')?.kid).toBe('public');
  expect(signs(text, 'no such')?.kid).toBe('public');
});

test('of a secret its text signs, without the white space around it, until another reading is chosen', () => {
  const octets = (key: ReturnType<typeof signs>) => key?.kty === 'oct' && Buffer.from(key.bytes).toString('latin1');
  expect(octets(signs(' c2Vj \n', 'HS256'))).toBe('c2Vj');
  expect(octets(signs(' c2Vj \n', 'HS256', undefined, 'base64'))).toBe('sec');
  expect(octets(signs(' c2Vj \n', 'HS256', undefined, 'hex'))).toBe('c2Vj');
  expect(octets(signs('"quoted"', 'HS256'))).toBe('"quoted"');
  expect(octets(signs('  ', 'HS256'))).toBe('  ');
});

test('readings are offered where they differ', () => {
  const choices = (text: string, alg = 'HS256') => choicesOf(readKey(text), alg);
  expect(choicesOf(undefined, 'HS256')).toEqual([]);
  expect(choices('')).toEqual([]);
  expect(choices('no code!')).toEqual([]);
  expect(choices('c2Vj')).toEqual(['text', 'base64']);
  expect(choices(JSON.stringify({ kty: 'oct', k: 'c2Vj' }))).toEqual([]);
  expect(choices(publicPem(pairFor('ES256')))).toEqual(['key', 'key_text']);
  expect(choices(publicPem(pairFor('ES256')), 'ES256')).toEqual([]);
});

test('what encrypts is what has the kind and the length', () => {
  const bits = (text: string, alg: string, enc = 'A128GCM') => {
    const key = encryptionKey(candidatesOf(text), text, { alg, enc });
    return key?.kty === 'oct' ? key.bytes.length * 8 : key?.kty;
  };
  const hex = '00112233445566778899aabbccddeeff';
  expect(bits(hex, 'A128KW')).toBe(128);
  expect(bits(hex, 'dir', 'A256GCM')).toBe(256);
  expect(bits(hex, 'PBES2-HS256+A128KW')).toBe(256);
  expect(bits(hex, 'A192KW')).toBe(192);
  expect(bits('too short', 'A192KW')).toBe(72);
  expect(bits(hex, 'no such')).toBe(256);
  expect(bits(set(publicJwk(pairFor('ES256')), publicJwk(pairFor('RS256'))), 'RSA-OAEP')).toBe('RSA');
});
