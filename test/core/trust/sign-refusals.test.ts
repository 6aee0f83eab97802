/** Why a key signs nothing, each reason once; and that whatever is called a key is answered. */
import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readKey } from '../../../src/core/trust/read-key.ts';
import { createSigner } from '../../../src/core/trust/sign.ts';
import { certificate, pairFor, privateJwk, privatePem, publicJwk, publicPem, rsaPair } from '../../fixtures/keys.ts';
import { SIGNING } from '../../fixtures/more-algorithms.ts';
import { read } from '../../fixtures/read.ts';

const sign = createSigner();

const b64 = (octets: Uint8Array): string => Buffer.from(octets).toString('base64url');

describe('what signs nothing', () => {
  const { p: _, ...primeless } = privateJwk(pairFor('RS256'));
  // The order of P-256, which is no private number of it.
  const order = Buffer.from('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551', 'hex');
  const fits = 'key_does_not_fit';
  const cannot = 'cannot_be_checked';

  test.each([
    ['a public key', 'RS256', publicPem(pairFor('RS256')), fits, 'no_private_half', ['RS256']],
    ['a public JWK', 'Ed448', publicJwk(pairFor('Ed448')), fits, 'no_private_half', ['Ed448']],
    ['a secret for RSA', 'RS256', 'secret', fits, 'secret_for_private_alg', ['RS256']],
    ['RSA for a secret', 'HS256', privatePem(pairFor('RS256')), fits, 'wrong_key_type', ['RSA', 'HS256']],
    ['RSA for EC', 'ES256', privatePem(pairFor('RS256')), fits, 'wrong_key_type', ['RSA', 'ES256']],
    ['another curve', 'ES256', privatePem(pairFor('ES512')), fits, 'wrong_curve', ['P-521', 'ES256']],
    ['another Edwards curve', 'Ed448', privatePem(pairFor('Ed25519')), fits, 'wrong_key_type', ['Ed25519', 'Ed448']],
    ['RSA without its primes', 'RS256', primeless, fits, 'not_a_key', ['member', 'p']],
    [
      'an EC key whose d is none',
      'ES256',
      { ...publicJwk(pairFor('ES256')), d: '' },
      fits,
      'not_a_key',
      ['member', 'd'],
    ],
    ['none', 'none', 'secret', 'unsecured', 'unsecured', undefined],
    ['None', 'nOnE', 'secret', 'unsecured', 'unsecured', undefined],
    ['an algorithm of JWE', 'RSA-OAEP', privatePem(pairFor('RS256')), cannot, 'alg_not_signature', ['RSA-OAEP']],
    ['a prohibited one', 'HS1', 'secret', cannot, 'alg_prohibited', ['HS1']],
    ['an unknown one', 'hs256', 'secret', cannot, 'alg_unknown', ['hs256']],
    ['no name', '', 'secret', 'malformed', 'alg_missing', undefined],
  ])('%s', async (_name, alg, key, state, reason, detail) => {
    expect(await sign('a.b', alg, read(key))).toEqual({ state, reason, ...(detail && { detail }) });
  });

  test('a certificate', async () => {
    const key = read(await certificate(pairFor('ES256')));
    expect(await sign('a.b', 'ES256', key)).toMatchObject({ reason: 'no_private_half' });
  });

  test('a key that is only agreed with', async () => {
    const { privateKey } = generateKeyPairSync('x25519');
    const key = read(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
    expect(await sign('a.b', 'EdDSA', key)).toMatchObject({ reason: 'wrong_use', detail: ['X25519', 'EdDSA'] });
  });

  test('an RSA key that is too small', async () => {
    expect(await sign('a.b', 'RS256', read(privatePem(rsaPair(1024))))).toMatchObject({
      reason: 'rsa_too_small',
      detail: ['1024', 'RS256'],
    });
  });

  test.each([
    ['ES256', { kty: 'EC', crv: 'P-256', d: b64(order) }],
    ['ES256', { ...publicJwk(pairFor('ES256')), d: b64(order) }],
    ['ES256K', { ...publicJwk(pairFor('ES256K')), d: b64(Buffer.alloc(32, 0xff)) }],
    ['RS256', { ...privateJwk(pairFor('RS256')), p: 'AAAA', q: 'AAAA' }],
  ])('a number that is none of the curve, or of the key: %s (%#)', async (alg, jwk) => {
    const failure = await sign('a.b', alg, read(jwk));
    expect(failure).toMatchObject({ state: fits, reason: 'not_a_key' });
    expect(typeof failure === 'object' && failure.detail?.[0]).toBe('refused');
  });

  test('whatever is called a key', async () => {
    const member = fc.oneof(fc.constant('AQAB'), fc.base64String(), fc.constant(b64(Buffer.alloc(32, 1))));
    const names = ['n', 'e', 'x', 'y', 'k', 'd', 'p', 'q', 'dp', 'dq', 'qi', 'pub', 'priv'];
    const jwk = fc.record({
      kty: fc.constantFrom('RSA', 'EC', 'OKP', 'AKP', 'oct'),
      crv: fc.constantFrom('P-256', 'P-521', 'secp256k1', 'Ed25519', 'Ed448', 'X448', ''),
      alg: fc.constantFrom('ML-DSA-44', 'RS256', ''),
      ...Object.fromEntries(names.map((name) => [name, member])),
    });
    await fc.assert(
      fc.asyncProperty(jwk, fc.constantFrom(...SIGNING), async (value, alg) => {
        const reading = readKey(JSON.stringify(value));
        if ('error' in reading || !reading.candidates[0]) return;
        const made = await sign('a.b', alg, reading.candidates[0]);
        if (typeof made === 'string') expect(made).toMatch(/^[\w-]+$/);
        else expect(made.reason).not.toBe('ok');
      }),
      { numRuns: 300 },
    );
  });
});
