import type { KeyReading } from './key.ts';
import { readKey } from './read-key.ts';
import type { RingKey } from './signature.ts';
import { type Trials, trials } from './trials.ts';

/** Issuers have a handful of `kid`s, and hostile tokens name any they like: what was chosen is forgotten beyond this many. */
const MAX_KIDS = 100;

/** All of a key that changes what is tried, in which order, and what its failure says. */
const identify = ({ id, provenance, addedAt, issuer, alsoOf, pinned, source, goneAt }: RingKey) => [
  ...[id, provenance, addedAt, issuer, alsoOf],
  ...[pinned === true, source, goneAt !== undefined],
];

interface KnownKeys {
  /** Takes the keys known from now on; true if they are others than before. */
  use(keys: readonly RingKey[]): boolean;
  /** What to try on a token with this `kid`, which may be any JSON value. */
  trials(kid: unknown): Trials;
}

/** Remembers the readings of the keys, and for each `kid` what to try. */
export const createKnownKeys = (): KnownKeys => {
  let given: readonly RingKey[] = [];
  let ring: readonly { readonly given: RingKey; readonly reading: KeyReading }[] = [];
  let ringId = '[]';
  const byKid = new Map<unknown, Trials>();

  return {
    use(keys) {
      if (keys === given) return false;
      given = keys;
      const id = JSON.stringify(keys.map(identify));
      if (id === ringId) return false;
      const readings = new Map(ring.map(({ given, reading }) => [given.id, reading]));
      ring = keys.map((key) => ({ given: key, reading: readings.get(key.id) ?? readKey(key.text) }));
      ringId = id;
      byKid.clear();
      return true;
    },
    trials(kid) {
      const known = byKid.get(kid);
      if (known) return known;
      const chosen = trials(ring, typeof kid === 'string' ? kid : undefined);
      if (byKid.size >= MAX_KIDS) byKid.clear();
      byKid.set(kid, chosen);
      return chosen;
    },
  };
};
