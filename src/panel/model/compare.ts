/** Which two tokens are compared, and what of each. */
import type { Compared } from '../../core/judge/compare.ts';
import type { SignatureAnswer } from '../../core/trust/signature.ts';
import type { Entry } from './log.ts';
import { sdOf } from './opened.ts';

/**
 * What names the key that verified a token, where that is one key for sure: not one that a token brought along, which goes
 * by `jwk` in every token, nor a nameless one of a set that was given as one.
 */
const keyOf = (answer: SignatureAnswer | undefined): string | undefined => {
  const key = answer?.state === 'verified' ? answer.key : undefined;
  if (!key || key.provenance === 'token' || (key.format === 'jwks' && key.kid === undefined)) return undefined;
  return `${key.id} ${key.kid ?? ''}`;
};

export const comparedOf = (entry: Entry, answer: SignatureAnswer | undefined): Compared => {
  const sd = sdOf(entry.opened);
  const key = keyOf(answer);
  return {
    decoded: entry.decoded,
    claims: sd ? { payload: sd.claims, payloadText: sd.claimsText } : entry.claims,
    ...(key !== undefined && { key }),
  };
};

const likeness = (one: Entry, other: Entry): number => {
  const isSame = (claim: string) => {
    const value = one.claims.payload?.[claim];
    return value !== undefined && value === other.claims.payload?.[claim];
  };
  return (one.kind === other.kind ? 4 : 0) + (isSame('iss') ? 2 : 0) + (isSame('sub') ? 1 : 0);
};

/**
 * The token that a person most likely wants to compare with: of the same kind, issuer and subject, the one before it, else
 * the one after; else the nearest that shares most of these. Undefined where it is the only one.
 * @param entries newest first
 */
export const partnerOf = (entry: Entry, entries: readonly Entry[]): Entry | undefined => {
  const at = entries.indexOf(entry);
  let best: Entry | undefined;
  for (const other of [...entries.slice(at + 1), ...entries.slice(0, Math.max(0, at)).reverse()]) {
    if (!best || likeness(entry, other) > likeness(entry, best)) best = other;
  }
  return best;
};
