import * as v from 'valibot';
import { keysOf } from '../../core/capture/keys.ts';
import type { RingKey } from '../../core/trust/signature.ts';
import { isPrivate } from '../privacy.ts';
import { remembered } from '../remembered.ts';

const time = v.pipe(v.number(), v.finite());

const schema = v.object({
  id: v.string(),
  text: v.string(),
  provenance: v.picklist(['given', 'discovery', 'traffic', 'token']),
  issuer: v.string(),
  alsoOf: v.optional(v.array(v.string())),
  addedAt: time,
  name: v.optional(v.string()),
  pinned: v.optional(v.literal(true)),
  remembered: v.optional(v.literal(true)),
  source: v.optional(v.string()),
  goneAt: v.optional(time),
  cookie: v.optional(v.string()),
});

/** A key as it was stored under its id; undefined for what is none. */
export const parseRingKey = (id: string, stored: unknown): RingKey | undefined => {
  const { success, output } = v.safeParse(schema, stored);
  return success && output.id === id ? output : undefined;
};

/** Where the keys of windows like this one stand in memory. */
export const ringPrefix = (): string => keysOf(isPrivate() ? 'private' : 'normal');

/** The keys of the disk by id, none in a private window. */
export const readRemembered = async (): Promise<Readonly<Record<string, unknown>>> =>
  isPrivate() ? {} : remembered.readAll();
