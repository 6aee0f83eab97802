import type { JWK } from 'jose';
import { plainAddress } from './address.ts';
import type { KeySet } from './key-set.ts';
import { base64url } from './public-key.ts';
import { readSet } from './read-set.ts';
import { type RingChange, withinBounds } from './ring-bounds.ts';
import type { RingKey } from './signature.ts';

const NOTHING: RingChange = { put: [], remove: [] };

const digest = async (text: string): Promise<string> =>
  base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));

/** The same key gives the same text, however the server orders its members. */
const canonical = (key: JWK): string =>
  JSON.stringify(Object.fromEntries(Object.entries(key).sort(([a], [b]) => (a < b ? -1 : 1))));

/** A key that the set has again. What was fetched stays so when it passes by; whose a key is, only a fetch overrules. */
const rejoin = (before: RingKey, issuer: string, provenance: RingKey['provenance']): RingKey => {
  const { goneAt, ...key } = before;
  const isFetched = provenance === 'discovery';
  const now: RingKey = {
    ...key,
    provenance: isFetched ? provenance : key.provenance,
    issuer: isFetched ? issuer || key.issuer : key.issuer || issuer,
  };
  const isSame = goneAt === undefined && now.provenance === key.provenance && now.issuer === key.issuer;
  return isSame ? before : now;
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
  const read = readSet(set.text);
  const source = plainAddress(set.source);
  if ('error' in read || source === undefined) return NOTHING;
  const known = new Map(ring.filter((key) => key.source === source).map((key) => [key.id, key]));
  const here = new Map<string, RingKey>();
  for (const key of read.keys) {
    const text = canonical(key);
    const id = await digest(`${source}\n${text}`);
    const before = known.get(id);
    const added = { id, text, provenance, issuer: set.issuer, addedAt: at, source };
    here.set(id, before ? rejoin(before, set.issuer, provenance) : added);
  }
  const joined = [...here.values()].filter((key) => key !== known.get(key.id));
  const gone = [...known.values()].filter(({ id, goneAt }) => !here.has(id) && goneAt === undefined);
  const put = [...joined, ...gone.map((key) => ({ ...key, goneAt: at }))];
  return put.length === 0 ? NOTHING : withinBounds(ring, put);
};
