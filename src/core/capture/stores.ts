import type { Found, Place } from './records.ts';
import { shorten } from './shorten.ts';
import { layoutOf } from './store-layout.ts';
import { tokensInValue } from './value.ts';

/** One value of a store, as it stands; a structured one of IndexedDB as JSON. */
export interface StoreItem {
  readonly kind: 'local_storage' | 'session_storage' | 'indexed_db';
  readonly origin: string;
  /** The key; of IndexedDB `database / store / key`. */
  readonly name: string;
  readonly value: string;
}

/** Every token in the values of a page's stores, each with the path to it and the layout it stands in. Never throws. */
export const tokensInStores = (items: readonly StoreItem[]): readonly Found[] =>
  items.flatMap(({ kind, origin, name, value }) => {
    const layout = layoutOf({ name, value });
    return tokensInValue(value).map(({ compact, path }) => ({
      compact,
      place: { kind, name: shorten(name), ...(path !== undefined && { path }), origin, ...(layout && { layout }) },
    }));
  });

const keyOf = ({ kind, origin, name, path }: Place): string => JSON.stringify([kind, origin, name, path]);

/**
 * The later of two readings, with `changed` on each token that stands where another stood before. A token that came so
 * keeps the mark as long as it stands there.
 */
export const markChanged = (before: readonly Found[], after: readonly Found[]): readonly Found[] => {
  const stood = new Map<string, Map<string, boolean>>();
  for (const { compact, place } of before) {
    const key = keyOf(place);
    const tokens = stood.get(key) ?? new Map<string, boolean>();
    stood.set(key, tokens.set(compact, place.changed === true));
  }
  return after.map((found) => {
    const tokens = stood.get(keyOf(found.place));
    const isNew = tokens !== undefined && (tokens.get(found.compact) ?? true);
    return isNew ? { ...found, place: { ...found.place, changed: true } } : found;
  });
};
