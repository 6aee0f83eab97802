import { constants, createPrivateKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { PublicKey } from '../../../src/core/trust/key.ts';
import { readKey } from '../../../src/core/trust/read-key.ts';
import { PAIRS } from '../../fixtures/key-pairs.ts';
import { type KeyPair, pairFor, privateJwk, privatePem, publicJwk } from '../../fixtures/keys.ts';

const only = (text: string | object): PublicKey => {
  const reading = readKey(typeof text === 'string' ? text : JSON.stringify(text));
  if ('error' in reading) throw new Error(`${reading.error} ${reading.detail}`);
  const [key] = reading.candidates;
  if (reading.candidates.length !== 1 || !key || key.kty === 'oct') throw new Error('not one public key');
  return key;
};

/** The private half as node understands it. */
const privateHalf = ({ privateMaterial }: PublicKey): KeyObject | undefined =>
  privateMaterial instanceof Uint8Array
    ? createPrivateKey({ key: Buffer.from(privateMaterial), format: 'der', type: 'pkcs8' })
    : privateMaterial && createPrivateKey({ key: privateMaterial, format: 'jwk' });

const pairs: readonly (readonly [string, KeyPair])[] = [
  ...PAIRS,
  ['RSA-PSS', generateKeyPairSync('rsa-pss', { modulusLength: 2048 })],
];

/** Of RSA-PSS node gives no JWK: its numbers are those of an RSA key, and what they sign is signed by the pair. */
const samePrivate = (key: PublicKey, pair: KeyPair): void => {
  const half = privateHalf(key);
  if (pair.privateKey.asymmetricKeyType !== 'rsa-pss') {
    expect(half?.export({ format: 'jwk' })).toEqual(privateJwk(pair));
    return;
  }
  const signature = half && sign('sha256', Buffer.from('x'), { key: half, padding: constants.RSA_PKCS1_PSS_PADDING });
  expect(signature && verify('sha256', Buffer.from('x'), pair.publicKey, signature)).toBe(true);
};

describe('the private half is kept beside the public one', () => {
  test.each(pairs)('PKCS#8 of %s', (_, pair) => {
    const key = only(privatePem(pair));
    expect(key.fromPrivate).toBe(true);
    samePrivate(key, pair);
  });

  test.each(pairs.filter(([name]) => name !== 'RSA-PSS'))('JWK of %s', (_, pair) => {
    const key = only(privateJwk(pair));
    samePrivate(key, pair);
    expect(key.material).toEqual(publicJwk(pair));
  });

  test('PKCS#1', () => samePrivate(only(privatePem(pairFor('RS256'), 'pkcs1')), pairFor('RS256')));

  test.each(['ES256', 'ES384', 'ES512', 'ES256K'])('SEC 1 of the key of %s', (alg) => {
    samePrivate(only(privatePem(pairFor(alg), 'sec1')), pairFor(alg));
  });

  test.each(pairs.filter(([name]) => !name.startsWith('RSA')))('a JWK of %s with d and no public half', (_, pair) => {
    const { x: _x, y: _y, ...jwk } = privateJwk(pair);
    samePrivate(only(jwk), pair);
  });

  test('a d with the zeros before it left out, or with more of them', () => {
    // The number 1: its public half is the generator of P-256.
    const one = (d: Buffer) => only({ kty: 'EC', crv: 'P-256', d: d.toString('base64url') });
    const [x, y] = ['axfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpY', 'T-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU'];
    for (const d of [Buffer.from([1]), Buffer.concat([Buffer.alloc(40), Buffer.from([1])])])
      expect(privateHalf(one(d))?.export({ format: 'jwk' })).toMatchObject({ x, y });
  });

  test('Ed25519 in the form of RFC 5958 that carries both halves', () => {
    // RFC 8410 section 10.3
    const key = only(
      [
        '-----BEGIN PRIVATE KEY-----',
        'MHICAQEwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC',
        'oB8wHQYKKoZIhvcNAQkJFDEPDA1DdXJkbGUgQ2hhaXJzgSEAGb9ECWmEzf6FQbrB',
        'Z9w7lshQhqowtrbLDFw4rXAxZuE=',
        '-----END PRIVATE KEY-----',
      ].join('\n'),
    );
    expect(key.material).toEqual({ kty: 'OKP', crv: 'Ed25519', x: 'Gb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE' });
    expect(privateHalf(key)?.export({ format: 'jwk' })).toMatchObject(key.material);
  });
});

describe('a private half that cannot be one', () => {
  const ec = pairFor('ES256');
  const rsa = pairFor('RS256');

  test.each([
    ['EC with d of another curve', { ...publicJwk(ec), d: privateJwk(pairFor('ES512')).d }],
    ['EC with d of nothing', { ...publicJwk(ec), d: '' }],
    ['EC with d that is no text', { ...publicJwk(ec), d: 5 }],
    ['EC with d of zero', { ...publicJwk(ec), d: 'AAAA' }],
    ['Ed25519 with a short d', { ...publicJwk(pairFor('Ed25519')), d: 'AAAA' }],
    ['RSA without its primes', { ...publicJwk(rsa), d: privateJwk(rsa).d }],
    ['RSA of more than two primes', { ...privateJwk(rsa), oth: [] }],
  ])('%s leaves the public half', (_, jwk) => {
    const key = only(jwk);
    expect(key.fromPrivate).toBe(true);
    expect(key.privateMaterial).toBeUndefined();
    expect(key.material).toEqual(expect.objectContaining({ kty: jwk.kty }));
    expect(key.material).not.toHaveProperty('d');
  });

  test.each([
    ['EC, and no public half either', { kty: 'EC', crv: 'P-256', d: '' }, 'x'],
    ['EC with one coordinate', { ...privateJwk(ec), y: undefined }, 'y'],
    ['a curve nobody knows', { kty: 'EC', crv: 'P-999', d: 'AQAB' }, 'x'],
  ])('%s is an error', (_, jwk, detail) => {
    expect(readKey(JSON.stringify(jwk))).toEqual({ error: 'member', detail });
  });
});
