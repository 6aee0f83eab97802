import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KeyReading, KeysRead } from '../../../src/core/trust/key.ts';
import { MAX_KEY_TEXT, readKey } from '../../../src/core/trust/read-key.ts';
import {
  certificate,
  ecPair,
  edPair,
  pairFor,
  privateJwk,
  privatePem,
  publicJwk,
  publicPem,
} from '../../fixtures/keys.ts';

const keys = (reading: KeyReading): KeysRead => {
  if ('error' in reading) throw new Error(`${reading.error} ${reading.detail}`);
  return reading;
};
const only = (text: string) => {
  const { candidates } = keys(readKey(text));
  expect(candidates).toHaveLength(1);
  return candidates[0];
};
const publicMembers = ({ kty, crv, x, y, n, e }: Record<string, unknown>) =>
  JSON.parse(JSON.stringify({ kty, crv, x, y, n, e }));

const rsa = pairFor('RS256');
const ec = pairFor('ES256');
const ed = pairFor('EdDSA');

describe('formats', () => {
  test.each([
    ['spki', publicPem(rsa), rsa, undefined],
    ['spki', publicPem(ec), ec, undefined],
    ['spki', publicPem(pairFor('ES384')), pairFor('ES384'), undefined],
    ['spki', publicPem(pairFor('ES512')), pairFor('ES512'), undefined],
    ['spki', publicPem(pairFor('ES256K')), pairFor('ES256K'), undefined],
    ['spki', publicPem(ed), ed, undefined],
    ['spki', publicPem(pairFor('Ed448')), pairFor('Ed448'), undefined],
    ['pkcs1_public', publicPem(rsa, 'pkcs1'), rsa, undefined],
    ['pkcs1_private', privatePem(rsa, 'pkcs1'), rsa, true],
    ['pkcs8', privatePem(rsa), rsa, true],
    ['pkcs8', privatePem(ec), ec, true],
    ['sec1_private', privatePem(ec, 'sec1'), ec, true],
    ['sec1_private', privatePem(pairFor('ES512'), 'sec1'), pairFor('ES512'), true],
    ['jwk', JSON.stringify(publicJwk(rsa)), rsa, undefined],
    ['jwk', JSON.stringify(privateJwk(rsa)), rsa, true],
    ['jwk', JSON.stringify(publicJwk(ec)), ec, undefined],
    ['jwk', JSON.stringify(privateJwk(ed)), ed, true],
  ])('%s gives the public JWK that node exports', (format, text, pair, fromPrivate) => {
    expect(only(text)).toMatchObject({
      format,
      ...(fromPrivate && { fromPrivate }),
      material: publicMembers(publicJwk(pair)),
    });
    const candidate = only(text);
    expect(candidate && 'material' in candidate && Object.keys(candidate.material)).not.toContain('d');
  });

  test.each([
    ['RSA', rsa],
    ['P-256', ec],
    ['P-521', pairFor('ES512')],
    ['Ed25519', ed],
  ])('x509 of %s', async (_, pair) => {
    expect(only(await certificate(pair))).toMatchObject({ format: 'x509', material: publicMembers(publicJwk(pair)) });
  });

  test('PKCS#8 of Ed25519 keeps the octets, since the public half is not in them', () => {
    expect(only(privatePem(ed))).toMatchObject({ format: 'pkcs8', kty: 'OKP', variant: 'Ed25519', fromPrivate: true });
  });

  test('an RSASSA-PSS key is an RSA key', () => {
    const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 });
    expect(only(publicPem(pss))).toMatchObject({ kty: 'RSA', bits: 2048 });
    expect(only(privatePem(pss))).toMatchObject({ kty: 'RSA', bits: 2048, fromPrivate: true });
  });

  test('the size of an RSA key', () => {
    const small = generateKeyPairSync('rsa', { modulusLength: 1024 });
    expect(only(publicPem(small))).toMatchObject({ bits: 1024 });
    expect(only(JSON.stringify(publicJwk(small)))).toMatchObject({ bits: 1024 });
  });

  test('JWKS: every key with its kid, and oct keys among them', () => {
    const set = {
      keys: [publicJwk(rsa, { kid: 'a', use: 'sig' }), publicJwk(ec, { kid: 'b' }), { kty: 'oct', k: 'AAEC' }],
    };
    const { format, candidates } = keys(readKey(JSON.stringify(set)));
    expect(format).toBe('jwks');
    expect(candidates.map(({ kty, kid }) => [kty, kid])).toEqual([
      ['RSA', 'a'],
      ['EC', 'b'],
      ['oct', undefined],
    ]);
    expect(candidates[0]?.intent?.use).toBe('sig');
    expect(candidates[2]).toMatchObject({ bytes: new Uint8Array([0, 1, 2]) });
  });

  test('a set keeps its good keys and tells of the others', () => {
    const set = { keys: [{ kty: 'RSA', n: '!' }, publicJwk(ec), 7, { kty: 'NTRU' }] };
    const { candidates, skipped } = keys(readKey(JSON.stringify(set)));
    expect(candidates).toHaveLength(1);
    expect(skipped).toEqual([
      { error: 'member', detail: 'n' },
      { error: 'not_a_jwk' },
      { error: 'kty', detail: 'NTRU' },
    ]);
  });

  test('a bare array of JWKs is a set', () => {
    expect(keys(readKey(JSON.stringify([publicJwk(ec)])))).toMatchObject({ format: 'jwks' });
  });

  test('ML-DSA as JWK', () => {
    expect(only(JSON.stringify({ kty: 'AKP', alg: 'ML-DSA-65', pub: 'AAAA' }))).toMatchObject({
      kty: 'AKP',
      variant: 'ML-DSA-65',
    });
  });
});

