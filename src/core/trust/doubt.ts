import { isForeign, isNobodys } from './nearness.ts';
import type { RingKey } from './signature.ts';

/** Why a key that verifies a token says nothing good of its issuer. */
export type Doubt =
  | 'other_issuer' // its set is known for another issuer than the token names
  | 'nobodys' // it passed by in a set of unknown owner, on another host than the issuer's
  | 'gone'; // its set came again without it

/**
 * What speaks against a key of the ring as one of the issuer's, though the mathematics holds: any page can load a set of
 * keys, and sign in another's name with one of them. Nothing where a person vouches for the key. A set in traffic on the
 * issuer's own origin, or one that its discovery document names, is likely its own.
 * @param issuer the token's (`issuerOf`), '' where it names none
 */
export const doubtOf = (key: RingKey, issuer: string): Doubt | undefined => {
  if (key.provenance === 'given' || key.pinned) return;
  if (isForeign(key, issuer)) return 'other_issuer';
  if (isNobodys(key, issuer)) return 'nobodys';
  return key.goneAt === undefined ? undefined : 'gone';
};
