import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { compactDecrypt, importJWK } from 'jose';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { decode } from '../../../src/core/token/decode.ts';
import { createDecrypter } from '../../../src/core/trust/decrypt.ts';
import { createEncrypter } from '../../../src/core/trust/encrypt.ts';
import { CONTENT_ENCRYPTION, KEY_MANAGEMENT } from '../../../src/core/trust/jwe-algorithms.ts';
import type { EncryptionHeader } from '../../../src/core/trust/signing.ts';
import { agreementPair, CONTENT_ALGORITHMS, JWE_ALGORITHMS, octJwk, openingJwk } from '../../fixtures/encrypted.ts';
import {
  certificate,
  ecPair,
  given,
  pairFor,
  privateJwk,
  privatePem,
  publicJwk,
  publicPem,
  rsaPair,
} from '../../fixtures/keys.ts';
import { read } from '../../fixtures/read.ts';
import { CLAIMS, signedToken } from '../../fixtures/tokens.ts';

const encrypt = createEncrypter();

/** What is in it, opened by jose; with the header that it came under. */
const openedByJose = async (token: unknown, alg: string, key: object) => {
  const { plaintext, protectedHeader } = await compactDecrypt(String(token), await importJWK(key, alg), {
    keyManagementAlgorithms: [alg],
  });
  return { text: Buffer.from(plaintext).toString(), protectedHeader };
};

const EVERY = JWE_ALGORITHMS.flatMap((alg) => CONTENT_ALGORITHMS.map((enc) => [alg, enc] as const));

test('every algorithm of the table is tried', () => {
  expect(JWE_ALGORITHMS.toSorted()).toEqual(
    [...KEY_MANAGEMENT.values()].flatMap(({ name, lacking }) => (lacking ? [] : name)).sort(),
  );
  expect(CONTENT_ALGORITHMS.toSorted()).toEqual([...CONTENT_ENCRYPTION.keys()].sort());
});

test.each(EVERY)('%s with %s: jose opens it, and so does the decrypter', async (alg, enc) => {
  const jwk = openingJwk(alg, enc);
  const text = JSON.stringify(CLAIMS);
  const token = await encrypt(text, { alg, enc }, read(jwk));
  expect(await openedByJose(token, alg, jwk)).toMatchObject({ text, protectedHeader: { alg, enc } });
  const answer = await createDecrypter()(decode(String(token)), [given(jwk)]);
  expect(answer).toMatchObject({ state: 'decrypted', content: { payload: CLAIMS } });
});

describe('key agreement', () => {
  test.each(['P-256', 'P-384', 'P-521', 'X25519'] as const)('on %s', async (curve) => {
    const jwk = privateJwk(agreementPair(curve));
    for (const alg of ['ECDH-ES', 'ECDH-ES+A256KW']) {
      const token = await encrypt('x', { alg, enc: 'A128GCM' }, read(publicJwk(agreementPair(curve))));
      expect(await openedByJose(token, alg, jwk)).toMatchObject({
        text: 'x',
        protectedHeader: { epk: { crv: curve } },
      });
    }
  });
});

describe('a key in any form', () => {
  const rsa = pairFor('RS256');
  const ec = agreementPair();
  const { x: _x, y: _y, ...bare } = privateJwk(ec);

  test.each([
    ['SPKI', 'RSA-OAEP', publicPem(rsa), rsa],
    ['PKCS#8', 'RSA-OAEP-256', privatePem(rsa), rsa],
    ['a JWK that says it signs', 'RSA-OAEP', publicJwk(rsa, { use: 'sig', alg: 'RS256', key_ops: ['verify'] }), rsa],
    ['SEC 1', 'ECDH-ES', privatePem(ec, 'sec1'), ec],
    ['a private JWK without its public half', 'ECDH-ES', bare, ec],
  ])('%s', async (_name, alg, text, pair) => {
    const token = await encrypt('x', { alg, enc: 'A128GCM' }, read(text));
    expect(await openedByJose(token, alg, privateJwk(pair))).toMatchObject({ text: 'x' });
  });

  test('a certificate', async () => {
    const token = await encrypt('x', { alg: 'RSA-OAEP', enc: 'A128GCM' }, read(await certificate(rsa)));
    expect(await openedByJose(token, 'RSA-OAEP', privateJwk(rsa))).toMatchObject({ text: 'x' });
  });
});

