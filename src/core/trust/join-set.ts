import type { JWK } from 'jose';
import { hashOf } from '../token/hash.ts';
import { plainAddress } from './address.ts';
import type { KeySet } from './key-set.ts';
import { readSet } from './read-set.ts';
import { type RingChange, withinBounds } from './ring-bounds.ts';
import type { RingKey } from './signature.ts';
import { issuersOf, ofIssuers } from './whose.ts';

const NOTHING: RingChange = { put: [], remove: [] };

/** The same key gives the same text, however the server orders its members. */
const canonical = (key: JWK): string =>
  JSON.stringify(Object.fromEntries(Object.entries(key).sort(([a], [b]) => (a < b ? -1 : 1))));

/**
 * A key that the set has again. What was fetched stays so when it passes by; whose a key is first of all, only a fetch
 * overrules, and whose it was it still is.
 */
const rejoin = (before: RingKey, issuer: string, provenance: RingKey['provenance']): RingKey => {
  const { goneAt, ...key } = before;
  const isFetched = provenance === 'discovery';
  const known = issuersOf(key);
  const named = ofIssuers(key, isFetched ? [issuer, ...known] : known.length > 0 ? known : [issuer]);
  const now: RingKey = isFetched ? { ...named, provenance } : named;
  const isSame = goneAt === undefined && named === key && now.provenance === key.provenance;
  return isSame ? before : now;
};

/**
 * The keys of the ring that a set brings or changes, as `joinSet` has them, before anything has to go for them.
 * @param at ms since the epoch
 */
export const keysOfSet = async (
  ring: readonly RingKey[],
  set: KeySet,
  provenance: 'discovery' | 'traffic',
  at: number,
): Promise<readonly RingKey[]> => {
  const read = readSet(set.text);
  const source = plainAddress(set.source);
  if ('error' in read || source === undefined) return [];
  const known = new Map(ring.filter((key) => key.source === source).map((key) => [key.id, key]));
  const here = new Map<string, RingKey>();
  for (const key of read.keys) {
    const text = canonical(key);
    const id = await hashOf('SHA-256', `${source}\n${text}`);
    const before = known.get(id);
    const added = { id, text, provenance, issuer: set.issuer, addedAt: at, source };
    here.set(id, before ? rejoin(before, set.issuer, provenance) : added);
  }
  const joined = [...here.values()].filter((key) => key !== known.get(key.id));
  const gone = [...known.values()].filter(({ id, goneAt }) => !here.has(id) && goneAt === undefined);
  return [...joined, ...gone.map((key) => ({ ...key, goneAt: at }))];
};

/**
 * A set of public keys that joins the ring, each key as an entry of its own: its public members as JWK, by the address of
 * the set. Seen again, a set changes nothing; keys that it no longer has are marked as gone, those that came back are not;
 * `addedAt` is that of the first sight. A text that is no set changes nothing.
 * @param at ms since the epoch
 */
export const joinSet = async (
  ring: readonly RingKey[],
  set: KeySet,
  provenance: 'discovery' | 'traffic',
  at: number,
): Promise<RingChange> => {
  const put = await keysOfSet(ring, set, provenance, at);
  return put.length === 0 ? NOTHING : withinBounds(ring, put);
};
