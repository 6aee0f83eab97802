import { createHmac, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import { decode } from '../../../src/core/token/decode.ts';
import '../../../src/core/token/json-serialization.ts';
import type { RingKey } from '../../../src/core/trust/signature.ts';
import { createVerifier } from '../../../src/core/trust/verify.ts';
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
import { CLAIMS, compact, encodeSegment, hmacToken, SECRET, signedToken } from '../../fixtures/tokens.ts';

const check = (token: string, keys: readonly RingKey[], alg?: string) => createVerifier()(decode(token), keys, { alg });

const RSA = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'];
const EC = ['ES256', 'ES384', 'ES512'];
const ED = ['EdDSA', 'Ed25519'];

describe('every algorithm with every format of key', () => {
  const rsaFormats = ['pkcs1', 'pkcs1 private'];
  const common = ['spki', 'pkcs8', 'x509', 'jwk', 'private jwk', 'jwks'];
  const cases = [
    ...RSA.flatMap((alg) => [...common, ...rsaFormats].map((format) => [alg, format])),
    ...EC.flatMap((alg) => [...common, 'sec1 private'].map((format) => [alg, format])),
    ...ED.flatMap((alg) => common.map((format) => [alg, format])),
  ];
  const write = async (alg: string, format: string): Promise<string> => {
    const pair = pairFor(alg);
    switch (format) {
      case 'pkcs1':
        return publicPem(pair, 'pkcs1');
      case 'pkcs1 private':
        return privatePem(pair, 'pkcs1');
      case 'sec1 private':
        return privatePem(pair, 'sec1');
      case 'pkcs8':
        return privatePem(pair);
      case 'x509':
        return certificate(pair);
      case 'jwk':
        return JSON.stringify(publicJwk(pair));
      case 'private jwk':
        return JSON.stringify(privateJwk(pair));
      case 'jwks':
        return JSON.stringify({ keys: [publicJwk(edPair()), publicJwk(pair)] });
      default:
        return publicPem(pair);
    }
  };

  test.each(cases)('%s, %s', async (alg = '', format = '') => {
    const key = given(await write(alg, format));
    const answer = await check(await signedToken(alg), [key]);
    expect(answer).toMatchObject({ state: 'verified', reason: 'ok', alg, key: { id: key.id, provenance: 'given' } });
    expect(answer.key?.fromPrivate).toBe(/private|pkcs8/.test(format) ? true : undefined);
    expect(answer.disagrees).toBeUndefined();
    expect(answer.forced).toBeUndefined();
  });

  test('an EC key in PKCS#8 without its public half', async () => {
    const { d = '' } = privateJwk(pairFor('ES256'));
    const head = '3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420';
    const body = Buffer.concat([Buffer.from(head, 'hex'), Buffer.from(d, 'base64url')]).toString('base64');
    const pem = `-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----`;
    expect(await check(await signedToken('ES256'), [given(pem)])).toMatchObject({ state: 'verified' });
  });
});

describe('secrets', () => {
  const octets = Buffer.from('00ff10ab99fb3e7f00ff10ab99fb3e7f', 'hex');

  test.each([
    ['text', SECRET, SECRET],
    ['text', SECRET, `"${SECRET}"\n`],
    ['base64', octets, octets.toString('base64')],
    ['base64url', octets, octets.toString('base64url')],
    ['hex', octets, octets.toString('hex')],
  ])('read as %s', async (reading, secret, text) => {
    for (const alg of ['HS256', 'HS384', 'HS512']) {
      const answer = await check(hmacToken(secret, { alg }), [given(text)]);
      expect(answer).toMatchObject({ state: 'verified', alg, key: { format: 'secret', reading } });
    }
  });

  test('a wrong secret names no reading', async () => {
    const answer = await check(hmacToken(SECRET), [given('c2VjcmV0')]);
    expect(answer).toMatchObject({ state: 'mismatch', reason: 'bad_signature', key: { format: 'secret' } });
    expect(answer.key?.reading).toBeUndefined();
  });

  test('a short secret is no obstacle', async () => {
    expect(await check(hmacToken('x'), [given('x')])).toMatchObject({ state: 'verified' });
  });

  test('an oct JWK, alone and in a set', async () => {
    const jwk = { kty: 'oct', k: octets.toString('base64url'), kid: 'a1' };
    expect(await check(hmacToken(octets), [given(jwk)])).toMatchObject({ state: 'verified', key: { format: 'jwk' } });
    const set = given({ keys: [publicJwk(pairFor('RS256')), jwk] });
    expect(await check(hmacToken(octets), [set])).toMatchObject({
      state: 'verified',
      key: { format: 'jwks', kid: 'a1' },
    });
  });

  test('the blank secret, which the browsers do not compute', async () => {
    const blank = given({ kty: 'oct', k: '' });
    expect(await check(hmacToken(''), [blank])).toMatchObject({ state: 'verified', key: { format: 'jwk' } });
    expect(await check(hmacToken(SECRET), [blank])).toMatchObject({ state: 'mismatch', reason: 'bad_signature' });
    expect(await check(hmacToken('').slice(0, -4), [blank])).toMatchObject({ state: 'mismatch' });
  });
});

describe('a key that does not fit says why', () => {
  test.each([
    ['RS256', publicPem(pairFor('ES256')), 'wrong_key_type', ['EC', 'RS256']],
    ['ES256', publicPem(pairFor('RS256')), 'wrong_key_type', ['RSA', 'ES256']],
    ['ES256', publicPem(pairFor('ES384')), 'wrong_curve', ['P-384', 'ES256']],
    ['ES384', publicPem(ecPair('secp256k1')), 'wrong_curve', ['secp256k1', 'ES384']],
    ['EdDSA', publicPem(generateKeyPairSync('x25519')), 'wrong_use', ['X25519', 'EdDSA']],
    ['Ed25519', publicPem(pairFor('Ed448')), 'wrong_key_type', ['Ed448', 'Ed25519']],
    ['HS256', publicPem(pairFor('RS256')), 'wrong_key_type', ['RSA', 'HS256']],
    ['RS256', SECRET, 'secret_for_public_alg', ['RS256']],
    ['RS256', publicPem(rsaPair(1024)), 'rsa_too_small', ['1024', 'RS256']],
    ['PS256', publicPem(rsaPair(2047)), 'rsa_too_small', ['2047', 'PS256']],
    ['RS256', '-----BEGIN PUBLIC KEY-----\n', 'not_a_key', ['pem_cut', 'PUBLIC KEY']],
  ])('%s', async (alg, key, reason, detail) => {
    expect(await check(await signedToken(alg), [given(key)])).toMatchObject({
      state: 'key_does_not_fit',
      reason,
      detail,
    });
  });

  test('but not to a token that it has nothing to do with: it is of another issuer, or neither names one', async () => {
    const token = await signedToken('ES256');
    const stray = given(publicPem(pairFor('RS256')), 'given', 0, 'https://elsewhere.test');
    expect(await check(token, [stray])).toMatchObject({ state: 'no_key', reason: 'no_key_fits' });
    const nameless = await signedToken('ES256', { payload: { sub: 'alice' } });
    const key = given(publicPem(pairFor('RS256')), 'given', 0, '');
    expect(await check(nameless, [key])).toMatchObject({ state: 'no_key', reason: 'no_key_fits' });
    const asked = await createVerifier()(decode(nameless), [key], { onlyKnown: true });
    expect(asked).toMatchObject({ state: 'key_does_not_fit', reason: 'wrong_key_type' });
  });

  test('a JWK that the browser refuses', async () => {
    const jwk = { kty: 'EC', crv: 'P-256', x: 'AAAA', y: 'AAAA' };
    const answer = await check(await signedToken('ES256'), [given(jwk)]);
    expect(answer).toMatchObject({ state: 'key_does_not_fit', reason: 'not_a_key' });
    expect(answer.detail?.[0]).toBe('refused');
  });

  test('a 1024-bit key is refused even if the mathematics holds', async () => {
    const pair = rsaPair(1024);
    const { createSign } = await import('node:crypto');
    const input = compact({ alg: 'RS256' }).slice(0, -1);
    const token = `${input}.${createSign('sha256').update(input).sign(pair.privateKey).toString('base64url')}`;
    expect(await check(token, [given(publicPem(pair))])).toMatchObject({ reason: 'rsa_too_small' });
  });

  test('ML-DSA parameter sets', async () => {
    const key = given({ kty: 'AKP', alg: 'ML-DSA-44', pub: 'AAAA' });
    expect(await check(compact({ alg: 'ML-DSA-65' }, CLAIMS, 'AAAA'), [key])).toMatchObject({
      reason: 'wrong_key_type',
      detail: ['ML-DSA-44', 'ML-DSA-65'],
    });
  });
});

describe('sets and kids', () => {
  const [a, b, c] = [pairFor('ES256'), ecPair('P-256'), ecPair('P-256')];
  const set = given({ keys: [publicJwk(b, { kid: 'b2' }), publicJwk(a, { kid: 'a1' }), publicJwk(c, { kid: 'c3' })] });

  test('the key that the kid names', async () => {
    const token = await signedToken('ES256', { header: { kid: 'a1' } });
    expect(await check(token, [set])).toMatchObject({ state: 'verified', key: { kid: 'a1', format: 'jwks' } });
  });

  test('only that one, if the set has it', async () => {
    const token = await signedToken('ES256', { header: { kid: 'b2' } });
    expect(await check(token, [set])).toMatchObject({ state: 'mismatch', key: { kid: 'b2' } });
  });

  test('without a kid, every key that fits, though the set is ambiguous', async () => {
    expect(await check(await signedToken('ES256'), [set])).toMatchObject({ state: 'verified', key: { kid: 'a1' } });
  });

  test('a kid the set lacks', async () => {
    const token = await signedToken('ES256', { pair: ecPair('P-256'), header: { kid: 'z9' } });
    expect(await check(token, [set])).toMatchObject({
      state: 'no_key',
      reason: 'no_key_with_kid',
      detail: ['z9', 'b2, a1, c3'],
    });
  });

  test('a kid the set lacks, and yet a key of it verifies: the mathematics decides', async () => {
    const token = await signedToken('ES256', { header: { kid: 'z9' } });
    expect(await check(token, [set])).toMatchObject({ state: 'verified', key: { kid: 'a1' } });
  });

  test('a set in which keys have no kid mismatches', async () => {
    const unnamed = given({ keys: [publicJwk(b), publicJwk(c)] });
    expect(await check(await signedToken('ES256', { header: { kid: 'z9' } }), [unnamed])).toMatchObject({
      state: 'mismatch',
    });
  });

  test('several kids of the same name', async () => {
    const twins = given({ keys: [publicJwk(b, { kid: 'a1' }), publicJwk(a, { kid: 'a1' })] });
    expect(await check(await signedToken('ES256', { header: { kid: 'a1' } }), [twins])).toMatchObject({
      state: 'verified',
    });
  });
});

describe('several keys', () => {
  const right = given(publicPem(pairFor('ES256')));
  const wrong = given(publicPem(ecPair('P-256')));
  const unfit = given(publicPem(pairFor('RS256')));
  const broken = given('-----BEGIN PUBLIC KEY-----');
  const lacking = given({ keys: [publicJwk(ecPair('P-256'), { kid: 'b2' })] });

  test('one that verifies is enough', async () => {
    expect(await check(await signedToken('ES256'), [broken, unfit, wrong, right])).toMatchObject({
      state: 'verified',
      key: { id: right.id },
    });
  });

  test.each([
    [[broken, unfit, wrong, lacking], 'no_key_with_kid', lacking],
    [[broken, unfit, wrong], 'bad_signature', wrong],
    [[broken, unfit], 'wrong_key_type', unfit],
    [[broken], 'not_a_key', undefined],
    [[lacking], 'no_key_with_kid', lacking],
    [[], 'no_key_given', undefined],
  ])('else the most telling reason (%#)', async (keys, reason, key) => {
    const answer = await check(await signedToken('ES256', { header: { kid: 'z9' } }), keys);
    expect([answer.reason, answer.key?.id]).toEqual([reason, key?.id]);
  });

  test('the best provenance wins', async () => {
    const pem = publicPem(pairFor('ES256'));
    const keys = [given(pem, 'token'), given(pem, 'traffic'), given(`${pem}\n`, 'discovery')];
    expect(await check(await signedToken('ES256'), keys)).toMatchObject({ key: { provenance: 'discovery' } });
  });

  test('of equals, the one that was given last', async () => {
    const old = given(publicPem(ecPair('P-256')), 'given', 1);
    const recent = given(publicPem(ecPair('P-256')), 'given', 2);
    expect(await check(await signedToken('ES256'), [old, recent])).toMatchObject({
      state: 'mismatch',
      key: { id: recent.id },
    });
  });
});

describe('a key that was given for another issuer', () => {
  const elsewhere = (text: string | object) => given(text, 'given', 0, 'https://elsewhere.test');
  const [right, wrong] = [pairFor('ES256'), ecPair('P-256')];

  test.each([
    ['a secret', 'HS256', elsewhere('not it')],
    ['a PEM', 'ES256', elsewhere(publicPem(wrong))],
    ['a set, of a token without a kid', 'ES256', elsewhere({ keys: [publicJwk(wrong, { kid: 'a1' })] })],
  ])('accuses nobody: %s', async (_, alg, key) => {
    const answer = await check(await signedToken(alg), [key]);
    expect(answer).toMatchObject({ state: 'no_key', reason: 'no_key_fits', key: { id: key.id } });
  });

  test('verifies all the same', async () => {
    expect(await check(await signedToken('ES256'), [elsewhere(publicPem(right))])).toMatchObject({ state: 'verified' });
  });

  test('mismatches where it has the kid', async () => {
    const token = await signedToken('ES256', { header: { kid: 'a1' } });
    const answer = await check(token, [elsewhere(publicJwk(wrong, { kid: 'a1' }))]);
    expect(answer).toMatchObject({ state: 'mismatch', reason: 'bad_signature' });
  });

  test('does not hide what a set says of the kid, nor the mismatch of a key of this issuer', async () => {
    const token = await signedToken('ES256', { header: { kid: 'z9' } });
    const pem = elsewhere(publicPem(wrong));
    const set = elsewhere({ keys: [publicJwk(ecPair('P-256'), { kid: 'b2' })] });
    expect(await check(token, [pem, set])).toMatchObject({ state: 'no_key', reason: 'no_key_with_kid' });
    expect(await check(token, [set, given(publicPem(wrong))])).toMatchObject({ state: 'mismatch' });
  });

  test('is another key once it was given for this one', async () => {
    const verify = createVerifier();
    const token = decode(await signedToken('ES256'));
    expect(await verify(token, [elsewhere(publicPem(wrong))])).toMatchObject({ state: 'no_key' });
    expect(await verify(token, [given(publicPem(wrong))])).toMatchObject({ state: 'mismatch' });
  });

  test('a token without an issuer is of the same as others without one', async () => {
    const token = hmacToken(SECRET, { payload: { sub: 'alice' } });
    expect(await check(token, [given('not it', 'given', 0, '')])).toMatchObject({ state: 'mismatch' });
    expect(await check(token, [given('not it')])).toMatchObject({ state: 'no_key', reason: 'no_key_fits' });
    expect(await check(hmacToken(SECRET), [given('not it', 'given', 0, '')])).toMatchObject({ reason: 'no_key_fits' });
  });
});

describe('what the JWK says of itself does not stop the mathematics', () => {
  test.each([
    ['RS256', { alg: 'RS512' }, ['alg']],
    ['RS256', { use: 'enc' }, ['use']],
    ['RS256', { key_ops: ['encrypt'] }, ['key_ops']],
    ['RS256', { alg: 'RSA-OAEP', use: 'enc', key_ops: [] }, ['alg', 'use', 'key_ops']],
    ['RS256', { alg: 'RS256', use: 'sig', key_ops: ['verify'], ext: true }, undefined],
  ])('%s with %j', async (alg, members, disagrees) => {
    const answer = await check(await signedToken(alg), [given(publicJwk(pairFor(alg), members))]);
    expect([answer.state, answer.disagrees]).toEqual(['verified', disagrees]);
  });

  test('an oct key of another size', async () => {
    const jwk = { kty: 'oct', k: Buffer.from(SECRET).toString('base64url'), alg: 'HS512' };
    expect(await check(hmacToken(SECRET), [given(jwk)])).toMatchObject({ state: 'verified', disagrees: ['alg'] });
  });
});

test('an RSA key for PSS only verifies what PKCS#1 signed, and says so', async () => {
  const [rsaEncryption, rsassaPss] = ['06092a864886f70d010101', '06092a864886f70d01010a'];
  const der = pairFor('RS256').publicKey.export({ type: 'spki', format: 'der' }).toString('hex');
  const key = given(Buffer.from(der.replace(rsaEncryption, rsassaPss), 'hex').toString('base64'));
  const answer = await check(await signedToken('RS256'), [key]);
  expect(answer).toMatchObject({ state: 'verified', disagrees: ['id-RSASSA-PSS'] });
  expect((await check(await signedToken('PS256'), [key])).disagrees).toBeUndefined();
});

describe('a forced algorithm', () => {
  test('is watched failing', async () => {
    const answer = await check(hmacToken(SECRET), [given(SECRET)], 'HS512');
    expect(answer).toMatchObject({ state: 'mismatch', alg: 'HS512', forced: true });
  });

  test('of another family', async () => {
    const answer = await check(hmacToken(SECRET), [given(SECRET)], 'RS256');
    expect(answer).toMatchObject({ state: 'key_does_not_fit', forced: true });
  });

  test('that is unknown, or none', async () => {
    expect(await check(hmacToken(SECRET), [given(SECRET)], 'XX1')).toMatchObject({
      reason: 'alg_unknown',
      forced: true,
    });
    expect(await check(hmacToken(SECRET), [given(SECRET)], 'none')).toMatchObject({ state: 'unsecured', forced: true });
  });

  test('does not change what is remembered for the real one', async () => {
    const verify = createVerifier();
    const token = decode(hmacToken(SECRET));
    const keys = [given(SECRET)];
    expect((await verify(token, keys)).state).toBe('verified');
    expect((await verify(token, keys, { alg: 'HS384' })).state).toBe('mismatch');
    expect((await verify(token, keys)).state).toBe('verified');
  });
});

describe('what no key can decide', () => {
  const signed = hmacToken(SECRET);
  const [header = '', payload = '', signature = ''] = signed.split('.');

  test.each([
    ['unsecured', 'unsecured', compact({ alg: 'none' })],
    ['unsecured', 'unsecured', compact({ alg: 'NoNe' }, CLAIMS, 'AAAA')],
    ['cannot_be_checked', 'encrypted', `${compact({ alg: 'dir', enc: 'A128GCM' }, '')}.AAAA.AAAA`],
    ['cannot_be_checked', 'alg_unknown', compact({ alg: 'HS257' }, CLAIMS, 'AAAA')],
    ['cannot_be_checked', 'alg_unknown', compact({ alg: 'hs256' }, CLAIMS, 'AAAA')],
    ['cannot_be_checked', 'alg_unknown', compact({ alg: '__proto__' }, CLAIMS, 'AAAA')],
    ['cannot_be_checked', 'alg_unknown', compact({ alg: 'ES256K-R' }, CLAIMS, 'AAAA')],
    ['cannot_be_checked', 'alg_not_signature', compact({ alg: 'RSA1_5' }, CLAIMS, 'AAAA')],
    ['cannot_be_checked', 'alg_not_signature', compact({ alg: 'dir' }, CLAIMS, 'AAAA')],
    ['cannot_be_checked', 'alg_not_signature', compact({ alg: 'A128GCM' }, CLAIMS, 'AAAA')],
    ['cannot_be_checked', 'alg_prohibited', compact({ alg: 'HS1' }, CLAIMS, 'AAAA')],
    ['cannot_be_checked', 'alg_prohibited', compact({ alg: 'RS1' }, CLAIMS, 'AAAA')],
    ['cannot_be_checked', 'crit_unsupported', hmacToken(SECRET, { header: { crit: ['exp'], exp: 1 } })],
    ['malformed', 'b64_not_critical', hmacToken(SECRET, { header: { b64: false } })],
    ['malformed', 'crit_malformed', hmacToken(SECRET, { header: { crit: [] } })],
    ['malformed', 'crit_malformed', hmacToken(SECRET, { header: { crit: 'exp' } })],
    ['malformed', 'alg_missing', compact({ typ: 'JWT' }, CLAIMS, 'AAAA')],
    ['malformed', 'alg_missing', compact({ alg: 7 }, CLAIMS, 'AAAA')],
    ['malformed', 'signature_empty', compact({ alg: 'HS256' })],
    ['malformed', 'encoding', `${header}.${payload}`],
    ['malformed', 'encoding', `${header}.${payload}.${signature}=`],
    ['malformed', 'encoding', `${header}.${payload}.${signature.slice(0, 9)}\n${signature.slice(9)}`],
    ['malformed', 'encoding', `${header}.${payload}.${signature.slice(0, 9)}+${signature.slice(10)}`],
    ['malformed', 'encoding', `${header}.${payload}.${signature.slice(0, -2)}`],
    ['malformed', 'encoding', `eyJ.${payload}.${signature}`],
    ['malformed', 'encoding', ''],
  ])('%s: %s (%#)', async (state, reason, token) => {
    expect(await check(token, [given(SECRET), given({ kty: 'oct', k: 'AAAA' })])).toMatchObject({ state, reason });
  });

  test('trailing bits leave the octets clear: verified, and the decoder tells of them', async () => {
    const last = signature.charCodeAt(signature.length - 1);
    const token = decode(`${header}.${payload}.${signature.slice(0, -1)}${String.fromCharCode(last + 1)}`);
    expect(token.problems.map(({ code }) => code)).toEqual(['trailing_bits']);
    expect(await createVerifier()(token, [given(SECRET)])).toMatchObject({ state: 'verified' });
  });

  test('a detached payload is no mismatch', async () => {
    const token = compact({ alg: 'HS256' }, '', signature);
    expect(await check(token, [given(SECRET)])).toMatchObject({
      state: 'cannot_be_checked',
      reason: 'payload_detached',
    });
  });

  test('half of a surrogate pair, where the payload stands as it is: no octets could have been signed', async () => {
    const head = encodeSegment({ alg: 'HS256', b64: false, crit: ['b64'] });
    const replaced = createHmac('sha256', SECRET).update(`${head}.\ufffd`).digest('base64url');
    const answer = await check(`${head}.\ufffd.${replaced}`, [given(SECRET)]);
    expect(answer).toMatchObject({ state: 'verified' });
    expect(await check(`${head}.\ud800.${replaced}`, [given(SECRET)])).toMatchObject({ reason: 'encoding' });
  });

  test('a payload of 2 MB', async () => {
    const large = hmacToken(SECRET, { payload: 'x'.repeat(2_000_000) });
    expect(await check(large, [given(SECRET)])).toMatchObject({ state: 'verified' });
    expect(await check(`${large.slice(0, -9)}\n${large.slice(-9)}`, [given(SECRET)])).toMatchObject({
      reason: 'encoding',
    });
  });
});

/** Given for tokens that name no issuer. */
const ANYWHERE = given(SECRET, 'given', 0, '');

describe('b64 and detached payloads', () => {
  const unencoded = { b64: false, crit: ['b64'] };
  const sign = (header: object, payload: string, segment: string) => {
    const head = encodeSegment({ alg: 'HS256', ...header });
    return `${head}.${segment}.${createHmac('sha256', SECRET).update(`${head}.${payload}`).digest('base64url')}`;
  };
  const verify = (token: string, payload?: string | Uint8Array) =>
    createVerifier()(decode(token), [ANYWHERE], { payload });

  test('a payload that stands as it is (RFC 7797)', async () => {
    const token = sign(unencoded, 'Grüße $%&', 'Grüße $%&');
    expect(await verify(token)).toMatchObject({ state: 'verified' });
    expect(await verify(token.replace('Gr', 'gr'))).toMatchObject({ state: 'mismatch' });
  });

  test('b64 true is what every token is', async () => {
    const token = sign({ b64: true, crit: ['b64'] }, encodeSegment('x'), encodeSegment('x'));
    expect(await verify(token)).toMatchObject({ state: 'verified' });
  });

  test.each([
    ['in base64url', sign({}, encodeSegment('Grüße'), '')],
    ['as it is', sign(unencoded, 'Grüße', '')],
  ])('a detached payload, signed %s', async (_, token) => {
    expect(await verify(token)).toMatchObject({ state: 'cannot_be_checked', reason: 'payload_detached' });
    expect(await verify(token, 'Grüße')).toMatchObject({ state: 'verified' });
    expect(await verify(token, new TextEncoder().encode('Grüße'))).toMatchObject({ state: 'verified' });
    expect(await verify(token, 'grüße')).toMatchObject({ state: 'mismatch', reason: 'bad_signature' });
    expect(await verify(token, '')).toMatchObject({ state: 'mismatch', reason: 'bad_signature' });
  });

  test('is not remembered', async () => {
    const verifying = createVerifier();
    const token = decode(sign({}, encodeSegment('x'), ''));
    const keys = [ANYWHERE];
    expect((await verifying(token, keys, { payload: 'x' })).state).toBe('verified');
    expect((await verifying(token, keys)).reason).toBe('payload_detached');
  });

  test('a payload from elsewhere does not stand in for the one that is there', async () => {
    const token = hmacToken(SECRET);
    expect(await verify(token, 'x')).toMatchObject({ state: 'verified' });
    expect(await verify(token.replace(/\.[^.]*\./, `.${encodeSegment('y')}.`), JSON.stringify(CLAIMS))).toMatchObject({
      state: 'mismatch',
    });
  });

  test('an empty payload that was signed as such', async () => {
    expect(await verify(sign({}, '', ''))).toMatchObject({ state: 'verified' });
  });
});

describe('JSON serialisations', () => {
  const sign = (own: object | undefined, unprotected: object | undefined, payload = encodeSegment(CLAIMS)) => {
    const head = own ? encodeSegment(own) : '';
    const signature = createHmac('sha256', SECRET).update(`${head}.${payload}`).digest('base64url');
    return JSON.stringify({ payload, ...(own && { protected: head }), header: unprotected, signature });
  };

  test.each([
    ['all protected', sign({ alg: 'HS256', kid: 'a1' }, undefined), 'verified', 'ok'],
    ['the algorithm unprotected', sign({ typ: 'JWT' }, { alg: 'HS256' }), 'verified', 'ok'],
    ['nothing protected', sign(undefined, { alg: 'HS256' }), 'verified', 'ok'],
    ['one member in both', sign({ alg: 'HS256' }, { alg: 'HS256' }), 'malformed', 'member_twice'],
    ['crit unprotected', sign({ alg: 'HS256' }, { crit: ['x'], x: 1 }), 'malformed', 'crit_malformed'],
    ['payload as it is', sign({ alg: 'HS256', b64: false, crit: ['b64'] }, undefined, '$.02 €'), 'verified', 'ok'],
    ['b64 without crit', sign({ alg: 'HS256', b64: false }, undefined, '$.02'), 'malformed', 'b64_not_critical'],
    [
      'another payload',
      sign({ alg: 'HS256' }, undefined).replace('"payload":"ey', '"payload":"eX'),
      'mismatch',
      'bad_signature',
    ],
  ])('%s', async (_, token, state, reason) => {
    expect(await check(token, [ANYWHERE])).toMatchObject({ state, reason });
  });

  test('each part of a general one is verified by itself', async () => {
    const [first, second] = [sign({ alg: 'HS256' }, undefined), sign({ alg: 'HS256', kid: 'x' }, undefined)].map(
      (text): { payload: string; protected: string; signature: string } => JSON.parse(text),
    );
    const signatures = [first, { ...second, signature: first?.signature }].map((one) => ({
      protected: one?.protected,
      signature: one?.signature,
    }));
    const { parts = [] } = decode(JSON.stringify({ payload: first?.payload, signatures }));
    const answers = await Promise.all(parts.map((part) => createVerifier()(part, [given(SECRET)])));
    expect(answers.map(({ state }) => state)).toEqual(['verified', 'mismatch']);
  });
});

describe('a key that came by itself', () => {
  const OTHER = 'https://elsewhere.test';
  const [right, wrong] = [pairFor('ES256'), ecPair('P-256')];
  const came = (jwk: object, issuer: string, members: Partial<RingKey> = {}): RingKey => ({
    ...given(jwk, 'discovery', 0, issuer),
    ...members,
  });

  test.each([
    ['mismatch', publicJwk(wrong, { kid: 'a1' })],
    ['misfit', publicJwk(pairFor('RS256'), { kid: 'a1' })],
    ['another kid', publicJwk(wrong, { kid: 'b2' })],
    ['no key', { kty: 'EC', crv: 'P-256', x: 'AAAA', y: 'AAAA' }],
  ])('for another issuer accuses nobody: %s', async (_, jwk) => {
    const token = await signedToken('ES256', { header: { kid: 'a1' } });
    for (const members of [{}, { pinned: true as const }]) {
      const answer = await check(token, [came(jwk, OTHER, members)]);
      expect(answer).toMatchObject({ state: 'no_key', reason: 'no_key_fits' });
    }
  });

  test('for nobody knows whom: that it does not fit accuses nobody, and that its set lacks the kid is told', async () => {
    const token = hmacToken(SECRET, { header: { kid: 'a1' } });
    const stray = came(publicJwk(wrong, { kid: 'b2' }), '', { provenance: 'traffic' });
    expect(await check(token, [stray])).toMatchObject({ state: 'no_key', reason: 'no_key_fits' });
    const signed = await signedToken('ES256', { header: { kid: 'a1' } });
    expect(await check(signed, [stray])).toMatchObject({ state: 'no_key', reason: 'no_key_with_kid' });
    const named = came(publicJwk(pairFor('RS256'), { kid: 'a1' }), '', { provenance: 'traffic' });
    const atHome = { ...named, source: 'https://login.test/jwks' };
    expect(await check(signed, [atHome])).toMatchObject({ state: 'key_does_not_fit', reason: 'wrong_key_type' });
  });

  test("for nobody knows whom, and with the token's kid: accuses only where it stands on the issuer's own host", async () => {
    const token = await signedToken('ES256', { header: { kid: 'a1' } });
    for (const pair of [wrong, pairFor('RS256')]) {
      const named = came(publicJwk(pair, { kid: 'a1' }), '', { provenance: 'traffic' });
      for (const source of [undefined, 'https://elsewhere.test/jwks']) {
        const answer = await check(token, [{ ...named, source }]);
        expect(answer).toMatchObject({ state: 'no_key', reason: 'no_key_fits' });
      }
      const atHome = await check(token, [{ ...named, source: 'https://login.test/jwks' }]);
      expect(atHome.state).toBe(pair === wrong ? 'mismatch' : 'key_does_not_fit');
    }
  });

  test('for this issuer says no', async () => {
    const token = await signedToken('ES256', { header: { kid: 'a1' } });
    const answer = await check(token, [came(publicJwk(wrong, { kid: 'a1' }), 'https://login.test')]);
    expect(answer).toMatchObject({ state: 'mismatch', key: { provenance: 'discovery', kid: 'a1' } });
  });

  test('verifies, whoever it is for', async () => {
    expect(await check(await signedToken('ES256'), [came(publicJwk(right), OTHER)])).toMatchObject({
      state: 'verified',
    });
  });

  test('is one of the set that its address gave', async () => {
    const source = 'https://login.test/jwks';
    const keys = ['b2', 'c3'].map((kid) => came(publicJwk(ecPair('P-256'), { kid }), 'https://login.test', { source }));
    const token = await signedToken('ES256', { header: { kid: 'a1' } });
    expect(await check(token, keys)).toMatchObject({ reason: 'no_key_with_kid', detail: ['a1', 'b2, c3'] });
  });

  test('the rotation: the old key is gone, and tokens of both verify', async () => {
    const source = 'https://login.test/jwks';
    const verify = createVerifier();
    const old = came(publicJwk(right, { kid: 'old' }), 'https://login.test', { source });
    const fresh = came(publicJwk(wrong, { kid: 'new' }), 'https://login.test', { source, addedAt: 2 });
    const before = decode(await signedToken('ES256', { header: { kid: 'old' } }));
    const after = decode(await signedToken('ES256', { pair: wrong, header: { kid: 'new' } }));
    expect((await verify(after, [old])).reason).toBe('no_key_with_kid');
    const ring = [{ ...old, goneAt: 2 }, fresh];
    expect(await verify(before, ring)).toMatchObject({ state: 'verified', key: { kid: 'old' } });
    expect(await verify(after, ring)).toMatchObject({ state: 'verified', key: { kid: 'new' } });
    const unknown = decode(await signedToken('ES256', { pair: ecPair('P-256'), header: { kid: 'z9' } }));
    expect((await verify(unknown, ring)).detail).toEqual(['z9', 'new']);
  });
});

describe('what a verifier remembers', () => {
  test('each token once, until the keys change', async () => {
    const verify = createVerifier();
    const token = decode(hmacToken(SECRET));
    const keys = [given(SECRET)];
    const first = verify(token, keys);
    expect(verify(token, keys)).toBe(first);
    expect(verify(token, [given(SECRET)])).toBe(first);
    expect((await verify(token, [])).state).toBe('no_key');
    expect((await verify(token, [given('other')])).state).toBe('mismatch');
    expect((await verify(token, keys)).state).toBe('verified');
  });

  test('and tries each key once: the answer is the same object, with no call of the platform', async () => {
    const verify = createVerifier();
    const keys = [given(SECRET)];
    const tokens = Array.from({ length: 5 }, (_, sub) => decode(hmacToken(SECRET, { payload: { ...CLAIMS, sub } })));
    const subtle = vi.spyOn(crypto.subtle, 'verify');
    const imports = vi.spyOn(crypto.subtle, 'importKey');
    try {
      for (let pass = 0; pass < 3; pass++) await Promise.all(tokens.map((token) => verify(token, keys)));
      expect([subtle.mock.calls.length, imports.mock.calls.length]).toEqual([5, 1]);
      await Promise.all(tokens.map((token) => verify(token, [...keys, given('other')])));
      expect([subtle.mock.calls.length, imports.mock.calls.length]).toEqual([10, 1]);
    } finally {
      vi.restoreAllMocks();
    }
  });

  test('a key given later verifies the token given before', async () => {
    const verify = createVerifier();
    const token = decode(await signedToken('RS256'));
    expect((await verify(token, [])).state).toBe('no_key');
    expect((await verify(token, [given(publicPem(pairFor('RS256')))])).state).toBe('verified');
  });
});

test('of a ring that pages have filled the keys of other issuers come last, and not all of them are tried', async () => {
  const source = 'https://evil.test/jwks';
  const evil = (id: string, jwk: object): RingKey => ({
    ...given(jwk, 'traffic', 1, 'https://evil.test'),
    ...{ id, source },
  });
  const filling = Array.from({ length: 300 }, (_, index) => evil(`f${index}`, publicJwk(pairFor('ES256'))));
  const token = await signedToken('RS256');
  const right = { ...given(publicJwk(pairFor('RS256')), 'traffic'), source: 'https://login.test/jwks' };
  expect(await check(token, [...filling, right])).toMatchObject({ state: 'verified', key: { id: right.id } });
  const far = { ...evil('far', publicJwk(pairFor('RS256'))), addedAt: 0 };
  expect(await check(token, [...filling, far])).toMatchObject({ state: 'no_key', reason: 'no_key_fits' });
});

test.each([
  ['https://sts.windows.net/5e3c/', { nonce: 'n' }, 'cannot_be_checked', 'entra_nonce'],
  ['https://login.microsoftonline.com/5e3c/v2.0', { nonce: 'n' }, 'cannot_be_checked', 'entra_nonce'],
  ['https://sts.windows.net/5e3c/', {}, 'mismatch', 'bad_signature'],
  ['https://sts.windows.net.evil.test/', { nonce: 'n' }, 'mismatch', 'bad_signature'],
  ['https://login.test', { nonce: 'n' }, 'mismatch', 'bad_signature'],
])("Entra ID's tokens for Microsoft's own APIs accuse nobody: %s %o", async (iss, header, state, reason) => {
  const token = await signedToken('RS256', { header: { kid: 'a1', ...header }, payload: { iss } });
  const key = given(publicJwk(rsaPair(2048), { kid: 'a1' }), 'traffic', 0, iss);
  expect(await check(token, [key])).toMatchObject({ state, reason });
  // What holds is verified all the same.
  expect(await check(token, [given(publicJwk(pairFor('RS256')), 'given', 0, iss)])).toMatchObject({
    state: 'verified',
  });
});
