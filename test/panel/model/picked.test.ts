import { expect, test } from 'vitest';
import type { KeysRead } from '../../../src/core/trust/key.ts';
import { readKey } from '../../../src/core/trust/read-key.ts';
import { howPicked } from '../../../src/panel/model/picked.ts';
import { ecPair, pairFor, publicJwk } from '../../fixtures/keys.ts';

const read = (text: string): KeysRead => {
  const reading = readKey(text);
  if ('error' in reading) throw new Error(reading.error);
  return reading;
};
const set = (...keys: readonly object[]) => read(JSON.stringify({ keys }));
const es256 = publicJwk(pairFor('ES256'), { kid: 'a1' });
const another = publicJwk(ecPair('P-256'), { kid: 'a2' });
const rsa = publicJwk(pairFor('RS256'), { kid: 'b2' });

test('a key with the kid of the token was picked by it', () => {
  expect(howPicked(set(es256, another), 'a1', 'a1', 'ES256')).toEqual({ how: 'kid', name: 'a1' });
});

test('without a kid in the token: the only one of its type and curve, or one of several', () => {
  expect(howPicked(set(es256, rsa), 'a1', undefined, 'ES256')).toEqual({ how: 'only', name: 'a1' });
  expect(howPicked(set(es256, another), 'a2', undefined, 'ES256')).toEqual({ how: 'tried', name: 'a2' });
  const p384 = publicJwk(pairFor('ES384'));
  expect(howPicked(set(p384, another), undefined, 'x', 'ES384')).toEqual({ how: 'only', name: 'EC P-384' });
});

test('a key without a kid, of several that fit, has no name; nor does an unknown algorithm pick by type', () => {
  const { kid: _, ...nameless } = es256;
  expect(howPicked(set(nameless, another), undefined, 'x', 'ES256')).toEqual({ how: 'tried', name: '' });
  expect(howPicked(set(es256, rsa), 'a1', undefined, 'XX')).toEqual({ how: 'tried', name: 'a1' });
});

test('one key, and one secret in several readings, leave nothing to pick', () => {
  expect(howPicked(set(es256), 'a1', 'a1', 'ES256')).toBeUndefined();
  const secret = read('c2VjcmV0');
  expect(secret.candidates.length).toBeGreaterThan(1);
  expect(howPicked(secret, undefined, undefined, 'HS256')).toBeUndefined();
});
