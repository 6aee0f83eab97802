import { deflateRawSync } from 'node:zlib';
import { GeneralEncrypt, importJWK, type JWK } from 'jose';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { decode } from '../../../src/core/token/decode.ts';
import { createDecrypter, type DecryptOptions } from '../../../src/core/trust/decrypt.ts';
import {
  MAX_DEFLATED,
  MAX_INFLATED,
  MAX_ITERATIONS,
  MAX_UNASKED_ITERATIONS,
} from '../../../src/core/trust/decrypt-check.ts';
import type { RingKey } from '../../../src/core/trust/signature.ts';
import {
  AGREEMENT,
  agreementPair,
  bitsOf,
  CONTENT_ALGORITHMS,
  encryptedToken,
  JWE_ALGORITHMS,
  octJwk,
  openingJwk,
  RSA_ENCRYPTION,
  sealedByHand,
  x25519Pair,
} from '../../fixtures/encrypted.ts';
import {
  certificate,
  ecPair,
  edPair,
  given,
  pairFor,
  privateJwk,
  privatePem,
  publicJwk,
  publicPem,
  rsaPair,
} from '../../fixtures/keys.ts';
import { CLAIMS, encodeSegment, SECRET, signedToken } from '../../fixtures/tokens.ts';

const open = (token: string, keys: readonly RingKey[], options?: DecryptOptions) =>
  createDecrypter()(decode(token), keys, options);

/** A token that no key can open, with any header. */
const closed = (header: object, [key = 'AAAA', iv = 'A'.repeat(16), text = 'AAAA', tag = `${'A'.repeat(21)}A`] = []) =>
  [encodeSegment(header), key, iv, text, tag].join('.');

const octets = (jwk: JWK): Buffer => Buffer.from(jwk.k ?? '', 'base64url');

afterEach(() => vi.restoreAllMocks());

describe('what jose sealed is opened', () => {
  test.each(JWE_ALGORITHMS.flatMap((alg) => CONTENT_ALGORITHMS.map((enc) => [alg, enc] as const)))(
    '%s, %s',
    async (alg, enc) => {
      const key = given(openingJwk(alg, enc));
      const answer = await open(await encryptedToken(alg, { enc }), [key]);
      expect(answer).toMatchObject({ state: 'decrypted', reason: 'ok', key: { id: key.id, provenance: 'given' } });
      expect(answer.content?.payload).toEqual(CLAIMS);
    },
  );

  test.each(
    (['P-256', 'P-384', 'P-521', 'X25519'] as const).flatMap((curve) => AGREEMENT.map((alg) => [curve, alg] as const)),
  )('%s, %s, with both parties named', async (curve, alg) => {
    const key = privateJwk(agreementPair(curve));
    const token = await encryptedToken(alg, { key, header: { apu: 'QWxpY2U', apv: 'Qm9i' } });
    expect(await open(token, [given(key)])).toMatchObject({ state: 'decrypted' });
  });

  test('with a key in every format that holds the private half', async () => {
    const rsa = pairFor('RS256');
    const ec = agreementPair('P-384');
    const x = agreementPair('X25519');
    const cases: readonly (readonly [string, JWK, string | object])[] = [
      ['RSA-OAEP-256', privateJwk(rsa), privatePem(rsa)],
      ['RSA-OAEP-512', privateJwk(rsa), privatePem(rsa, 'pkcs1')],
      ['RSA-OAEP', privateJwk(rsa), { keys: [publicJwk(rsa), privateJwk(ec), privateJwk(rsa)] }],
      ['ECDH-ES', privateJwk(ec), privatePem(ec)],
      ['ECDH-ES+A256KW', privateJwk(ec), privatePem(ec, 'sec1')],
      ['ECDH-ES', privateJwk(x), privatePem(x)],
    ];
    for (const [alg, key, text] of cases)
      expect(await open(await encryptedToken(alg, { key }), [given(text)])).toMatchObject({ state: 'decrypted' });
  });

  test('with a secret in each reading', async () => {
    // In base64 and base64url no two characters of it are the same.
    const key = { kty: 'oct', k: Buffer.alloc(32, 0xfb).toString('base64url') };
    const token = await encryptedToken('dir', { key });
    for (const reading of ['base64', 'base64url', 'hex'] as const)
      expect(await open(token, [given(octets(key).toString(reading))])).toMatchObject({
        state: 'decrypted',
        key: { reading, format: 'secret' },
      });
    const text = 'thirty-two characters, to a dot.';
    const typed = await encryptedToken('A256KW', { key: new TextEncoder().encode(text) });
    expect(await open(typed, [given(text)])).toMatchObject({ state: 'decrypted', key: { reading: 'text' } });
  });

  test('whatever the JWK says of its use', async () => {
    const key = { ...openingJwk('RSA-OAEP'), alg: 'RS256', use: 'sig', key_ops: ['sign'] };
    expect(await open(await encryptedToken('RSA-OAEP'), [given(key)])).toMatchObject({ state: 'decrypted' });
  });

  test('the key with the token’s kid is the one that is named', async () => {
    const [a, b] = [privateJwk(agreementPair(), { kid: 'a' }), privateJwk(agreementPair('P-384'), { kid: 'b' })];
    const token = await encryptedToken('ECDH-ES', { key: b, header: { kid: 'b' } });
    expect(await open(token, [given({ keys: [a, b] })])).toMatchObject({ state: 'decrypted', key: { kid: 'b' } });
  });

  test('a token inside it', async () => {
    const inner = await signedToken('HS256');
    const answer = await open(await encryptedToken('dir', { payload: inner, header: { cty: 'JWT' } }), [
      given(openingJwk('dir')),
    ]);
    expect(answer.content?.inner).toMatchObject({ form: 'jws', payload: CLAIMS, compact: inner });
  });
});

