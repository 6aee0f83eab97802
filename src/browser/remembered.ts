import { REMEMBERED } from '../core/capture/keys.ts';
import { browser } from './api.ts';
import { subscribe } from './subscribe.ts';

type Values = Readonly<Record<string, unknown>>;

const stripped = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) =>
      key.startsWith(REMEMBERED) ? [[key.slice(REMEMBERED.length), value]] : [],
    ),
  );

/** The keys that a person asked to remember, on disk, by id. Never to be named in a private window. */
export const remembered = {
  readAll: async (): Promise<Values> => stripped(await browser.storage.local.get(null)),
  write: (items: Values): Promise<void> =>
    browser.storage.local.set(
      Object.fromEntries(Object.entries(items).map(([id, value]) => [`${REMEMBERED}${id}`, value])),
    ),
  remove: (ids: readonly string[]): Promise<void> =>
    browser.storage.local.remove(ids.map((id) => `${REMEMBERED}${id}`)),
  /** Each with what it is now; undefined for what was removed. */
  onChanged: (listener: (changes: Values) => void): (() => void) =>
    subscribe(browser.storage.local.onChanged, (changes) => {
      const ours = stripped(Object.fromEntries(Object.entries(changes).map(([key, { newValue }]) => [key, newValue])));
      if (Object.keys(ours).length > 0) listener(ours);
    }),
};
