import { type Failure, notAKey } from './fit.ts';
import type { KeyCandidate, KeyReading } from './key.ts';
import type { Provenance, RingKey } from './signature.ts';

/** One candidate of one key of the ring, to be tried on one token. */
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

const rankOf = ({ pinned, provenance }: RingKey): number => (pinned ? RANK.given : RANK[provenance]);

/** Best provenance first, and of equals the one that came last: the person is looking at what it changes. */
const byRank = (a: { readonly given: RingKey }, b: { readonly given: RingKey }): number =>
  rankOf(a.given) - rankOf(b.given) || b.given.addedAt - a.given.addedAt;

const kidOf = ({ candidate }: Trial): string | undefined => candidate.kid;

/**
 * Of one set: the keys that have the `kid`, else all of them. Where every key is named, and none so, that is what their
 * failure says. Keys that the set has no more are tried, but it is not said that it had them.
 */
const trialsOf = (set: readonly Trial[], kid: string | undefined): readonly Trial[] => {
  if (kid === undefined || set.some((trial) => kidOf(trial) === undefined)) return set;
  const named = set.filter((trial) => kidOf(trial) === kid);
  if (named.length > 0) return named;
  const present = set.filter(({ given }) => given.goneAt === undefined);
  const names = new Set((present.length > 0 ? present : set).map(kidOf));
  const otherwise = { state: 'no_key', reason: 'no_key_with_kid', detail: [kid, [...names].join(', ')] } as const;
  return set.map((trial) => ({ ...trial, otherwise }));
};

/**
 * What to try on a token, in order: keys that carry its `kid`, then the others (RFC 7515 section 4.1.4 calls `kid` a hint),
 * keys out of tokens last of all. A set is what was given as one, or came from one address; of one in which every key is
 * named and one has the `kid`, that one is tried, of any other every key.
 */
export const trials = (
  keys: readonly { readonly given: RingKey; readonly reading: KeyReading }[],
  kid: string | undefined,
): Trials => {
  const sets = new Map<RingKey | string, Trial[]>();
  const unreadable: Unreadable[] = [];
  for (const { given, reading } of keys.toSorted(byRank)) {
    if ('error' in reading) {
      unreadable.push({ given, failure: notAKey(reading) });
      continue;
    }
    const set = sets.get(given.source ?? given) ?? [];
    for (const candidate of reading.candidates) set.push({ given, candidate });
    sets.set(given.source ?? given, set);
  }
  const place = (trial: Trial): number =>
    rankOf(trial.given) === RANK.token ? 2 : kid !== undefined && kidOf(trial) === kid ? 0 : 1;
  const tries = [...sets.values()].flatMap((set) => trialsOf(set, kid));
  return { tries: tries.sort((a, b) => place(a) - place(b) || byRank(a, b)), unreadable };
};
