import type { Session } from '../background/edges.ts';
import { browser } from './api.ts';
import { subscribe } from './subscribe.ts';

/** Storage in memory, for as long as the browser runs. */
export const session: Session = {
  readAll: () => browser.storage.session.get(null),
  write: (items) => browser.storage.session.set({ ...items }),
  remove: (keys) => browser.storage.session.remove([...keys]),
  onChanged: (listener) =>
    subscribe(browser.storage.session.onChanged, (changes) => {
      listener(Object.fromEntries(Object.entries(changes).map(([key, { newValue }]) => [key, newValue])));
    }),
};
