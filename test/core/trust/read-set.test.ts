import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_SET_KEYS, readSet } from '../../../src/core/trust/read-set.ts';
import { certificate, ecPair, edPair, pairFor, privateJwk, publicJwk } from '../../fixtures/keys.ts';

const read = (keys: readonly unknown[]) => readSet(JSON.stringify({ keys }));

describe('a set', () => {
  test('is its public keys, with what they say of themselves and nothing else', () => {
    const rsa = publicJwk(pairFor('RS256'), { kid: 'a', alg: 'RS256', use: 'sig', key_ops: ['verify'] });
    const ed = publicJwk(edPair(), { kid: 'b' });
    expect(read([{ ...rsa, x5c: ['MII'], x5t: 'x', nbf: 1 }, ed])).toEqual({ keys: [rsa, ed], skipped: 0 });
  });

  test('has no secrets and no private halves', () => {
    const pair = ecPair('P-256');
    expect(read([{ kty: 'oct', k: 'c2VjcmV0' }, privateJwk(pair, { kid: 'a' })])).toEqual({
      keys: [publicJwk(pair, { kid: 'a' })],
      skipped: 1,
    });
  });

  test('has each key once', () => {
    const key = publicJwk(ecPair('P-256'), { kid: 'a' });
    expect(read([key, { ...key, x5t: 'x' }, { ...key, kid: 'b' }])).toEqual({
      keys: [key, { ...key, kid: 'b' }],
      skipped: 0,
    });
  });

  test('is bounded, in number and in size', () => {
    const key = publicJwk(ecPair('P-256'));
    const many = Array.from({ length: MAX_SET_KEYS + 20 }, (_, index) => ({ ...key, kid: `${index}` }));
    const bounded = read(many);
    expect(bounded).toMatchObject({ skipped: 20 });
    expect('keys' in bounded && bounded.keys.length).toBe(MAX_SET_KEYS);
    expect(read([key, { ...key, kid: 'k'.repeat(10_000) }])).toEqual({ keys: [key], skipped: 1 });
  });

  test("may be Google's: certificates by kid", async () => {
    const [a, b] = [pairFor('RS256'), ecPair('P-256')];
    const text = JSON.stringify({ one: await certificate(a), two: await certificate(b) });
    expect(readSet(text)).toEqual({ keys: [publicJwk(a, { kid: 'one' }), publicJwk(b, { kid: 'two' })], skipped: 0 });
  });
});

test.each([
  ['', 'not_json'],
  ['<html>', 'not_json'],
  ['{"keys":[{"kty":"RSA"', 'not_json'],
  ['[]', 'not_a_set'],
  ['{}', 'not_a_set'],
  ['null', 'not_a_set'],
  ['1', 'not_a_set'],
  ['{"keys":{}}', 'not_a_set'],
  ['{"a":"-----BEGIN CERTIFICATE-----","b":1}', 'not_a_set'],
  ['{"keys":[]}', 'empty_set'],
  ['{"keys":[null,1,{},{"kty":"RSA"},{"kty":"oct","k":"AA"}]}', 'empty_set'],
  ['{"a":"-----BEGIN CERTIFICATE-----"}', 'empty_set'],
])('%s is none: %s', (text, error) => {
  expect(readSet(text)).toEqual({ error });
});

test('nothing throws, and nothing private comes out', () => {
  const member = fc.oneof(fc.string(), fc.constantFrom('RSA', 'EC', 'OKP', 'oct', 'AKP', 'AQAB'), fc.jsonValue());
  const names = fc.constantFrom(
    'kty',
    'kid',
    'crv',
    'x',
    'y',
    'n',
    'e',
    'd',
    'k',
    'priv',
    'alg',
    'use',
    'key_ops',
    'pub',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.dictionary(names, member), fc.jsonValue())), (keys) => {
      const set = read(keys);
      if ('error' in set) return;
      for (const key of set.keys) {
        expect(key).not.toHaveProperty('d');
        expect(key).not.toHaveProperty('k');
        expect(key).not.toHaveProperty('priv');
      }
    }),
  );
});
