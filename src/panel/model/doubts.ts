import { type Doubt, doubtOf } from '../../core/trust/doubt.ts';
import { issuerOf } from '../../core/trust/issuer.ts';
import type { RingKey, SignatureAnswer } from '../../core/trust/signature.ts';
import type { Entry } from './entry.ts';

/** What speaks against the key of the ring that verified the token. */
export const doubtAbout = (
  entry: Entry,
  signature: SignatureAnswer | undefined,
  keys: readonly RingKey[],
): Doubt | undefined => {
  const key = signature?.state === 'verified' ? keys.find(({ id }) => id === signature.key?.id) : undefined;
  return key && doubtOf(key, issuerOf(entry.claims));
};
