import { ALGORITHMS } from '../../core/trust/algorithms.ts';
import type { KeyCandidate, KeysRead } from '../../core/trust/key.ts';
import { materialOf } from './ring.ts';

export interface Picked {
  /** It carries the token's `kid`; it is the only one whose type fits; or several may fit, and it is the one that holds. */
  readonly how: 'kid' | 'only' | 'tried';
  /** Its `kid`, else its type and size; '' where several are nameless. */
  readonly name: string;
}

const fitting = (candidates: readonly KeyCandidate[], name: string): readonly KeyCandidate[] => {
  const alg = ALGORITHMS.get(name);
  if (!alg) return [];
  return candidates.filter(
    (key) => key.kty === alg.kty && (key.kty === 'oct' || !alg.variants || alg.variants.includes(key.variant ?? '')),
  );
};

/**
 * Which key of a set decided a token, and why that one. Undefined where there was nothing to pick from: one key, or one
 * secret in several readings.
 * @param kid the key's that decided
 * @param wanted the token's
 * @param alg the algorithm that was used
 */
export const howPicked = (
  { format, candidates }: KeysRead,
  kid: string | undefined,
  wanted: unknown,
  alg = '',
): Picked | undefined => {
  if (format === 'secret' || candidates.length < 2) return;
  if (kid !== undefined && kid === wanted) return { how: 'kid', name: kid };
  const [only, ...others] = fitting(candidates, alg);
  if (only && others.length === 0) return { how: 'only', name: kid ?? materialOf(only) };
  return { how: 'tried', name: kid ?? '' };
};