describe('as it is pasted', () => {
  const pem = publicPem(ec);
  const material = publicMembers(publicJwk(ec));

  test.each([
    ['white space around', `\n  ${pem}\t\n`],
    ['quotes', `"${pem.trim()}"`],
    ['\\n as in env files', pem.replaceAll('\n', '\\n')],
    ['\\r\\n as in env files', pem.replaceAll('\n', '\\r\\n')],
    ['CRLF', pem.replaceAll('\n', '\r\n')],
    ['a JSON string', JSON.stringify(pem)],
    ['no line breaks', pem.replaceAll('\n', '')],
    ['text before and after', `Our key:\n${pem}\nBye.`],
    ['base64 without its lines', pem.replace(/-----[^-]+-----|\n/g, '')],
    ['a label that is wrong', pem.replaceAll('PUBLIC KEY', 'RSA PUBLIC KEY')],
  ])('PEM with %s', (_, text) => {
    expect(only(text)).toMatchObject({ format: 'spki', material });
  });

  test('EC PARAMETERS before the key, as openssl ecparam writes', () => {
    const parameters = '-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n';
    expect(only(parameters + privatePem(ec, 'sec1'))).toMatchObject({ format: 'sec1_private' });
  });

  test('several PEM blocks', () => {
    const { candidates } = keys(readKey(publicPem(rsa) + publicPem(ec)));
    expect(candidates.map(({ kty }) => kty)).toEqual(['RSA', 'EC']);
  });

  test('a JWK with white space around', () => {
    expect(only(`\n ${JSON.stringify(publicJwk(ec), null, 2)} `)).toMatchObject({ format: 'jwk', material });
  });

  test('a JWK in plain base64 with padding', () => {
    const { x = '', y = '' } = publicJwk(ec);
    const plain = (text: string) => Buffer.from(text, 'base64url').toString('base64');
    expect(only(JSON.stringify({ kty: 'EC', crv: 'P-256', x: plain(x), y: plain(y) }))).toMatchObject({ material });
  });
});

describe('PEM inside of JSON', () => {
  const pem = publicPem(ec);

  test('by kid, as Google publishes certificates', async () => {
    const read = readKey(JSON.stringify({ a: await certificate(rsa), b: await certificate(ec), c: 'x' }));
    expect(keys(read).candidates.map(({ kid }) => kid)).toEqual([undefined, undefined]);
    const named = keys(readKey(JSON.stringify({ a: await certificate(rsa), b: await certificate(ec) })));
    expect(named.format).toBe('x509');
    expect(named.candidates.map(({ kty, kid }) => [kty, kid])).toEqual([
      ['RSA', 'a'],
      ['EC', 'b'],
    ]);
  });

  test('somewhere, as in a file of service credentials', () => {
    expect(only(JSON.stringify({ type: 'service_account', private_key: privatePem(rsa) }))).toMatchObject({
      format: 'pkcs8',
      material: publicMembers(publicJwk(rsa)),
    });
  });

  test('beside the members of a JWK, which count', () => {
    expect(only(JSON.stringify({ ...publicJwk(rsa), kid: 'a', pem }))).toMatchObject({ format: 'jwk', kid: 'a' });
    expect(only(JSON.stringify({ keys: [{ ...publicJwk(rsa), kid: 'a', pem }] }))).toMatchObject({ kid: 'a' });
  });
});

