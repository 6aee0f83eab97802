import { createPrivateKey, createPublicKey } from 'node:crypto';
import { calculateJwkThumbprint, importJWK, importPKCS8, importSPKI } from 'jose';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { decode } from '../../../src/core/token/decode.ts';
import { createDecrypter } from '../../../src/core/trust/decrypt.ts';
import { createEncrypter } from '../../../src/core/trust/encrypt.ts';
import { generateKey } from '../../../src/core/trust/generate-key.ts';
import { withPublicHalf } from '../../../src/core/trust/public-half.ts';
import { createSigner } from '../../../src/core/trust/sign.ts';
import type { GeneratedKey } from '../../../src/core/trust/signing.ts';
import { createVerifier } from '../../../src/core/trust/verify.ts';
import { bitsOf, CONTENT_ALGORITHMS, JWE_ALGORITHMS } from '../../fixtures/encrypted.ts';
import { given } from '../../fixtures/keys.ts';
import { SIGNING } from '../../fixtures/more-algorithms.ts';
import { openssl } from '../../fixtures/openssl.ts';
import { randomOctets } from '../../fixtures/random-octets.ts';
import { read } from '../../fixtures/read.ts';
import { CLAIMS, encodeSegment } from '../../fixtures/tokens.ts';

const made = new Map<string, GeneratedKey>();

/** A key made for the algorithm, the same one for each call. */
const keyFor = async (alg: string): Promise<GeneratedKey> => {
  const known = made.get(alg);
  if (known) return known;
  const key = await generateKey(alg, randomOctets);
  if ('state' in key) throw new Error(key.reason);
  made.set(alg, key);
  return key;
};

const isSecret = (alg: string): boolean => /^(?:HS|A\d|dir|PBES2)/.test(alg);
/** RSA takes long to make, and one key of it is as another. */
const one = (algorithms: readonly string[]): readonly string[] =>
  algorithms.filter((alg) => !/^(?:RS384|RS512|PS\d+|RSA-OAEP-\d+)$/.test(alg));
const PAIRS = one([...SIGNING, ...JWE_ALGORITHMS]).filter((alg) => !isSecret(alg));
const SECRETS = [...SIGNING, ...JWE_ALGORITHMS].filter(isSecret);

/** What node and jose have no name for. */
const isKnownToNode = (alg: string): boolean => !alg.startsWith('ML-DSA');
const isKnownToJose = (alg: string): boolean => !/^(?:ML-DSA|Ed448|ES256K)/.test(alg);

const hasMlDsa = openssl('list -public-key-algorithms').includes('ML-DSA-44');

describe.each(PAIRS)('%s', (alg) => {
  let key: GeneratedKey;
  beforeAll(async () => {
    key = await keyFor(alg);
  });

  test('each form is read back as the same key', async () => {
    const { key: own, jwk, publicJwk = '', pem = '', publicPem = '' } = key;
    if (own.kty === 'oct') throw new Error('a secret');
    expect(read(jwk)).toEqual({ ...own, intent: { ...own.intent, key_ops: undefined } });
    const { material, privateMaterial } = own;
    expect(await withPublicHalf(read(pem))).toMatchObject({ format: 'pkcs8', material, privateMaterial });
    for (const text of [publicJwk, publicPem]) {
      expect(read(text)).toMatchObject({ material });
      expect(read(text)).not.toHaveProperty('fromPrivate');
    }
  });

  test('its name is its thumbprint (RFC 7638), and it says what it is for', async () => {
    const jwk = JSON.parse(key.jwk);
    const use = JWE_ALGORITHMS.includes(alg) ? 'enc' : 'sig';
    expect(jwk).toMatchObject({ alg, use, kid: await calculateJwkThumbprint(jwk) });
    expect(key.key).toMatchObject({ kid: jwk.kid, intent: { alg, use } });
    const { d: _d, p: _p, q: _q, dp: _dp, dq: _dq, qi: _qi, priv: _priv, ...rest } = jwk;
    expect(JSON.parse(key.publicJwk ?? '')).toEqual(rest);
  });

  if (isKnownToNode(alg))
    test('node reads every form as one key', () => {
      const { pem = '', publicPem = '', jwk, publicJwk = '' } = key;
      const own = createPrivateKey(pem);
      expect(own.equals(createPrivateKey({ key: JSON.parse(jwk), format: 'jwk' }))).toBe(true);
      expect(createPublicKey(own).equals(createPublicKey(publicPem))).toBe(true);
      expect(createPublicKey(own).equals(createPublicKey({ key: JSON.parse(publicJwk), format: 'jwk' }))).toBe(true);
    });

  if (isKnownToJose(alg))
    test('jose reads every form', async () => {
      const { pem = '', publicPem = '', jwk, publicJwk = '' } = key;
      const imported = [importPKCS8(pem, alg), importJWK(JSON.parse(jwk), alg)];
      const halves = [importSPKI(publicPem, alg), importJWK(JSON.parse(publicJwk), alg)];
      for (const half of await Promise.all(imported)) expect(half).toMatchObject({ type: 'private' });
      for (const half of await Promise.all(halves)) expect(half).toMatchObject({ type: 'public' });
    });

  if (isKnownToNode(alg) || hasMlDsa)
    test('openssl reads both, and finds the one in the other', () => {
      expect(openssl('pkey -pubout', key.pem).toString()).toBe(key.publicPem);
      expect(openssl('pkey -pubin -noout -text', key.publicPem).toString()).not.toBe('');
    });
});

