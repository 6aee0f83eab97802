import type { Session } from '../background/edges.ts';
import { subscribe } from './subscribe.ts';

/** Storage in memory, for as long as the browser runs. */
export const session: Session = {
  readAll: () => chrome.storage.session.get(null),
  write: (items) => chrome.storage.session.set({ ...items }),
  remove: (keys) => chrome.storage.session.remove([...keys]),
  onChanged: (listener) =>
    subscribe(chrome.storage.session.onChanged, (changes) => {
      listener(Object.fromEntries(Object.entries(changes).map(([key, { newValue }]) => [key, newValue])));
    }),
};
