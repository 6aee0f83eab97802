import fc from 'fast-check';
import { FlattenedSign, GeneralSign, importJWK } from 'jose';
import { describe, expect, test, vi } from 'vitest';
import { decode } from '../../../src/core/token/decode.ts';
import { MAX_NESTING } from '../../../src/core/token/nested.ts';
import { createOpener, type OpenOptions } from '../../../src/core/trust/open.ts';
import type { RingKey } from '../../../src/core/trust/signature.ts';
import { encryptedToken, openingJwk } from '../../fixtures/encrypted.ts';
import { given, pairFor, privateJwk, publicPem, rsaPair } from '../../fixtures/keys.ts';
import { CLAIMS, encodeSegment, SECRET, signedToken } from '../../fixtures/tokens.ts';

const open = async (token: string, keys: readonly RingKey[], options?: OpenOptions) =>
  (await createOpener()(decode(token), keys, options)).layers;

const SECRET_KEY = given(SECRET);
const RSA_KEY = given(openingJwk('RSA-OAEP'));
const DIR_KEY = given(openingJwk('dir'));

/** A token in a token, as often as told, each encrypted. */
const nested = async (times: number): Promise<string> => {
  let token = await signedToken('HS256');
  for (let time = 0; time < times; time++)
    token = await encryptedToken('dir', { payload: token, header: { cty: 'JWT' } });
  return token;
};

describe('one layer', () => {
  test('a signed token has a signature and nothing else', async () => {
    const [layer, ...more] = await open(await signedToken('RS256'), [given(publicPem(pairFor('RS256')))]);
    expect(layer).toMatchObject({ signature: { state: 'verified' }, decoded: { payload: CLAIMS } });
    expect(Object.keys(layer)).toEqual(['decoded', 'signature']);
    expect(more).toEqual([]);
  });

  test('so has what is malformed or unsecured', async () => {
    expect(await open('a.b', [])).toMatchObject([{ signature: { state: 'malformed' } }]);
    expect(await open(`${encodeSegment({ alg: 'none' })}.e30.`, [])).toMatchObject([
      { signature: { state: 'unsecured' } },
    ]);
  });

  test('an encrypted token with its claims', async () => {
    const layers = await open(await encryptedToken('RSA-OAEP'), [RSA_KEY]);
    expect(layers).toMatchObject([{ decryption: { state: 'decrypted' }, decoded: { payload: CLAIMS } }]);
    expect(layers[0]).not.toHaveProperty('signature');
  });

  test('and without a key for it', async () => {
    const [layer] = await open(await encryptedToken('RSA-OAEP'), []);
    expect(layer.decryption).toEqual({ state: 'no_key', reason: 'no_key_given' });
    expect(layer.decoded.payload).toBeUndefined();
  });

  test('the disclosures of an SD-JWT', async () => {
    const disclosure = encodeSegment(['salt', 'name', 'alice']);
    const token = await signedToken('HS256', { payload: { ...CLAIMS, _sd: [] }, header: { typ: 'dc+sd-jwt' } });
    const [layer] = await open(`${token}~${disclosure}~`, [SECRET_KEY]);
    expect(layer).toMatchObject({
      signature: { state: 'verified' },
      sd: { disclosures: [{ name: 'name', state: 'unreferenced' }] },
    });
  });
});

