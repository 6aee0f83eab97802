import { expect, test } from 'vitest';
import { mostTelling } from '../../../src/core/trust/most-telling.ts';
import type { Nearness } from '../../../src/core/trust/nearness.ts';

type Reason = 'bad_signature' | 'rsa_too_small' | 'no_key_with_kid' | 'no_key_fits';
const failure = (reason: Reason, nearness: Nearness = 'issuer') =>
  ({ failure: { state: 'no_key', reason }, nearness }) as const;

test('a kid that is missing tells more than a mismatch of what has no name, and that more than a key too small', () => {
  const all = [failure('rsa_too_small'), failure('bad_signature'), failure('no_key_with_kid')];
  expect(mostTelling(all)).toBe(all[2]);
  expect(mostTelling(all.slice(0, 2))).toBe(all[1]);
});

test('the nearer key tells more: the one with the kid, then the one of the issuer', () => {
  const all = [
    failure('no_key_with_kid', 'neither'),
    failure('rsa_too_small', 'issuer'),
    failure('no_key_with_kid', 'issuer'),
    failure('bad_signature', 'kid'),
  ];
  expect(mostTelling(all)).toBe(all[3]);
  expect(mostTelling(all.slice(0, 3))).toBe(all[2]);
  expect(mostTelling(all.slice(0, 2))).toBe(all[1]);
  expect(mostTelling([failure('no_key_fits', 'neither'), failure('no_key_with_kid', 'neither')])).toEqual(
    failure('no_key_with_kid', 'neither'),
  );
});

test('the first of equals', () => {
  const all = [failure('bad_signature'), failure('bad_signature')];
  expect(mostTelling(all)).toBe(all[0]);
});

test('nothing tried: no key was given', () => {
  expect(mostTelling([])).toEqual({ failure: { state: 'no_key', reason: 'no_key_given' } });
});
