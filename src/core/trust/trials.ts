import type { Failure } from './fit.ts';
import type { KeyCandidate, KeyReading, KeysRead } from './key.ts';
import type { Provenance, RingKey } from './signature.ts';

/** One candidate of one given key, to be tried on one token. */
export interface Trial {
  readonly given: RingKey;
  readonly candidate: KeyCandidate;
  /** What its failure means, where it was tried although the token asks for another key. */
  readonly otherwise?: Failure;
}

/** A key that could not be read at all. */
interface Unreadable {
  readonly given: RingKey;
  readonly failure: Failure;
}

export interface Trials {
  readonly tries: readonly Trial[];
  readonly unreadable: readonly Unreadable[];
}

const RANK: Readonly<Record<Provenance, number>> = { given: 0, discovery: 1, traffic: 2, token: 3 };

/** Best provenance first, and of equals the one that came last: the person is looking at what it changes. */
const byRank = (a: { readonly given: RingKey }, b: { readonly given: RingKey }): number =>
  RANK[a.given.provenance] - RANK[b.given.provenance] || b.given.addedAt - a.given.addedAt;

const trialsOf = (given: RingKey, { candidates }: KeysRead, kid: string | undefined): readonly Trial[] => {
  const all = candidates.map((candidate) => ({ given, candidate }));
  const named = candidates.flatMap((candidate) => candidate.kid ?? []);
  if (kid === undefined || named.length < candidates.length) return all;
  if (named.includes(kid)) return all.filter(({ candidate }) => candidate.kid === kid);
  const otherwise = { state: 'no_key', reason: 'no_key_with_kid', detail: [kid, named.join(', ')] } as const;
  return all.map((trial) => ({ ...trial, otherwise }));
};

/**
 * What to try on a token, in order: keys that carry its `kid`, then the others (RFC 7515 section 4.1.4 calls `kid` a hint).
 * A set of which every key is named and one has the `kid` gives that one; any other set, every key.
 */
export const trials = (
  keys: readonly { readonly given: RingKey; readonly reading: KeyReading }[],
  kid: string | undefined,
): Trials => {
  const tries: Trial[] = [];
  const unreadable: Unreadable[] = [];
  for (const { given, reading } of keys.toSorted(byRank)) {
    if ('error' in reading) {
      const detail = [reading.error, reading.detail ?? ''];
      unreadable.push({ given, failure: { state: 'key_does_not_fit', reason: 'not_a_key', detail } });
    } else tries.push(...trialsOf(given, reading, kid));
  }
  const hit = (trial: Trial): number => (kid !== undefined && trial.candidate.kid === kid ? 0 : 1);
  return { tries: tries.sort((a, b) => hit(a) - hit(b)), unreadable };
};