describe('the header', () => {
  const key = octJwk(256);
  const header = (token: unknown): string => Buffer.from(String(token).split('.')[0] ?? '', 'base64url').toString();

  test('says what it was told, in order, and nothing else', async () => {
    const told = { members: { typ: 'JWT', cty: 'JWT', kid: 'a', x: [1] }, zip: 'DEF', enc: 'A256GCM', alg: 'dir' };
    const written = header(await encrypt('x', told, read(key)));
    expect(written).toBe('{"alg":"dir","enc":"A256GCM","typ":"JWT","cty":"JWT","kid":"a","x":[1],"zip":"DEF"}');
    expect(header(await encrypt('x', { alg: 'dir', enc: 'A256GCM' }, read(key)))).toBe('{"alg":"dir","enc":"A256GCM"}');
  });

  test('members that say how it is encrypted are not taken from among the others', async () => {
    const members = { alg: 'none', enc: 'x', zip: 'y', epk: 1, iv: 1, tag: 1, p2s: 1 };
    expect(header(await encrypt('x', { alg: 'dir', enc: 'A256GCM', members }, read(key)))).toBe(
      '{"alg":"dir","enc":"A256GCM"}',
    );
  });

  test('the parties of a key agreement take part in it', async () => {
    const members = { apu: 'QWxpY2U', apv: 'Qm9i' };
    const token = await encrypt('x', { alg: 'ECDH-ES', enc: 'A128GCM', members }, read(publicJwk(agreementPair())));
    expect(await openedByJose(token, 'ECDH-ES', privateJwk(agreementPair()))).toMatchObject({
      text: 'x',
      protectedHeader: members,
    });
  });

  test('of a password, as many iterations as it says', async () => {
    const told = { alg: 'PBES2-HS256+A128KW', enc: 'A128GCM', members: { p2c: 1000 } };
    expect(JSON.parse(header(await encrypt('x', told, read('correct horse'))))).toMatchObject({ p2c: 1000 });
  });

  test('what is critical is for whoever reads it to understand', async () => {
    const members = { crit: ['state'], state: 1 };
    const token = await encrypt('x', { alg: 'dir', enc: 'A256GCM', members }, read(key));
    expect(JSON.parse(header(token))).toMatchObject(members);
  });

  test.each([
    ['crit', 'dir', { crit: [] }],
    ['crit', 'dir', { crit: ['exp'] }],
    ['crit', 'dir', { crit: ['exp', 'exp'], exp: 1 }],
    ['crit', 'dir', { crit: 'exp', exp: 1 }],
    ['apu', 'ECDH-ES', { apu: 1 }],
    ['apv', 'ECDH-ES', { apv: 'no base64url!' }],
    ['p2c', 'PBES2-HS256+A128KW', { p2c: 0 }],
    ['p2c', 'PBES2-HS256+A128KW', { p2c: 1e9 }],
    ['p2c', 'PBES2-HS256+A128KW', { p2c: '1000' }],
  ])('an unusable %s is told', async (name, alg, members) => {
    const fitting = alg === 'ECDH-ES' ? publicJwk(agreementPair()) : key;
    expect(await encrypt('x', { alg, enc: 'A256GCM', members }, read(fitting))).toEqual({
      state: 'not_encrypted',
      reason: 'header_member',
      detail: [name],
    });
  });

  test('of a password, as many iterations as jose opens unasked', async () => {
    const token = await encrypt('x', { alg: 'PBES2-HS256+A128KW', enc: 'A128GCM' }, read('correct horse'));
    expect(JSON.parse(header(token))).toMatchObject({ p2c: 10_000 });
    const password = { kty: 'oct', k: Buffer.from('correct horse').toString('base64url') };
    expect(await openedByJose(token, 'PBES2-HS256+A128KW', password)).toMatchObject({ text: 'x' });
  });

  test('zip: what is packed is shorter, and comes out whole', async () => {
    const text = 'claim '.repeat(2000);
    const plain = { alg: 'dir', enc: 'A256GCM' };
    const packed = await encrypt(text, { ...plain, zip: 'DEF' }, read(key));
    expect(String(packed).length).toBeLessThan(String(await encrypt(text, plain, read(key))).length / 10);
    expect(await openedByJose(packed, 'dir', key)).toMatchObject({ text });
  });
});