describe('JSON serialisations', () => {
  const general = async (): Promise<string> => {
    const sealer = new GeneralEncrypt(Buffer.from('hello'))
      .setProtectedHeader({ enc: 'A128CBC-HS256' })
      .setSharedUnprotectedHeader({ cty: 'text/plain' })
      .setAdditionalAuthenticatedData(Buffer.from('and this'));
    for (const alg of ['A128KW', 'RSA-OAEP']) {
      const { kty, k, n, e } = openingJwk(alg);
      const key = kty === 'oct' ? { kty, ...(k && { k }) } : { kty, ...(n && { n }), ...(e && { e }) };
      sealer.addRecipient(await importJWK(key, alg)).setUnprotectedHeader({ alg, kid: alg });
    }
    return JSON.stringify(await sealer.encrypt());
  };

  test('the recipient whom the key is for', async () => {
    const token = decode(await general());
    const decrypt = createDecrypter();
    const keys = [given(openingJwk('RSA-OAEP'))];
    const answer = await decrypt(token, keys);
    expect(answer).toMatchObject({ state: 'decrypted', content: { payloadText: 'hello', serialization: 'general' } });
    expect(answer.content?.parts).toBe(token.parts);
    const answers = await Promise.all((token.parts ?? []).map((part) => decrypt(part, keys)));
    expect(answers.map(({ reason }) => reason)).toEqual(['wrong_key_type', 'ok']);
  });

  test('nobody’s key, the most telling of the failures', async () => {
    expect(await open(await general(), [given(octJwk(192))])).toMatchObject({ reason: 'wrong_length' });
    expect(await open(await general(), [])).toEqual({ state: 'no_key', reason: 'no_key_given' });
  });

  test('changed additional data', async () => {
    const changed = { ...JSON.parse(await general()), aad: Buffer.from('and that').toString('base64url') };
    const answer = await open(JSON.stringify(changed), [given(openingJwk('RSA-OAEP'))]);
    expect(answer).toMatchObject({ state: 'failed', reason: 'wrong_key' });
  });
});

