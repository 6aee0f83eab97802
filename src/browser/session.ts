import type { Session } from '../background/edges.ts';
import { browser } from './api.ts';
import { isPrivate } from './privacy.ts';
import { privateSession } from './private-session.ts';
import { subscribe } from './subscribe.ts';

const shared: Session = {
  readAll: () => browser.storage.session.get(null),
  write: (items) => browser.storage.session.set({ ...items }),
  remove: (keys) => browser.storage.session.remove([...keys]),
  onChanged: (listener) =>
    subscribe(browser.storage.session.onChanged, (changes) => {
      listener(Object.fromEntries(Object.entries(changes).map(([key, { newValue }]) => [key, newValue])));
    }),
};

/** Whether these are private windows with storage of their own: Chromium's. */
export const hasOwnStorage = isPrivate() && browser.runtime.getManifest().incognito === 'split';

/**
 * Storage in memory, for as long as the browser runs; in Chromium's private half (`split`) for as long as a private
 * window is open. Firefox has one background for both kinds of windows, and one storage.
 */
export const session: Session = hasOwnStorage ? privateSession() : shared;
