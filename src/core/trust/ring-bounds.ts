import { inTurns } from './in-turns.ts';
import type { RingKey } from './signature.ts';

/** What becomes of the ring: keys that come or change, and the ids of those that go. */
export interface RingChange {
  readonly put: readonly RingKey[];
  readonly remove: readonly string[];
}

/**
 * Characters of all keys that came out of sets, as they are stored. storage.session has 10 MB, of which the log takes 8
 * (MAX_BYTES in capture/log.ts): this leaves more than half of the rest to what a person pastes.
 */
export const MAX_RING_CHARACTERS = 786_432;
/** A token that names no `kid` is tried with each of its issuer's keys; some hundred issuers have this many. */
export const MAX_RING_KEYS = 600;
/** Keys seen in the traffic of one origin, so that one page cannot push out what others brought. */
export const MAX_ORIGIN_KEYS = 100;

/** Nobody asked for it to be kept: it came by itself, or with a set. */
const mayGo = ({ provenance, name, pinned, remembered }: RingKey): boolean =>
  provenance !== 'given' && name === undefined && !pinned && !remembered;

const isFetched = ({ provenance }: RingKey): boolean => provenance === 'discovery';

/** Fetched, then seen with evidence whose it is, then seen; each the present ones before those that are gone. */
const worth = (key: RingKey): number => (isFetched(key) ? 4 : key.issuer ? 2 : 0) + (key.goneAt === undefined ? 1 : 0);

const originOf = ({ source = '' }: RingKey): string => URL.parse(source)?.origin ?? '';

/**
 * What was fetched first: each set took a click. Of what came by itself every site has its best key before any has its
 * second, so that no number of sets, of however many names of one owner, pushes out the few keys of another.
 */
const bestFirst = (keys: readonly RingKey[]): readonly RingKey[] => {
  const sorted = keys.toSorted((a, b) => worth(b) - worth(a) || b.addedAt - a.addedAt);
  const seen = sorted.filter((key) => !isFetched(key));
  const turns = inTurns(seen, ({ source }) => source);
  const turnOf = (key: RingKey): number => turns.get(key) ?? 0;
  return [...sorted.filter(isFetched), ...seen.sort((a, b) => turnOf(a) - turnOf(b))];
};

/**
 * Puts keys into the ring and keeps it within its bounds: whoever brought most loses first, of theirs what is worth least,
 * the oldest first, and never what a person gave, named, pinned or remembered.
 */
export const withinBounds = (ring: readonly RingKey[], put: readonly RingKey[]): RingChange => {
  const after = new Map([...ring, ...put].map((key) => [key.id, key]));
  const best = bestFirst([...after.values()].filter(mayGo));
  const perOrigin = new Map<string, number>();
  const dropped = new Set<string>();
  let kept = 0;
  let characters = 0;
  for (const key of best) {
    const size = JSON.stringify(key).length;
    const origin = originOf(key);
    const ofOrigin = perOrigin.get(origin) ?? 0;
    const fits =
      kept < MAX_RING_KEYS &&
      characters + size <= MAX_RING_CHARACTERS &&
      (key.provenance !== 'traffic' || ofOrigin < MAX_ORIGIN_KEYS);
    if (!fits) {
      dropped.add(key.id);
      continue;
    }
    kept += 1;
    characters += size;
    perOrigin.set(origin, ofOrigin + 1);
  }
  return {
    put: put.filter(({ id }) => !dropped.has(id)),
    remove: ring.flatMap(({ id }) => (dropped.has(id) ? id : [])),
  };
};