describe('layers in layers', () => {
  test('signed, then encrypted', async () => {
    const inner = await signedToken('HS256');
    const token = await encryptedToken('RSA-OAEP', { payload: inner, header: { cty: 'JWT' } });
    expect(await open(token, [SECRET_KEY, RSA_KEY])).toMatchObject([
      { decryption: { state: 'decrypted' }, decoded: { compact: token } },
      { signature: { state: 'verified' }, decoded: { compact: inner, payload: CLAIMS } },
    ]);
    expect(await open(token, [RSA_KEY])).toMatchObject([
      { decryption: { state: 'decrypted' } },
      // It opened the envelope, and is not to blame for the signature inside.
      { signature: { state: 'no_key', reason: 'no_key_fits' } },
    ]);
    expect(await open(token, [SECRET_KEY])).toHaveLength(1);
  });

  test('the key that opened the envelope denies no signature inside, unless that names it', async () => {
    const key = { ...privateJwk(pairFor('RS256')), kid: 'k1' };
    const keys = [given(JSON.stringify(key), 'given', 0, '')];
    const sealed = async (header: object) => {
      const inner = await signedToken('RS256', { pair: rsaPair(), header, payload: { sub: 'alice' } });
      const token = await encryptedToken('RSA-OAEP', { payload: inner, key, header: { cty: 'JWT' } });
      return (await open(token, keys)).at(-1)?.signature?.state;
    };
    expect(await sealed({})).toBe('no_key');
    expect(await sealed({ kid: 'k1' })).toBe('mismatch');
    const plain = await signedToken('RS256', { pair: rsaPair(), payload: { sub: 'alice' } });
    expect((await open(plain, keys)).at(-1)?.signature?.state).toBe('mismatch');
  });

  test('encrypted, then signed', async () => {
    const inner = await encryptedToken('RSA-OAEP');
    const token = await new FlattenedSign(Buffer.from(inner))
      .setProtectedHeader({ alg: 'RS256', cty: 'JWT' })
      .sign(await importJWK(privateJwk(pairFor('RS256')), 'RS256'));
    const compact = `${token.protected}.${token.payload}.${token.signature}`;
    expect(await open(compact, [RSA_KEY])).toMatchObject([
      { signature: { state: 'verified' } },
      { decryption: { state: 'decrypted' }, decoded: { payload: CLAIMS } },
    ]);
  });

  test('down to MAX_NESTING, and no further', async () => {
    const keys = [SECRET_KEY, DIR_KEY];
    const deepest = await open(await nested(MAX_NESTING - 1), keys);
    expect(deepest).toHaveLength(MAX_NESTING);
    expect(deepest.at(-1)).toMatchObject({ signature: { state: 'verified' }, decoded: { payload: CLAIMS } });
    const tooDeep = await open(await nested(MAX_NESTING), keys);
    expect(tooDeep).toHaveLength(MAX_NESTING + 1);
    expect(tooDeep.at(-1)?.decryption).toEqual({
      state: 'cannot_be_checked',
      reason: 'nested_too_deep',
      detail: [String(MAX_NESTING)],
    });
  });
});

test('each signature of a general serialisation', async () => {
  const token = await new GeneralSign(Buffer.from(JSON.stringify(CLAIMS)))
    .addSignature(await importJWK(privateJwk(pairFor('RS256')), 'RS256'))
    .setProtectedHeader({ alg: 'RS256' })
    .addSignature(await importJWK(privateJwk(pairFor('ES256')), 'ES256'))
    .setProtectedHeader({ alg: 'ES256' })
    .sign();
  const [layer] = await open(JSON.stringify(token), [given(publicPem(pairFor('ES256')))]);
  expect(layer.parts?.map(({ state }) => state)).toEqual(['key_does_not_fit', 'verified']);
});

test('a forced algorithm is for the outermost token alone', async () => {
  const token = await encryptedToken('dir', { payload: await signedToken('HS256'), header: { cty: 'JWT' } });
  expect(await open(token, [SECRET_KEY, DIR_KEY], { alg: 'HS512' })).toMatchObject([
    {},
    { signature: { state: 'verified' } },
  ]);
  expect(await open(await signedToken('HS256'), [SECRET_KEY], { alg: 'HS512' })).toMatchObject([
    { signature: { state: 'mismatch' } },
  ]);
});

test('what was opened is not opened again, to the innermost', async () => {
  const opener = createOpener();
  const token = decode(await nested(2));
  const keys = [SECRET_KEY, DIR_KEY];
  const first = await opener(token, keys);
  const work = [vi.spyOn(crypto.subtle, 'decrypt'), vi.spyOn(crypto.subtle, 'verify')];
  const again = await opener(token, [...keys]);
  expect(again).toEqual(first);
  for (const spy of work) {
    expect(spy).not.toHaveBeenCalled();
    spy.mockRestore();
  }
});

test('any text, any JSON, any payload and content: it never rejects, and always has a layer', async () => {
  const opener = createOpener();
  const keys = [SECRET_KEY, RSA_KEY, DIR_KEY];
  const inner = fc.oneof(
    fc.string(),
    fc.jsonValue().map((value) => JSON.stringify(value)),
    fc.constantFrom(await signedToken('HS256'), await encryptedToken('dir'), `${await signedToken('HS256')}~AAAA~`),
  );
  const header = { cty: 'JWT' };
  await fc.assert(
    fc.asyncProperty(inner, fc.constantFrom('as it is', 'signed', 'encrypted'), async (text, how) => {
      const token =
        how === 'signed'
          ? await signedToken('HS256', { payload: text, header })
          : how === 'encrypted'
            ? await encryptedToken('dir', { payload: text, header })
            : text;
      const { layers } = await opener(decode(token), keys);
      for (const { signature, decryption } of layers) expect(signature ?? decryption).toBeDefined();
      if (how === 'encrypted') expect(layers[0]).toMatchObject({ decryption: { state: 'decrypted' } });
    }),
    { numRuns: 200 },
  );
});