describe('why not', () => {
  const dir = { alg: 'dir', enc: 'A256GCM' };
  const P256 = agreementPair();
  const rsa = pairFor('RS256');
  const small = rsaPair(1024);

  test.each<[string, object, readonly string[], string, string, (readonly string[])?]>([
    ['no key', dir, [], 'no_key', 'no_key_given'],
    ['no alg', { enc: 'A256GCM' }, [], 'malformed', 'alg_missing'],
    ['unknown alg', { alg: 'RSA-OAEP-999', enc: 'A256GCM' }, [], 'cannot_be_checked', 'alg_unknown', ['RSA-OAEP-999']],
    ['unknown enc', { alg: 'dir', enc: 'A256' }, [], 'cannot_be_checked', 'enc_unknown', ['A256']],
    [
      'RSA1_5',
      { alg: 'RSA1_5', enc: 'A256GCM' },
      [privatePem(rsa)],
      'cannot_be_checked',
      'unsupported_here',
      ['RSA1_5'],
    ],
    ['crit', { ...dir, crit: ['exp'], exp: 1 }, [], 'cannot_be_checked', 'crit_unsupported', ['exp']],
    ['crit that is none', { ...dir, crit: [{ toString: 1 }] }, [], 'malformed', 'crit_unsupported', ['crit']],
    ['zip', { ...dir, zip: 'GZ' }, [], 'cannot_be_checked', 'zip_unknown', ['GZ']],
    ['a pair for a secret', dir, [privatePem(rsa)], 'key_does_not_fit', 'wrong_key_type', ['RSA', 'dir']],
    ['length', dir, [JSON.stringify(octJwk(128))], 'key_does_not_fit', 'wrong_length', ['128', '256', 'A256GCM']],
    ['length of text', dir, ['short'], 'key_does_not_fit', 'wrong_length', ['40', '256', 'A256GCM']],
    [
      'length, wrapping',
      { ...dir, alg: 'A128KW' },
      ['sixteen letters!!'],
      'key_does_not_fit',
      'wrong_length',
      ['136', '128', 'A128KW'],
    ],
    ['secret', { ...dir, alg: 'RSA-OAEP' }, [SECRET], 'key_does_not_fit', 'secret_given', ['RSA-OAEP']],
    ['public half', { ...dir, alg: 'RSA-OAEP' }, [publicPem(rsa)], 'key_does_not_fit', 'public_only', ['RSA-OAEP']],
    ['type', { ...dir, alg: 'RSA-OAEP' }, [privatePem(P256)], 'key_does_not_fit', 'wrong_key_type', ['EC', 'RSA-OAEP']],
    [
      'size',
      { ...dir, alg: 'RSA-OAEP' },
      [privatePem(small)],
      'key_does_not_fit',
      'rsa_too_small',
      ['1024', 'RSA-OAEP'],
    ],
    [
      'half a private key',
      { ...dir, alg: 'RSA-OAEP' },
      [JSON.stringify({ ...publicJwk(rsa), d: privateJwk(rsa).d })],
      'key_does_not_fit',
      'not_a_key',
      ['member', 'p'],
    ],
    ['no key at all', { ...dir, alg: 'RSA-OAEP' }, ['{"kty":"RSA"}'], 'key_does_not_fit', 'not_a_key', ['member', 'n']],
    [
      'kid',
      { ...dir, kid: 'x' },
      [JSON.stringify({ ...octJwk(256), kid: 'y' })],
      'no_key',
      'no_key_with_kid',
      ['x', 'y'],
    ],
    [
      'kid of a key that could not open it',
      { ...dir, kid: 'x' },
      [JSON.stringify(privateJwk(rsa, { kid: 'y' }))],
      'key_does_not_fit',
      'wrong_key_type',
      ['RSA', 'dir'],
    ],
    [
      'key that fits, beside one of another kid that could not open it',
      { ...dir, kid: 'x' },
      [JSON.stringify(privateJwk(rsa, { kid: 'y' })), JSON.stringify(octJwk(256))],
      'failed',
      'wrong_key',
    ],
    [
      'iv of the key',
      { alg: 'A256GCMKW', enc: 'A256GCM', tag: 'A'.repeat(22) },
      [],
      'malformed',
      'header_member',
      ['iv'],
    ],
    [
      'tag of the key',
      { alg: 'A256GCMKW', enc: 'A256GCM', iv: 'A'.repeat(16) },
      [],
      'malformed',
      'header_member',
      ['tag'],
    ],
    [
      'p2s',
      { alg: 'PBES2-HS256+A128KW', enc: 'A256GCM', p2c: 1, p2s: 'AAAA' },
      [],
      'malformed',
      'header_member',
      ['p2s'],
    ],
    [
      'p2s without end',
      { alg: 'PBES2-HS256+A128KW', enc: 'A256GCM', p2c: 1, p2s: 'A'.repeat(2000) },
      [],
      'malformed',
      'header_member',
      ['p2s'],
    ],
    [
      'p2c',
      { alg: 'PBES2-HS256+A128KW', enc: 'A256GCM', p2c: 0.5, p2s: 'A'.repeat(16) },
      [],
      'malformed',
      'header_member',
      ['p2c'],
    ],
    ['epk', { ...dir, alg: 'ECDH-ES' }, [], 'malformed', 'header_member', ['epk']],
    [
      'epk with a private half',
      { ...dir, alg: 'ECDH-ES', epk: privateJwk(P256) },
      [],
      'malformed',
      'header_member',
      ['epk'],
    ],
    [
      'epk off its curve',
      { ...dir, alg: 'ECDH-ES', epk: { ...publicJwk(P256), y: publicJwk(P256).x } },
      [privatePem(P256)],
      'malformed',
      'header_member',
      ['epk'],
    ],
    ['apu', { ...dir, alg: 'ECDH-ES', epk: publicJwk(P256), apu: 1 }, [], 'malformed', 'header_member', ['apu']],
    [
      'X448',
      { ...dir, alg: 'ECDH-ES', epk: { kty: 'OKP', crv: 'X448', x: 'AA' } },
      [],
      'cannot_be_checked',
      'unsupported_here',
      ['X448'],
    ],
    [
      'curve',
      { ...dir, alg: 'ECDH-ES', epk: publicJwk(P256) },
      [privatePem(ecPair('P-384'))],
      'key_does_not_fit',
      'wrong_curve',
      ['P-384', 'P-256'],
    ],
    [
      'curve of another kind',
      { ...dir, alg: 'ECDH-ES', epk: publicJwk(P256) },
      [privatePem(x25519Pair())],
      'key_does_not_fit',
      'wrong_curve',
      ['X25519', 'P-256'],
    ],
    [
      'a key that signs',
      { ...dir, alg: 'ECDH-ES', epk: publicJwk(P256) },
      [privatePem(edPair())],
      'key_does_not_fit',
      'wrong_key_type',
      ['Ed25519', 'ECDH-ES'],
    ],
  ])('%s', async (_, header, texts, state, reason, detail) => {
    const key = 'alg' in header && (header.alg === 'dir' || header.alg === 'ECDH-ES') ? '' : 'AAAA';
    const answer = await open(
      closed(header, [key]),
      texts.map((text) => given(text)),
    );
    expect(answer).toMatchObject({ state, reason });
    if (detail) expect(answer.detail).toEqual(detail);
    expect(answer.content).toBeUndefined();
  });

  test.each([
    ['segments', closed(dir).split('.').slice(0, 4).join('.')],
    ['a character', closed(dir, ['', 'A'.repeat(15).concat('*')])],
    ['trailing bits', closed(dir, ['', undefined, 'AB'])],
    ['the length of the iv', closed(dir, ['', 'AAAA'])],
    ['the length of the tag', closed(dir, ['', undefined, undefined, 'AAAA'])],
    ['a key where none belongs', closed(dir, ['AAAA'])],
  ])('encoding: %s', async (_, token) => {
    expect(await open(token, [given(openingJwk('dir'))])).toMatchObject({ state: 'malformed', reason: 'encoding' });
  });

  test('the wrong key, of every algorithm', async () => {
    const other: Readonly<Record<string, JWK>> = { RSA: privateJwk(rsaPair()), EC: privateJwk(ecPair('P-256')) };
    for (const alg of JWE_ALGORITHMS) {
      const { kty = '' } = openingJwk(alg);
      const token = await encryptedToken(alg);
      const bits = alg === 'dir' ? bitsOf('A256GCM') : octets(openingJwk(alg)).length * 8;
      const key = other[kty] ?? { kty: 'oct', k: Buffer.alloc(bits / 8, 7).toString('base64url') };
      expect(await open(token, [given(key)]), alg).toMatchObject({ state: 'failed', reason: 'wrong_key' });
    }
  });

  test('public keys of issuers are not blamed', async () => {
    const token = await encryptedToken('RSA-OAEP', { header: { kid: 'mine' } });
    const seen = (kid: string) => given(publicJwk(pairFor('RS256'), { kid }), 'traffic');
    expect(await open(token, [seen('other')])).toEqual({ state: 'no_key', reason: 'no_key_given' });
    expect(await open(token, [seen('mine')])).toMatchObject({ reason: 'public_only', key: { kid: 'mine' } });
    const pem = given(await certificate(pairFor('RS256')));
    expect(await open(token, [pem])).toMatchObject({ reason: 'public_only', key: { format: 'x509' } });
  });

  test('AES keys of 192 bits, where the browser refuses them as Chromium does', async () => {
    const { importKey } = crypto.subtle;
    vi.spyOn(crypto.subtle, 'importKey').mockImplementation((...args: Parameters<typeof importKey>) => {
      const [format, data] = args;
      if (format === 'raw' && ArrayBuffer.isView(data) && data.byteLength === 24)
        return Promise.reject(new DOMException('192-bit AES keys are not supported', 'OperationError'));
      return Reflect.apply(importKey, crypto.subtle, args);
    });
    for (const [alg, enc, named] of [
      ['A192KW', 'A256GCM', 'A192KW'],
      ['A192GCMKW', 'A256GCM', 'A192GCMKW'],
      ['RSA-OAEP', 'A192GCM', 'A192GCM'],
      ['RSA-OAEP', 'A192CBC-HS384', 'A192CBC-HS384'],
    ] as const) {
      const header = { alg, enc, iv: 'A'.repeat(16), tag: 'A'.repeat(22) };
      const [iv, tag] = enc === 'A192CBC-HS384' ? ['A'.repeat(22), 'A'.repeat(32)] : [];
      expect(await open(closed(header, ['AAAA', iv, undefined, tag]), [])).toEqual({
        state: 'cannot_be_checked',
        reason: 'unsupported_here',
        detail: [named],
      });
    }
  });
});

