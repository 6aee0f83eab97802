import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { decode } from '../../../src/core/token/decode.ts';
import type { PublicKey } from '../../../src/core/trust/key.ts';
import { readKey } from '../../../src/core/trust/read-key.ts';
import { createSoftware, isSoftwareOnly } from '../../../src/core/trust/software.ts';
import { createVerifier } from '../../../src/core/trust/verify.ts';
import { ecPair, given, pairFor, privatePem, publicJwk, publicPem } from '../../fixtures/keys.ts';
import { keyFor, ML_DSA, mlDsaPair, signOctets, tokenFor } from '../../fixtures/more-algorithms.ts';
import { CLAIMS, compact } from '../../fixtures/tokens.ts';

const IN_SOFTWARE = ['ES256K', 'Ed448', 'ML-DSA-44', 'ML-DSA-65', 'ML-DSA-87'];
const ORDER = secp256k1.Point.Fn.ORDER;

const read = (text: string | object): PublicKey => {
  const reading = readKey(typeof text === 'string' ? text : JSON.stringify(text));
  const [key] = 'error' in reading ? [] : reading.candidates;
  if (!key || key.kty === 'oct') throw new Error('not a public key');
  return key;
};
const checkOf = async (text: string | object) => {
  const check = await createSoftware()(read(text));
  if (!check) throw new Error('no software for it');
  return (signature: Uint8Array, input: Uint8Array) => check(signature.slice(), input.slice());
};
const check = (token: string, key: string | object) => createVerifier()(decode(token), [given(key)]);

test.each(IN_SOFTWARE)('%s verifies', async (alg) => {
  expect(await check(await tokenFor(alg), keyFor(alg))).toMatchObject({ state: 'verified', alg });
});

test('EdDSA is Ed448 too, by the key', async () => {
  const token = await tokenFor('Ed448', { name: 'EdDSA' });
  expect(await check(token, publicPem(pairFor('Ed448')))).toMatchObject({ state: 'verified', alg: 'EdDSA' });
  expect(await check(token, publicPem(pairFor('Ed25519')))).toMatchObject({ state: 'mismatch' });
});

test('only what no browser has is computed without asking it', () => {
  const only = [...IN_SOFTWARE, 'ES256', 'Ed25519'].filter((alg) => isSoftwareOnly(read(keyFor(alg))));
  expect(only).toEqual(['ES256K', 'Ed448']);
  expect(createSoftware()(read(keyFor('ES256')))).toBeUndefined();
});