if (!hasMlDsa)
  test('openssl is too old for ML-DSA, whose keys it did not check: it came with 3.5', () => {
    expect(openssl('version').toString()).toMatch(/^OpenSSL 3\.[0-4]\./);
  });

describe.each(one(SIGNING))('what a key made for %s signs', (alg) => {
  test('verifies with each form of its public half', async () => {
    const { key, jwk, publicJwk = jwk, publicPem = jwk } = await keyFor(alg);
    const input = `${encodeSegment({ alg })}.${encodeSegment(CLAIMS)}`;
    const token = decode(`${input}.${await createSigner()(input, alg, key)}`);
    for (const text of [jwk, publicJwk, publicPem]) {
      const answer = await createVerifier()(token, [given(text)]);
      expect(answer).toMatchObject({ state: 'verified', alg });
      expect(answer.disagrees).toBeUndefined();
    }
  });
});

test.each(one(JWE_ALGORITHMS))('what is encrypted for a key made for %s, it opens', async (alg) => {
  const { key, jwk, publicJwk = jwk } = await keyFor(alg);
  for (const sealing of [key, read(publicJwk)]) {
    const token = await createEncrypter()('{"sub":"alice"}', { alg, enc: 'A256GCM' }, sealing);
    const answer = await createDecrypter()(decode(String(token)), [given(jwk)]);
    expect(answer).toMatchObject({ state: 'decrypted', content: { payload: { sub: 'alice' } } });
  }
});

describe('secrets', () => {
  test.each(SECRETS)('%s: a JWK, and nothing else', async (alg) => {
    const key = await keyFor(alg);
    expect(Object.keys(key).sort()).toEqual(['jwk', 'key']);
    const jwk = JSON.parse(key.jwk);
    expect(jwk).toMatchObject({ kty: 'oct', alg, kid: await calculateJwkThumbprint(jwk) });
    expect(read(key.jwk)).toEqual({ ...key.key, intent: { ...key.key.intent, key_ops: undefined } });
  });

  test.each([
    ...[256, 384, 512].map((bits) => [`HS${bits}`, undefined, bits] as const),
    ...[128, 192, 256].flatMap((bits) => [
      [`A${bits}KW`, undefined, bits] as const,
      [`A${bits}GCMKW`, undefined, bits] as const,
    ]),
    ...CONTENT_ALGORITHMS.map((enc) => ['dir', enc, bitsOf(enc)] as const),
    ['PBES2-HS512+A256KW', undefined, 256],
  ] as const)('%s %s: of %i bits, as they come', async (alg, enc, bits) => {
    const asked: number[] = [];
    const counting = (length: number) => {
      asked.push(length);
      return new Uint8Array(length).fill(9);
    };
    expect(await generateKey(alg, counting, enc)).toMatchObject({
      key: { kty: 'oct', bytes: new Uint8Array(bits / 8).fill(9) },
    });
    expect(asked).toEqual([bits / 8]);
  });
});

test('no two keys are the same', async () => {
  for (const alg of ['HS256', 'ES256', 'ES256K', 'Ed25519', 'ML-DSA-44']) {
    const [one, other] = await Promise.all([generateKey(alg, randomOctets), generateKey(alg, randomOctets)]);
    expect('jwk' in one && 'jwk' in other && one.jwk !== other.jwk).toBe(true);
  }
});

test.each([
  ['RS256', 'sig'],
  ['PS512', 'sig'],
  ['RSA-OAEP-512', 'enc'],
])('%s: RSA of 2048 bits, with the exponent that every library takes', async (alg, use) => {
  const { key, jwk } = await keyFor(alg);
  expect(key).toMatchObject({ kty: 'RSA', bits: 2048 });
  expect(JSON.parse(jwk)).toMatchObject({ e: 'AQAB', alg, use });
});

test('randomness that is none makes no key, and is not asked for ever', async () => {
  const zeros = vi.fn((length: number) => new Uint8Array(length));
  expect(await generateKey('ES256K', zeros)).toMatchObject({ reason: 'no_key_made', detail: ['ES256K'] });
  expect(zeros.mock.calls.length).toBeLessThan(10);
});

describe('no key is made', () => {
  const cannot = 'cannot_be_checked';
  test.each([
    ['none', 'unsecured', 'unsecured', undefined],
    ['HS257', cannot, 'alg_unknown', ['HS257']],
    ['', cannot, 'alg_unknown', ['']],
    ['HS1', cannot, 'alg_prohibited', ['HS1']],
    ['A256GCM', cannot, 'alg_not_signature', ['A256GCM']],
    ['RSA1_5', cannot, 'no_key_made', ['RSA1_5']],
  ])('for "%s"', async (alg, state, reason, detail) => {
    expect(await generateKey(alg, randomOctets)).toEqual({ state, reason, ...(detail && { detail }) });
  });

  test('for dir with content that nobody encrypts', async () => {
    const failure = await generateKey('dir', randomOctets, 'A257GCM');
    expect(failure).toMatchObject({ reason: 'no_key_made', detail: ['A257GCM'] });
  });

  test('where the platform makes none', async () => {
    const refusing = vi
      .spyOn(crypto.subtle, 'generateKey')
      .mockRejectedValue(new DOMException('', 'NotSupportedError'));
    expect(await generateKey('ES256', randomOctets)).toMatchObject({ reason: 'no_key_made' });
    refusing.mockRestore();
  });
});
