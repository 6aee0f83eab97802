import type { DecryptionFailure } from './decrypt-check.ts';
import type { DecryptionAnswer, DecryptionReason } from './decryption.ts';

/**
 * Of keys, or recipients, that all failed, the failure that tells most: how near it came to the content. That a set
 * lacks the `kid` says more than the failures of keys without a name, since none of them may have been meant.
 */
const TELLING: readonly DecryptionReason[] = [
  'ok',
  // The key was the right one.
  'zip_too_large',
  'zip_broken',
  'iterations_ask',
  'no_key_with_kid',
  'wrong_key',
  'rsa_too_small',
  'public_only',
  'wrong_length',
  'wrong_curve',
  'secret_given',
  'wrong_key_type',
  'not_a_key',
  'no_key_given',
];

export interface DecryptionFailed {
  readonly failure: DecryptionFailure;
  /** The key has the token's `kid`. */
  readonly isNamed?: boolean;
  readonly key?: DecryptionAnswer['key'];
}

const rank = ({ failure, isNamed }: DecryptionFailed): number => {
  const at = TELLING.indexOf(failure.reason);
  return (at < 0 ? TELLING.length : at) + (isNamed ? 0 : TELLING.length + 1);
};

const NO_KEY: DecryptionFailed = { failure: { state: 'no_key', reason: 'no_key_given' } };

/** The failure to show of all that there were, the first of equals; without any, that no key was given. */
export const mostTellingFailure = (failed: readonly DecryptionFailed[]): DecryptionFailed =>
  failed.reduce<DecryptionFailed | undefined>(
    (best, one) => (best && rank(best) <= rank(one) ? best : one),
    undefined,
  ) ?? NO_KEY;
