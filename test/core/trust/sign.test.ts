import { createHmac, createPublicKey, generateKeyPairSync, verify as nodeVerify } from 'node:crypto';
import { ed448 } from '@noble/curves/ed448.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import fc from 'fast-check';
import { compactVerify, importJWK } from 'jose';
import jsonwebtoken from 'jsonwebtoken';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { decode } from '../../../src/core/token/decode.ts';
import type { KeyCandidate } from '../../../src/core/trust/key.ts';
import { createSigner } from '../../../src/core/trust/sign.ts';
import { createVerifier } from '../../../src/core/trust/verify.ts';
import { given, pairFor, privateJwk, privatePem, publicJwk, publicPem } from '../../fixtures/keys.ts';
import { keyFor, ML_DSA, mlDsaPair, SIGNING } from '../../fixtures/more-algorithms.ts';
import { sshKeygen } from '../../fixtures/openssl.ts';
import { read } from '../../fixtures/read.ts';
import { CLAIMS, encodeSegment, SECRET } from '../../fixtures/tokens.ts';

const sign = createSigner();

const b64 = (octets: Uint8Array): string => Buffer.from(octets).toString('base64url');

type MlDsa = keyof typeof ML_DSA;
const isMlDsa = (alg: string): alg is MlDsa => alg in ML_DSA;

/** The private key, or the secret, as JWK; that of `keyFor`, and in every test the same object. */
const signing = new Map(
  SIGNING.map((alg) => {
    const jwk = alg.startsWith('HS')
      ? keyFor(alg)
      : isMlDsa(alg)
        ? { ...keyFor(alg), priv: b64(new Uint8Array(32).fill(7)) }
        : privateJwk(pairFor(alg));
    return [alg, read(jwk)] as const;
  }),
);
const keyOf = (alg: string): KeyCandidate => signing.get(alg) ?? read('');

const inputFor = (alg: string): string => `${encodeSegment({ alg, typ: 'JWT' })}.${encodeSegment(CLAIMS)}`;

/** A whole token, signed here. */
const signed = async (alg: string, key = keyOf(alg)): Promise<string> => {
  const signature = await sign(inputFor(alg), alg, key);
  if (typeof signature !== 'string') throw new Error(JSON.stringify(signature));
  return `${inputFor(alg)}.${signature}`;
};

const NODE_OPTIONS = (alg: string) =>
  alg.startsWith('PS') ? { padding: 6, saltLength: Number(alg.slice(2)) / 8 } : { dsaEncoding: 'ieee-p1363' as const };

const holdsInNode = (alg: string, token: string): boolean => {
  const at = token.lastIndexOf('.');
  const [input, signature] = [token.slice(0, at), Buffer.from(token.slice(at + 1), 'base64url')];
  if (alg.startsWith('HS')) {
    return createHmac(`sha${alg.slice(2)}`, SECRET)
      .update(input)
      .digest()
      .equals(signature);
  }
  const size = /^[RPE]S(\d+)/.exec(alg)?.[1];
  const key = { key: createPublicKey(publicPem(pairFor(alg))), ...NODE_OPTIONS(alg) };
  return nodeVerify(size ? `sha${size}` : null, Buffer.from(input), key, signature);
};

describe('every algorithm that the verifier knows', () => {
  test.each(SIGNING)('%s: it verifies here', async (alg) => {
    const token = await signed(alg);
    expect(await createVerifier()(decode(token), [given(keyFor(alg))])).toMatchObject({ state: 'verified', alg });
  });

  test.each(SIGNING.filter((alg) => !isMlDsa(alg)))('%s: node:crypto verifies it', async (alg) => {
    const token = await signed(alg);
    expect(holdsInNode(alg, token)).toBe(true);
    expect(holdsInNode(alg, `x${token}`)).toBe(false);
  });

  test.each(SIGNING.filter((alg) => /^(?:HS|RS|PS|ES)\d{3}$/.test(alg)))(
    '%s: jsonwebtoken verifies it',
    async (alg) => {
      const key = alg.startsWith('HS') ? SECRET : publicPem(pairFor(alg));
      const options = { algorithms: [alg as jsonwebtoken.Algorithm] };
      expect(jsonwebtoken.verify(await signed(alg), key, options)).toEqual(CLAIMS);
    },
  );

  test.each(SIGNING.filter((alg) => !/^(?:ES256K|Ed448|ML-DSA-\d+)$/.test(alg)))(
    '%s: jose verifies it',
    async (alg) => {
      const { payload } = await compactVerify(await signed(alg), await importJWK(keyFor(alg), alg));
      expect(JSON.parse(Buffer.from(payload).toString())).toEqual(CLAIMS);
    },
  );

  test('EdDSA is Ed448 too, by the key', async () => {
    const token = await signed('EdDSA', keyOf('Ed448'));
    const [signature, input] = [Buffer.from(token.split('.')[2] ?? '', 'base64url'), Buffer.from(inputFor('EdDSA'))];
    expect(nodeVerify(null, input, pairFor('Ed448').publicKey, signature)).toBe(true);
  });
});