test('a signed token in it is found there (RFC 7519 section 5.2)', async () => {
  const inner = await signedToken('ES256');
  const key = openingJwk('RSA-OAEP');
  const token = await encrypt(inner, { alg: 'RSA-OAEP', enc: 'A256GCM', members: { cty: 'JWT' } }, read(key));
  const { content } = await createDecrypter()(decode(String(token)), [given(key)]);
  expect(content?.inner).toMatchObject({ compact: inner, payload: CLAIMS });
});

test('any octets, any text', async () => {
  const key = openingJwk('A128KW');
  const plaintext = fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.string({ unit: 'binary' }));
  await fc.assert(
    fc.asyncProperty(plaintext, fc.constantFrom(...CONTENT_ALGORITHMS), async (content, enc) => {
      const token = await encrypt(content, { alg: 'A128KW', enc }, read(key));
      const opened = await compactDecrypt(String(token), await importJWK(key, 'A128KW'));
      expect(Buffer.from(opened.plaintext)).toEqual(Buffer.from(content as string));
    }),
    { numRuns: 60 },
  );
});

test('no two are the same', async () => {
  for (const alg of ['dir', 'A256KW', 'ECDH-ES', 'RSA-OAEP']) {
    const key = read(openingJwk(alg));
    const twice = await Promise.all(['x', 'x'].map((text) => encrypt(text, { alg, enc: 'A256GCM' }, key)));
    expect(new Set(twice).size).toBe(2);
  }
});

describe('what encrypts nothing', () => {
  const header: EncryptionHeader = { alg: 'RSA-OAEP', enc: 'A256GCM' };
  const rsa = publicPem(pairFor('RS256'));
  const secp256k1 = publicPem(ecPair('secp256k1'));
  const x448 = generateKeyPairSync('x448').publicKey.export({ type: 'spki', format: 'pem' }).toString();

  test.each([
    ['no alg', { alg: '' }, rsa, 'alg_missing', []],
    ['no enc', { enc: '' }, rsa, 'enc_missing', []],
    ['an alg of JWS', { alg: 'RS256' }, rsa, 'alg_unknown', ['RS256']],
    ['an unknown enc', { enc: 'A256CBC' }, rsa, 'enc_unknown', ['A256CBC']],
    ['an unknown zip', { zip: 'GZ' }, rsa, 'zip_unknown', ['GZ']],
    ['RSA1_5', { alg: 'RSA1_5' }, rsa, 'unsupported_here', ['RSA1_5']],
    ['a secret for RSA', {}, 'secret', 'secret_given', ['RSA-OAEP']],
    ['a secret for ECDH-ES', { alg: 'ECDH-ES' }, 'secret', 'secret_given', ['ECDH-ES']],
    ['RSA for ECDH-ES', { alg: 'ECDH-ES' }, rsa, 'wrong_key_type', ['RSA', 'ECDH-ES']],
    ['RSA for a secret', { alg: 'A128KW' }, rsa, 'wrong_key_type', ['RSA', 'A128KW']],
    ['RSA for dir', { alg: 'dir' }, rsa, 'wrong_key_type', ['RSA', 'dir']],
    ['EC for RSA', {}, publicPem(pairFor('ES256')), 'wrong_key_type', ['EC', 'RSA-OAEP']],
    ['a curve that signs', { alg: 'ECDH-ES' }, publicPem(pairFor('EdDSA')), 'wrong_key_type', ['Ed25519', 'ECDH-ES']],
    ['X448', { alg: 'ECDH-ES' }, x448, 'unsupported_here', ['X448']],
    ['secp256k1', { alg: 'ECDH-ES' }, secp256k1, 'unsupported_here', ['secp256k1']],
    ['a short secret', { alg: 'A256KW' }, 'secret', 'wrong_length', ['48', '256', 'A256KW']],
    ['dir with a short secret', { alg: 'dir' }, 'secret', 'wrong_length', ['48', '256', 'A256GCM']],
    ['RSA that is too small', {}, publicPem(rsaPair(1024)), 'rsa_too_small', ['1024', 'RSA-OAEP']],
  ])('%s', async (_name, change, key, reason, detail) => {
    const failure = await encrypt('x', { ...header, ...change }, read(key));
    expect(failure).toEqual({ state: 'not_encrypted', reason, detail });
  });

  test.each([
    ['a point off the curve', { ...publicJwk(agreementPair()), y: publicJwk(agreementPair()).x }],
    [
      'a private number that is none of the curve',
      { kty: 'EC', crv: 'P-256', d: Buffer.alloc(32, 0xff).toString('base64url') },
    ],
  ])('%s', async (_, key) => {
    const failure = await encrypt('x', { alg: 'ECDH-ES', enc: 'A256GCM' }, read(key));
    expect(failure).toMatchObject({ reason: 'not_a_key', detail: ['refused', expect.any(String)] });
  });

  test('whatever is called a header or a key', async () => {
    const alg = fc.oneof(fc.constantFrom(...JWE_ALGORITHMS.filter((name) => !name.startsWith('PBES2'))), fc.string());
    const enc = fc.oneof(fc.constantFrom(...CONTENT_ALGORITHMS), fc.string());
    const zip = fc.constantFrom(undefined, 'DEF', 'x');
    const key = fc.constantFrom(rsa, x448, 'secret', publicPem(agreementPair()), JSON.stringify(octJwk(256)));
    await fc.assert(
      fc.asyncProperty(alg, enc, zip, fc.string(), key, async (one, other, packing, kid, text) => {
        const made = await encrypt(
          'x',
          { alg: one, enc: other, members: { kid }, ...(packing && { zip: packing }) },
          read(text),
        );
        if (typeof made === 'string')
          expect(decode(made)).toMatchObject({ form: 'jwe', problems: [], header: { kid } });
        else expect(made.state).toBe('not_encrypted');
      }),
      { numRuns: 200 },
    );
  });
});