test('of very many keys the last that were given are tried', async () => {
  const key = openingJwk('dir');
  const token = await encryptedToken('dir');
  const others = Array.from({ length: 1000 }, (_, index) => {
    const k = Buffer.alloc(32);
    k.writeUInt16BE(index + 1);
    return given({ kty: 'oct', k: k.toString('base64url') }, 'given', index);
  });
  const work = vi.spyOn(crypto.subtle, 'decrypt');
  expect(await open(token, [...others, given(key, 'given', 1000)])).toMatchObject({ state: 'decrypted' });
  expect(await open(token, [given(key, 'given', -1), ...others])).toMatchObject({ state: 'failed' });
  expect(work.mock.calls.length).toBeLessThanOrEqual(201);
});

describe('passwords', () => {
  const alg = 'PBES2-HS256+A128KW';
  const password = 'correct horse battery staple';
  const sealed = (iterations: number) => encryptedToken(alg, { key: new TextEncoder().encode(password), iterations });

  test('above MAX_UNASKED_ITERATIONS a person is asked, and nothing derived until then', async () => {
    const decrypt = createDecrypter();
    const token = decode(await sealed(MAX_UNASKED_ITERATIONS + 1));
    const keys = [given(password)];
    const derive = vi.spyOn(crypto.subtle, 'deriveBits');
    const asked = { state: 'asks', reason: 'iterations_ask', detail: [String(MAX_UNASKED_ITERATIONS + 1)] };
    expect(await decrypt(token, keys)).toEqual(asked);
    expect(derive).not.toHaveBeenCalled();
    expect(await decrypt(token, keys, { slow: true })).toMatchObject({ state: 'decrypted' });
    expect(await decrypt(token, keys)).toMatchObject({ state: 'decrypted' });
    expect(derive).toHaveBeenCalledOnce();
  });

  test('at the bound nobody is asked, and without a key nobody is', async () => {
    expect(await open(await sealed(MAX_UNASKED_ITERATIONS), [given(password)])).toMatchObject({ state: 'decrypted' });
    expect(await open(await sealed(MAX_UNASKED_ITERATIONS + 1), [])).toMatchObject({ reason: 'no_key_given' });
  });

  test('so many keys that they add up are asked for too', async () => {
    const keys = Array.from({ length: 12 }, (_, index) => given(`password ${index}`));
    expect(await open(await sealed(MAX_UNASKED_ITERATIONS), keys)).toMatchObject({ state: 'asks' });
  });

  test('above MAX_ITERATIONS never, whoever says yes', async () => {
    const derive = vi.spyOn(crypto.subtle, 'deriveBits');
    const header = { alg, enc: 'A256GCM', p2s: 'A'.repeat(16), p2c: MAX_ITERATIONS + 1 };
    expect(await open(closed(header), [given(password)], { slow: true })).toEqual({
      state: 'cannot_be_checked',
      reason: 'iterations_too_many',
      detail: [String(MAX_ITERATIONS + 1), String(MAX_ITERATIONS)],
    });
    expect(derive).not.toHaveBeenCalled();
  });
});

