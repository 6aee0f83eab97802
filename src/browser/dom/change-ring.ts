import * as v from 'valibot';
import { documentsOf } from '../../core/capture/keys.ts';
import type { Discovery } from '../../core/trust/discovery.ts';
import type { RingChange } from '../../core/trust/ring-bounds.ts';
import type { RingKey } from '../../core/trust/signature.ts';
import { isPrivate } from '../privacy.ts';
import { readUnder } from '../read-under.ts';
import { remembered } from '../remembered.ts';
import { session } from '../session.ts';
import { parseRingKey, readRemembered, ringPrefix } from './ring-key.ts';

const documentsSchema = v.fallback(v.array(v.object({ issuer: v.string(), jwksUri: v.string() })), []);

/** The ring as it is stored: in memory, and on disk what a person asked to remember, which then is in memory no more. */
interface Ring {
  readonly keys: readonly RingKey[];
  readonly documents: readonly Discovery[];
  /** Ids of what is stored, readable or not. */
  readonly inMemory: ReadonlySet<string>;
  readonly onDisk: ReadonlySet<string>;
}

interface Change extends RingChange {
  readonly documents?: readonly Discovery[];
}

const read = async (prefix: string): Promise<Ring> => {
  const [stored, disk] = await Promise.all([readUnder(prefix), readRemembered()]);
  const memory = Object.entries(stored).map(([key, value]) => [key.slice(prefix.length), value] as const);
  const keys = [...memory, ...Object.entries(disk)].flatMap(([id, value]) => parseRingKey(id, value) ?? []);
  return {
    keys: [...new Map(keys.map((key) => [key.id, key])).values()],
    documents: v.parse(documentsSchema, stored[documentsOf(isPrivate() ? 'private' : 'normal')]),
    inMemory: new Set(memory.map(([id]) => id)),
    onDisk: new Set(Object.keys(disk)),
  };
};

const byKey = (keys: readonly RingKey[], prefix = ''): Readonly<Record<string, RingKey>> =>
  Object.fromEntries(keys.map((key) => [`${prefix}${key.id}`, key]));

const write = async (prefix: string, ring: Ring, { put, remove, documents }: Change): Promise<void> => {
  const forDisk = put.filter((key) => key.remembered);
  const forMemory = put.filter((key) => !key.remembered);
  const items = {
    ...byKey(forMemory, prefix),
    ...(documents && { [documentsOf(isPrivate() ? 'private' : 'normal')]: documents }),
  };
  const outOfMemory = [...remove, ...forDisk.map(({ id }) => id)].filter((id) => ring.inMemory.has(id));
  const takeOffDisk = async (ids: readonly string[]): Promise<void> => {
    const there = ids.filter((id) => ring.onDisk.has(id));
    if (there.length > 0) await remembered.remove(there);
  };
  if (forDisk.length > 0) await remembered.write(byKey(forDisk));
  // Room first: what goes may be what makes the rest fit.
  if (outOfMemory.length > 0) await session.remove(outOfMemory.map((id) => `${prefix}${id}`));
  await takeOffDisk(remove);
  if (Object.keys(items).length > 0) await session.write(items);
  // Last: if memory is full, the disk has the only copy of a key, and nobody asked to lose it.
  await takeOffDisk(forMemory.map(({ id }) => id));
};

/**
 * Reads the ring, has `decide` say what becomes of it, and writes that. Of two changes at once, in one page or in two, the
 * second begins where the first has ended. Rejects over quota, and when a private window would write to the disk.
 */
export const changeRing = (decide: (ring: Ring) => Change | undefined | Promise<Change | undefined>): Promise<void> => {
  const prefix = ringPrefix();
  return navigator.locks.request(prefix, async () => {
    const ring = await read(prefix);
    const change = await decide(ring);
    if (!change) return;
    if (isPrivate() && change.put.some((key) => key.remembered)) throw new Error('Private windows remember nothing.');
    await write(prefix, ring, change);
  });
};
