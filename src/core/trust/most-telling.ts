import type { Failure } from './fit.ts';
import type { SignatureAnswer, SignatureReason } from './signature.ts';

/** Of several keys that all failed, the failure that tells most: how near the key came to deciding. */
const TELLING: readonly SignatureReason[] = [
  'bad_signature',
  'payload_detached',
  'alg_unsupported_here',
  'rsa_too_small',
  'secret_empty',
  'wrong_curve',
  'wrong_key_type',
  'secret_for_public_alg',
  'not_a_key',
  'no_key_with_kid',
];

export interface Failed {
  readonly failure: Failure;
  readonly key?: SignatureAnswer['key'];
}

/** The failure to show of all that there were, the first of equals; without any, that no key was given. */
export const mostTelling = (failed: readonly Failed[]): Failed =>
  failed.reduce(
    (best, one) => (TELLING.indexOf(one.failure.reason) < TELLING.indexOf(best.failure.reason) ? one : best),
    failed[0] ?? { failure: { state: 'no_key', reason: 'no_key_given' } },
  );