describe('agrees with OpenSSL, on what was signed and on what was changed', () => {
  test.each([
    ['ES256K', pairFor('ES256K')],
    ['Ed448', pairFor('Ed448')],
  ])('%s', async (alg, { publicKey }) => {
    const ours = await checkOf(keyFor(alg));
    const theirs = (signature: Uint8Array, input: Uint8Array) =>
      alg === 'ES256K'
        ? verify('sha256', input, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature)
        : verify(null, input, publicKey, signature);
    await fc.assert(
      fc.asyncProperty(
        ...([fc.uint8Array({ minLength: 1 }), fc.option(fc.nat(113)), fc.nat(7), fc.boolean()] as const),
        async (input, at, bit, isInput) => {
          const signature = Uint8Array.from(signOctets(alg, input));
          const changed = isInput ? Uint8Array.from(input) : signature;
          const place = at === null ? undefined : at % changed.length;
          if (place !== undefined) changed[place] = (changed[place] ?? 0) ^ (1 << bit);
          const message = isInput ? changed : input;
          const holds = await ours(signature, message);
          expect(holds).toBe(at === null);
          expect(holds).toBe(theirs(signature, message));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('ES256K', () => {
  const input = Buffer.from('input');
  const both = (): readonly Uint8Array[] => {
    const signature = signOctets('ES256K', input);
    const s = BigInt(`0x${Buffer.from(signature.subarray(32)).toString('hex')}`);
    const other = Buffer.from((ORDER - s).toString(16).padStart(64, '0'), 'hex');
    return [signature, Buffer.concat([signature.subarray(0, 32), other])];
  };

  test('takes either value of s, as RFC 8812 does and OpenSSL', async () => {
    const ours = await checkOf(keyFor('ES256K'));
    for (const signature of both()) {
      const key = { key: pairFor('ES256K').publicKey, dsaEncoding: 'ieee-p1363' } as const;
      expect([await ours(signature, input), verify('sha256', input, key, signature)]).toEqual([true, true]);
    }
  });

  test.each([
    ['63 octets', (signature: Uint8Array) => signature.subarray(1)],
    ['65 octets', (signature: Uint8Array) => Buffer.concat([signature, Buffer.of(0)])],
    ['r of zero', (signature: Uint8Array) => Buffer.concat([Buffer.alloc(32), signature.subarray(32)])],
    ['DER', () => sign('sha256', input, pairFor('ES256K').privateKey)],
    ['no octets', () => new Uint8Array()],
  ])('takes no signature of %s', async (_, change) => {
    const ours = await checkOf(keyFor('ES256K'));
    expect(await ours(change(signOctets('ES256K', input)), input)).toBe(false);
  });

  test('an ES256 signature is of another curve', async () => {
    expect(await check(await tokenFor('ES256K'), publicPem(pairFor('ES256')))).toMatchObject({ reason: 'wrong_curve' });
  });
});

describe('a key that is none is refused, as the browser would', () => {
  const { x = '', y = '' } = publicJwk(ecPair('secp256k1'));
  const zeros = (length: number) => Buffer.alloc(length).toString('base64url');

  test.each([
    ['ES256K', { kty: 'EC', crv: 'secp256k1', x, y: x }],
    ['ES256K', { kty: 'EC', crv: 'secp256k1', x: x.slice(0, 20), y }],
    ['ES256K', { kty: 'EC', crv: 'secp256k1', x: zeros(32), y: zeros(32) }],
    ['Ed448', { kty: 'OKP', crv: 'Ed448', x: zeros(56) }],
    ['Ed448', { kty: 'OKP', crv: 'Ed448', x: Buffer.alloc(57, 0xff).toString('base64url') }],
    ['ML-DSA-44', { kty: 'AKP', alg: 'ML-DSA-44', pub: zeros(1311) }],
    ['ML-DSA-87', { kty: 'AKP', alg: 'ML-DSA-87', pub: keyFor('ML-DSA-44').pub }],
  ])('%s (%#)', async (alg, key) => {
    const answer = await check(compact({ alg }, CLAIMS, 'AAAA'), key);
    expect(answer).toMatchObject({ state: 'key_does_not_fit', reason: 'not_a_key' });
    expect(answer.detail?.[0]).toBe('refused');
  });
});

describe('private keys that do not carry their public half', () => {
  test('Ed448, as OpenSSL writes it', async () => {
    const pem = privatePem(pairFor('Ed448'));
    expect(read(pem).material).toBeInstanceOf(Uint8Array);
    expect(await check(await tokenFor('Ed448'), pem)).toMatchObject({ state: 'verified', key: { fromPrivate: true } });
  });

  test('secp256k1', async () => {
    const { d = '' } = pairFor('ES256K').privateKey.export({ format: 'jwk' });
    const head = '303e020100301006072a8648ce3d020106052b8104000a042730250201010420';
    const der = Buffer.concat([Buffer.from(head, 'hex'), Buffer.from(d, 'base64url')]);
    expect(createPublicKey({ key: der, format: 'der', type: 'pkcs8' } as never)).toBeDefined();
    const answer = await check(await tokenFor('ES256K'), der.toString('base64'));
    expect(answer).toMatchObject({ state: 'verified', key: { format: 'pkcs8' } });
  });

  test.each([
    ['its seed', (seed: Buffer) => Buffer.concat([Buffer.from('8020', 'hex'), seed])],
    ['its long form', (_: Buffer, long: Buffer) => Buffer.concat([Buffer.from('04820a00', 'hex'), long])],
    [
      'both',
      (seed: Buffer, long: Buffer) =>
        Buffer.concat([
          Buffer.from('30820a26', 'hex'),
          Buffer.from('0420', 'hex'),
          seed,
          Buffer.from('04820a00', 'hex'),
          long,
        ]),
    ],
  ])('ML-DSA-44 as %s (RFC 9881 section 6)', async (_, write) => {
    const key = write(Buffer.alloc(32, 7), Buffer.from(mlDsaPair('ML-DSA-44').secretKey));
    const tlv = (tag: number, content: Buffer) =>
      Buffer.concat([Buffer.of(tag, 0x82, content.length >> 8, content.length & 0xff), content]);
    const algorithm = Buffer.from('300b0609608648016503040311', 'hex');
    const der = tlv(0x30, Buffer.concat([Buffer.from('020100', 'hex'), algorithm, tlv(4, key)]));
    expect(await check(await tokenFor('ML-DSA-44'), der.toString('base64'))).toMatchObject({ state: 'verified' });
  });
});

test('nothing is signed with a context (RFC 8032 section 5.2, RFC 9964)', async () => {
  const input = Buffer.from(compact({ alg: 'ML-DSA-44' }).slice(0, -1));
  const context = Buffer.from('jose');
  const signature = ML_DSA['ML-DSA-44'].sign(input, mlDsaPair('ML-DSA-44').secretKey, { context });
  expect(await (await checkOf(keyFor('ML-DSA-44')))(signature, input)).toBe(false);
});

test('many tokens at once are not one long task', async () => {
  const verifying = createVerifier();
  const keys = [given(keyFor('ES256K'))];
  const token = await tokenFor('ES256K');
  let turns = 0;
  const beat = setInterval(() => {
    turns += 1;
  }, 0);
  const answers = await Promise.all(Array.from({ length: 30 }, () => verifying(decode(token), keys)));
  clearInterval(beat);
  expect(answers.every(({ state }) => state === 'verified')).toBe(true);
  expect(turns).toBeGreaterThan(10);
});

test('a chunk that does not load: the algorithm cannot be computed here', async () => {
  vi.doMock('../../../src/core/trust/software-ed448.ts', () => {
    throw new Error('gone');
  });
  vi.resetModules();
  try {
    const fresh = await import('../../../src/core/trust/verify.ts');
    const answer = await fresh.createVerifier()(decode(await tokenFor('Ed448')), [given(keyFor('Ed448'))]);
    expect(answer).toMatchObject({ state: 'cannot_be_checked', reason: 'alg_unsupported_here', detail: ['Ed448'] });
  } finally {
    vi.doUnmock('../../../src/core/trust/software-ed448.ts');
  }
});

test('a scheme without a key of its kind', () => {
  const { publicKey } = generateKeyPairSync('x25519');
  expect(createSoftware()(read(publicKey.export({ type: 'spki', format: 'pem' }).toString()))).toBeUndefined();
});