describe('compressed content', () => {
  const secret = octJwk(256);
  const keys = [given(secret)];
  const sealed = (octets_: Uint8Array) => sealedByHand(octets(secret), { zip: 'DEF' }, octets_);

  test('up to MAX_INFLATED', async () => {
    const text = 'x'.repeat(MAX_INFLATED);
    expect((await open(sealed(deflateRawSync(text)), keys)).content?.payloadText).toBe(text);
  });

  test('beyond it, by one octet or by a thousand times', async () => {
    for (const length of [MAX_INFLATED + 1, 40_000_000]) {
      const answer = await open(sealed(deflateRawSync(Buffer.alloc(length))), keys);
      expect(answer).toMatchObject({ reason: 'zip_too_large', detail: [String(MAX_INFLATED)] });
    }
  });

  test('more of it than a browser should unpack at once', async () => {
    const answer = await open(sealed(Buffer.alloc(MAX_DEFLATED + 3)), keys);
    expect(answer).toMatchObject({
      state: 'cannot_be_checked',
      reason: 'zip_too_large',
      detail: [String(MAX_DEFLATED)],
    });
  });

  test('what is not DEFLATE, told with the key that was right', async () => {
    const answer = await open(sealed(Buffer.from('this is not packed')), keys);
    expect(answer).toMatchObject({ state: 'malformed', reason: 'zip_broken', key: { id: keys[0]?.id } });
  });
});