describe('@noble', () => {
  const parts = (token: string) => {
    const at = token.lastIndexOf('.');
    return [
      new Uint8Array(Buffer.from(token.slice(at + 1), 'base64url')),
      new Uint8Array(Buffer.from(token.slice(0, at))),
    ] as const;
  };
  const octets = (member: string | undefined) => new Uint8Array(Buffer.from(member ?? '', 'base64url'));
  const own = (alg: string) => octets(privateJwk(pairFor(alg)).d);

  test.each([
    ['Ed25519', ed25519],
    ['EdDSA', ed25519],
    ['Ed448', ed448],
  ] as const)('%s, both ways', async (alg, curve) => {
    const [signature, input] = parts(await signed(alg));
    expect(curve.verify(signature, input, octets(publicJwk(pairFor(alg)).x))).toBe(true);
    // RFC 8032: there is one signature of a key and a text.
    expect(curve.sign(input, own(alg))).toEqual(signature);
  });

  test.each([
    ['ES256', p256],
    ['ES384', p384],
    ['ES512', p521],
    ['ES256K', secp256k1],
  ] as const)('%s, both ways', async (alg, curve) => {
    const [signature, input] = parts(await signed(alg));
    const publicKey = curve.getPublicKey(own(alg));
    expect(curve.verify(signature, input, publicKey, { lowS: false })).toBe(true);
    const token = `${inputFor(alg)}.${b64(curve.sign(input, own(alg), { lowS: false }))}`;
    expect(await createVerifier()(decode(token), [given(keyFor(alg))])).toMatchObject({ state: 'verified' });
  });

  test.each(Object.keys(ML_DSA).filter(isMlDsa))('%s', async (alg) => {
    const [signature, input] = parts(await signed(alg));
    expect(ML_DSA[alg].verify(signature, input, mlDsaPair(alg).publicKey)).toBe(true);
  });
});

test.each(SIGNING.filter((alg) => /^(?:HS|RS|PS|ES)\d{3}$/.test(alg)))(
  '%s: what jsonwebtoken signs verifies here',
  async (alg) => {
    const key = alg.startsWith('HS') ? SECRET : privatePem(pairFor(alg));
    const token = jsonwebtoken.sign(CLAIMS, key, { algorithm: alg as jsonwebtoken.Algorithm });
    expect(await createVerifier()(decode(token), [given(keyFor(alg))])).toMatchObject({ state: 'verified', alg });
  },
);

describe('a private key in any form', () => {
  const { x: _x, y: _y, ...bareEc } = privateJwk(pairFor('ES512'));
  const { x: _x25519, ...bareEd } = privateJwk(pairFor('Ed448'));

  test.each([
    ['RS256', 'PKCS#8', privatePem(pairFor('RS256'))],
    ['PS512', 'PKCS#1', privatePem(pairFor('RS256'), 'pkcs1')],
    ['ES256', 'SEC 1', privatePem(pairFor('ES256'), 'sec1')],
    ['ES512', 'a JWK without its public half', bareEc],
    ['ES256K', 'PKCS#8', privatePem(pairFor('ES256K'))],
    ['Ed25519', 'PKCS#8', privatePem(pairFor('Ed25519'))],
    ['Ed448', 'PKCS#8', privatePem(pairFor('Ed448'))],
    ['Ed448', 'a JWK without its public half', bareEd],
  ])('%s: %s', async (alg, _, text) => {
    const token = await signed(alg, read(text));
    expect(holdsInNode(alg, token)).toBe(true);
  });

  test('that of ssh-keygen', async () => {
    const { file, line } = sshKeygen('-t ed25519');
    const token = await signed('EdDSA', read(file));
    expect(await createVerifier()(decode(token), [given(line)])).toMatchObject({ state: 'verified' });
  });

  test('one that says it is for something else', async () => {
    const key = read(privateJwk(pairFor('RS256'), { use: 'enc', key_ops: ['decrypt'], alg: 'RSA-OAEP' }));
    expect(holdsInNode('RS256', await signed('RS256', key))).toBe(true);
  });

  test('RSA for PSS only', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa-pss', { modulusLength: 2048 });
    const token = await signed('PS256', read(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()));
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    expect(await createVerifier()(decode(token), [given(pem)])).toMatchObject({ state: 'verified' });
  });

  const seed = Buffer.alloc(32, 7);
  const long = Buffer.from(mlDsaPair('ML-DSA-44').secretKey);
  test.each([
    ['its seed', Buffer.concat([Buffer.from('8020', 'hex'), seed])],
    ['its long form', Buffer.concat([Buffer.from('04820a00', 'hex'), long])],
    ['both', Buffer.concat([Buffer.from('30820a260420', 'hex'), seed, Buffer.from('04820a00', 'hex'), long])],
  ])('ML-DSA-44 as %s (RFC 9881 section 6)', async (_, key) => {
    const tlv = (tag: number, content: Buffer) =>
      Buffer.concat([Buffer.of(tag, 0x82, content.length >> 8, content.length & 0xff), content]);
    const algorithm = Buffer.from('300b0609608648016503040311', 'hex');
    const der = tlv(0x30, Buffer.concat([Buffer.from('020100', 'hex'), algorithm, tlv(4, key)]));
    const token = await signed('ML-DSA-44', read(der.toString('base64')));
    expect(await createVerifier()(decode(token), [given(keyFor('ML-DSA-44'))])).toMatchObject({ state: 'verified' });
  });
});