describe('the platform', () => {
  afterEach(() => vi.restoreAllMocks());

  /** As Chromium: no AES keys of 192 bits. */
  const without192 = () => {
    const { importKey } = crypto.subtle;
    vi.spyOn(crypto.subtle, 'importKey').mockImplementation((...args: Parameters<typeof importKey>) => {
      const [, octets, algorithm] = args as unknown as [string, Uint8Array, { name?: string } | string];
      const name = typeof algorithm === 'string' ? algorithm : (algorithm.name ?? '');
      return name.startsWith('AES') && octets.byteLength === 24
        ? Promise.reject(new DOMException('192-bit AES keys are not supported', 'OperationError'))
        : Reflect.apply(importKey, crypto.subtle, args);
    });
  };

  test.each([
    ['A192KW', 'A256GCM', 'A192KW'],
    ['ECDH-ES+A192KW', 'A256GCM', 'ECDH-ES+A192KW'],
    ['dir', 'A192GCM', 'A192GCM'],
    ['ECDH-ES', 'A192CBC-HS384', 'A192CBC-HS384'],
  ])('%s with %s: without AES-192 it says so', async (alg, enc, named) => {
    without192();
    const failure = await createEncrypter()('x', { alg, enc }, read(openingJwk(alg, enc)));
    expect(failure).toEqual({ state: 'not_encrypted', reason: 'unsupported_here', detail: [named] });
  });

  test('a key is imported once for each algorithm', async () => {
    const importKey = vi.spyOn(crypto.subtle, 'importKey');
    const key = read(publicPem(pairFor('RS256')));
    const one = createEncrypter();
    for (const text of ['a', 'b', 'c']) await one(text, { alg: 'RSA-OAEP', enc: 'A256GCM' }, key);
    expect(importKey.mock.calls.filter(([format]) => String(format) === 'jwk')).toHaveLength(1);
  });

  test('one that lacks a curve, or a mode of AES', async () => {
    const lacking = new DOMException('', 'NotSupportedError');
    vi.spyOn(crypto.subtle, 'importKey').mockRejectedValueOnce(lacking);
    const key = read(publicJwk(agreementPair('X25519')));
    const header = { alg: 'ECDH-ES', enc: 'A256GCM' };
    expect(await createEncrypter()('x', header, key)).toMatchObject({ reason: 'unsupported_here', detail: ['X25519'] });
    vi.restoreAllMocks();
    vi.spyOn(crypto.subtle, 'encrypt').mockRejectedValue(lacking);
    expect(await createEncrypter()('x', header, key)).toMatchObject({
      reason: 'unsupported_here',
      detail: ['A256GCM'],
    });
  });
});