describe('what it remembers', () => {
  test('a token is decrypted once, as long as its key is there', async () => {
    const decrypt = createDecrypter();
    const token = decode(await encryptedToken('dir'));
    const key = given(openingJwk('dir'));
    const first = await decrypt(token, [key]);
    const work = vi.spyOn(crypto.subtle, 'decrypt');
    expect(await decrypt(token, [key])).toBe(first);
    expect(await decrypt(token, [key, given(SECRET)])).toBe(first);
    expect(await decrypt(token, [key], { cookies: ['sid'] })).toBe(first);
    expect(work).not.toHaveBeenCalled();
    expect(await decrypt(token, [{ ...key, provenance: 'traffic' }])).toMatchObject({ key: { provenance: 'traffic' } });
    expect(await decrypt(token, [])).toMatchObject({ state: 'no_key' });
  });

  test('one that failed is tried again with other keys, and not with the same', async () => {
    const decrypt = createDecrypter();
    const token = decode(await encryptedToken('dir'));
    const wrong = given({ kty: 'oct', k: Buffer.alloc(32).toString('base64url') });
    expect(await decrypt(token, [wrong])).toMatchObject({ state: 'failed' });
    const work = vi.spyOn(crypto.subtle, 'decrypt');
    expect(await decrypt(token, [wrong])).toMatchObject({ state: 'failed' });
    expect(work).not.toHaveBeenCalled();
    expect(await decrypt(token, [wrong, given(openingJwk('dir'))])).toMatchObject({ state: 'decrypted' });
  });
});

test('every RSA algorithm is imported for itself', async () => {
  const decrypt = createDecrypter();
  const keys = [given(openingJwk('RSA-OAEP'))];
  for (const alg of RSA_ENCRYPTION)
    expect(await decrypt(decode(await encryptedToken(alg)), keys)).toMatchObject({ state: 'decrypted' });
});