test('a bracket does not make a secret JSON', () => {
  expect(keys(readKey('{secret'))).toMatchObject({ format: 'secret' });
});

describe('what is no key says why', () => {
  const ecPem = publicPem(ec);
  const dsa = generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 });
  const locked = { cipher: 'aes-256-cbc', passphrase: 'x', format: 'pem' } as const;

  test.each([
    ['empty', '', undefined],
    ['too_large', 'x'.repeat(MAX_KEY_TEXT + 1), undefined],
    ['pem_cut', ecPem.slice(0, 80), 'PUBLIC KEY'],
    ['pem_cut', ecPem.replace('END PUBLIC', 'END PRIVATE'), 'PUBLIC KEY'],
    ['pem_cut', '-----BEGIN PUBLIC', ''],
    ['pem_cut', ecPem.replace('-----BEGIN PUBLIC KEY-----\n', ''), 'PUBLIC KEY'],
    ['pem_cut', ecPem.slice(30), 'PUBLIC KEY'],
    ['pem_cut', ecPem.replace('-----BEGIN', '----BEGIN'), 'PUBLIC KEY'],
    ['pem_cut', ecPem.replaceAll('-----', '---'), 'PUBLIC KEY'],
    ['pem_cut', ecPem.replace('-----BEGIN PUBLIC KEY-----\n', '').replace(' PUBLIC KEY-----', ''), ''],
    ['pem_base64', ecPem.replace('MFk', 'M*k'), 'PUBLIC KEY'],
    ['der', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----', 'PUBLIC KEY'],
    ['pem_label', '-----BEGIN X-----\nAAAA\n-----END X-----', 'X'],
    ['encrypted', rsa.privateKey.export({ type: 'pkcs8', ...locked }).toString(), undefined],
    ['encrypted', rsa.privateKey.export({ type: 'pkcs1', ...locked }).toString(), undefined],
    ['dsa', publicPem(dsa), undefined],
    ['json', '{"kty":"RSA",', undefined],
    ['not_a_jwk', '{"a":1}', undefined],
    ['kty', '{"kty":"NTRU"}', 'NTRU'],
    ['member', '{"kty":"EC","crv":"P-256","x":"AAAA"}', 'y'],
    ['member', '{"kty":"EC","x":"AAAA","y":"AAAA"}', 'crv'],
    ['member', '{"kty":"RSA","n":5,"e":"AQAB"}', 'n'],
    ['member', '{"kty":"oct"}', 'k'],
    ['no_keys', '{"keys":[]}', undefined],
    ['no_keys', '-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----', undefined],
  ])('%s', (error, text, detail) => {
    expect(readKey(text)).toMatchObject(detail === undefined ? { error } : { error, detail });
  });
});

describe('no text at all makes it throw', () => {
  const mangled = fc
    .tuple(
      fc.constantFrom(publicPem(ec), privatePem(rsa), privatePem(edPair()), JSON.stringify(publicJwk(ecPair('P-256')))),
      fc.nat(),
      fc.string(),
    )
    .map(([text, at, junk]) => text.slice(0, at % text.length) + junk + text.slice((at % text.length) + junk.length));

  test('any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void readKey(text)));
  });

  test('keys with damage in them', () => {
    fc.assert(
      fc.property(mangled, (text) => void readKey(text)),
      { numRuns: 500 },
    );
  });

  test('any octets between PEM lines', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const body = Buffer.from([0x30, ...bytes]).toString('base64');
        expect(readKey(`-----BEGIN PUBLIC KEY-----${body}-----END PUBLIC KEY-----`)).toHaveProperty('error');
      }),
    );
  });

  test('any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('RSA', 'EC', 'OKP', 'AKP', 'oct'), (value, kty) => {
        readKey(JSON.stringify(value));
        readKey(JSON.stringify({ kty, n: value, e: value, crv: value, x: value, k: value, alg: value, pub: value }));
        readKey(JSON.stringify({ keys: value }));
      }),
    );
  });

  test('a megabyte of dashes, or of PEM ends', () => {
    expect(readKey('-'.repeat(1_000_000))).toMatchObject({ format: 'secret' });
    expect(readKey('---END'.repeat(170_000))).toMatchObject({ error: 'pem_cut' });
    expect(readKey('---END A'.repeat(130_000))).toMatchObject({ error: 'pem_cut', detail: 'A' });
  });

  test('a megabyte of PEM beginnings', () => {
    expect(readKey('-----BEGIN A-----'.repeat(60_000))).toMatchObject({ error: 'pem_cut' });
  });
});
