/** What is signed here holds for openssl, and what openssl signs holds here: with keys made here, and by openssl. */
import { beforeAll, describe, expect, test } from 'vitest';
import { decode } from '../../../src/core/token/decode.ts';
import { generateKey } from '../../../src/core/trust/generate-key.ts';
import { createSigner } from '../../../src/core/trust/sign.ts';
import type { GeneratedKey } from '../../../src/core/trust/signing.ts';
import { createVerifier } from '../../../src/core/trust/verify.ts';
import { fromDer, toDer } from '../../fixtures/ecdsa-der.ts';
import { given, pairFor, privatePem, publicPem } from '../../fixtures/keys.ts';
import { OPENSSL_SIGNS, openssl, opensslSign, opensslVerify } from '../../fixtures/openssl.ts';
import { randomOctets } from '../../fixtures/random-octets.ts';
import { read } from '../../fixtures/read.ts';
import { CLAIMS, encodeSegment } from '../../fixtures/tokens.ts';

const sign = createSigner();

const signingInput = (alg: string): string => `${encodeSegment({ alg })}.${encodeSegment(CLAIMS)}`;

test('every algorithm that openssl has is tried', () => {
  expect(OPENSSL_SIGNS).toHaveLength(13);
});

/** RSA takes long to make: the algorithms of a family share theirs. */
const FAMILIES = [
  ['RS256', ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512']],
  ['EdDSA', ['EdDSA', 'Ed25519']],
  ...['ES256', 'ES384', 'ES512', 'ES256K', 'Ed448'].map((alg) => [alg, [alg]] as const),
] as const;

describe.each(FAMILIES)('a key made for %s', (maker, algorithms) => {
  let made: GeneratedKey;
  beforeAll(async () => {
    const key = await generateKey(maker, randomOctets);
    if ('state' in key) throw new Error(key.reason);
    made = key;
  });

  test('openssl reads it, and writes the same public key', () => {
    expect(openssl('pkey -pubout', made.pem).toString()).toBe(made.publicPem);
    expect(openssl('pkey -pubin -pubout', made.publicPem).toString()).toBe(made.publicPem);
    expect(openssl('pkey -check -noout', made.pem).toString()).toContain('Key is valid');
  });

  test('and the same private key, octet by octet', () => {
    expect(openssl('pkcs8 -topk8 -nocrypt', made.pem).toString()).toBe(made.pem);
  });

  test.each(algorithms)('signed here by %s, openssl verifies', async (alg) => {
    const input = signingInput(alg);
    const signature = await sign(input, alg, made.key);
    if (typeof signature !== 'string') throw new Error(signature.reason);
    const octets = toDer(alg, Buffer.from(signature, 'base64url'));
    expect(opensslVerify(alg, made.publicPem ?? '', input, octets)).toBe(true);
    expect(opensslVerify(alg, made.publicPem ?? '', `${input}x`, octets)).toBe(false);
  });

  test.each(algorithms)('signed by openssl by %s, it verifies here', async (alg) => {
    const input = signingInput(alg);
    const signature = fromDer(alg, opensslSign(alg, made.pem ?? '', input));
    const token = `${input}.${Buffer.from(signature).toString('base64url')}`;
    for (const key of [made.jwk, made.publicJwk ?? '', made.pem ?? '', made.publicPem ?? '']) {
      expect(await createVerifier()(decode(token), [given(key)])).toMatchObject({ state: 'verified', alg });
    }
  });
});

test.each(OPENSSL_SIGNS)('%s with a key that openssl made', async (alg) => {
  const pair = pairFor(alg);
  const input = signingInput(alg);
  const signature = await sign(input, alg, read(privatePem(pair)));
  expect(signature).toBeTypeOf('string');
  expect(opensslVerify(alg, publicPem(pair), input, toDer(alg, Buffer.from(String(signature), 'base64url')))).toBe(
    true,
  );
});