describe('HMAC takes any secret', () => {
  const secret = (bytes: Uint8Array): KeyCandidate => ({ format: 'secret', kty: 'oct', bytes: new Uint8Array(bytes) });

  test.each(['HS256', 'HS384', 'HS512'])('%s with none at all, as node has it', async (alg) => {
    const expected = createHmac(`sha${alg.slice(2)}`, '')
      .update('a.b')
      .digest('base64url');
    expect(await sign('a.b', alg, read({ kty: 'oct', k: '' }))).toBe(expected);
  });

  test('over any text', async () => {
    const alg = fc.constantFrom('HS256', 'HS384', 'HS512');
    await fc.assert(
      fc.asyncProperty(
        alg,
        fc.uint8Array({ maxLength: 200 }),
        fc.string({ unit: 'binary' }),
        async (name, key, text) => {
          const expected = createHmac(`sha${name.slice(2)}`, key)
            .update(text)
            .digest('base64url');
          expect(await sign(text, name, secret(key))).toBe(expected);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('work', () => {
  afterEach(() => vi.restoreAllMocks());

  test('a key is imported once for each algorithm', async () => {
    const importKey = vi.spyOn(crypto.subtle, 'importKey');
    const [one, key] = [createSigner(), read(privateJwk(pairFor('RS256')))];
    await Promise.all(['a', 'b', 'c'].map((input) => one(input, 'RS256', key)));
    await one('d', 'RS256', key);
    expect(importKey).toHaveBeenCalledTimes(1);
    await one('a', 'PS256', key);
    expect(importKey).toHaveBeenCalledTimes(2);
  });

  test('many signatures in software are not one long task', async () => {
    await signed('Ed448');
    let turns = 0;
    const beat = setInterval(() => {
      turns += 1;
    }, 0);
    await Promise.all(Array.from({ length: 20 }, (_, index) => sign(String(index), 'Ed448', keyOf('Ed448'))));
    clearInterval(beat);
    expect(turns).toBeGreaterThan(10);
  });

  test('a chunk that does not load: the algorithm cannot be computed here', async () => {
    vi.doMock('../../../src/core/trust/software-ed448.ts', () => {
      throw new Error('gone');
    });
    vi.resetModules();
    try {
      const fresh = await import('../../../src/core/trust/sign.ts');
      const made = await fresh.createSigner()('a.b', 'Ed448', keyOf('Ed448'));
      expect(made).toEqual({ state: 'cannot_be_checked', reason: 'alg_unsupported_here', detail: ['Ed448'] });
    } finally {
      vi.doUnmock('../../../src/core/trust/software-ed448.ts');
    }
  });

  test('a platform that lacks an algorithm that it should have', async () => {
    vi.spyOn(crypto.subtle, 'importKey').mockRejectedValue(new DOMException('', 'NotSupportedError'));
    const made = await createSigner()('a.b', 'ES256', read(privateJwk(pairFor('ES256'))));
    expect(made).toEqual({ state: 'cannot_be_checked', reason: 'alg_unsupported_here', detail: ['ES256'] });
  });

  test('a platform that fails as it signs', async () => {
    vi.spyOn(crypto.subtle, 'sign').mockRejectedValue(new DOMException('no', 'OperationError'));
    const made = await createSigner()('a.b', 'ES256', read(privateJwk(pairFor('ES256'))));
    expect(made).toEqual({ state: 'key_does_not_fit', reason: 'not_a_key', detail: ['refused', 'no'] });
  });
});
