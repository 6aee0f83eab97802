import { expect, test } from 'vitest';
import { mostTelling } from '../../../src/core/trust/most-telling.ts';

const failure = (reason: 'bad_signature' | 'rsa_too_small' | 'no_key_with_kid') =>
  ({ failure: { state: 'no_key', reason } }) as const;

test('a mismatch tells more than a key too small, and that more than a kid that is missing', () => {
  const all = [failure('no_key_with_kid'), failure('rsa_too_small'), failure('bad_signature')];
  expect(mostTelling(all)).toBe(all[2]);
  expect(mostTelling(all.slice(0, 2))).toBe(all[1]);
});

test('the first of equals', () => {
  const all = [failure('bad_signature'), failure('bad_signature')];
  expect(mostTelling(all)).toBe(all[0]);
});

test('nothing tried: no key was given', () => {
  expect(mostTelling([])).toEqual({ failure: { state: 'no_key', reason: 'no_key_given' } });
});
