import { expect, test } from 'vitest';
import { mostTellingFailure } from '../../../src/core/trust/decrypt-telling.ts';
import type { DecryptionReason } from '../../../src/core/trust/decryption.ts';

const failed = (reason: DecryptionReason, isNamed = false) => ({
  failure: { state: 'failed', reason } as const,
  isNamed,
});

test.each<[DecryptionReason, DecryptionReason]>([
  ['zip_broken', 'wrong_key'],
  ['iterations_ask', 'wrong_key'],
  ['wrong_key', 'public_only'],
  ['public_only', 'wrong_length'],
  ['wrong_length', 'wrong_key_type'],
  ['wrong_key_type', 'not_a_key'],
  ['not_a_key', 'no_key_given'],
  ['no_key_given', 'unsupported_here'],
])('%s says more than %s', (more, less) => {
  expect(mostTellingFailure([failed(less), failed(more)])).toEqual(failed(more));
  expect(mostTellingFailure([failed(more), failed(less)])).toEqual(failed(more));
});

test('the key with the token’s kid says more than any other', () => {
  expect(mostTellingFailure([failed('wrong_key'), failed('public_only', true)])).toEqual(failed('public_only', true));
});

test('of equals the first, of none that no key was given', () => {
  const [first, second] = [failed('wrong_key'), failed('wrong_key')];
  expect(mostTellingFailure([first, second])).toBe(first);
  expect(mostTellingFailure([])).toEqual({ failure: { state: 'no_key', reason: 'no_key_given' } });
});
