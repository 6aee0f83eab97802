import type { Failure } from './fit.ts';
import { NEARNESS, type Nearness } from './nearness.ts';
import type { SignatureAnswer, SignatureReason } from './signature.ts';

/**
 * Of keys that are equally near and all failed, the failure that tells most: how near the key came to deciding. That a
 * set lacks the `kid` says more than the failures of keys without a name, since none of them may have been meant.
 */
const TELLING: readonly SignatureReason[] = [
  'encoding',
  'no_key_with_kid',
  'bad_signature',
  'entra_nonce',
  'payload_detached',
  'alg_unsupported_here',
  'rsa_too_small',
  'no_key_fits',
  'wrong_use',
  'wrong_curve',
  'wrong_key_type',
  'secret_for_public_alg',
  'not_a_key',
];

export interface Failed {
  readonly failure: Failure;
  readonly nearness: Nearness;
  readonly key?: SignatureAnswer['key'];
}

const rank = ({ nearness, failure }: Failed): number =>
  NEARNESS.indexOf(nearness) * TELLING.length + TELLING.indexOf(failure.reason);

/** The failure to show of all that there were, the first of equals; without any, that no key was given. */
export const mostTelling = (failed: readonly Failed[]): Omit<Failed, 'nearness'> =>
  failed.reduce<Failed | undefined>((best, one) => (best && rank(best) <= rank(one) ? best : one), undefined) ?? {
    failure: { state: 'no_key', reason: 'no_key_given' },
  };
