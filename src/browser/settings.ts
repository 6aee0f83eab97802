import type { Edges } from '../background/edges.ts';
import { parseSettings, SETTINGS_KEY, type Settings } from '../core/capture/settings.ts';
import { browser } from './api.ts';
import { subscribe } from './subscribe.ts';

const read = async (): Promise<unknown> => (await browser.storage.local.get(SETTINGS_KEY))[SETTINGS_KEY];

/** The person's settings as they are stored; `parseSettings` makes sense of them. */
export const settings: Edges['settings'] = {
  read,
  onChanged: (listener) =>
    subscribe(browser.storage.local.onChanged, (changes) => {
      if (changes[SETTINGS_KEY]) listener(changes[SETTINGS_KEY].newValue);
    }),
};

/** Changes these settings and no other: of two changes at once, in one page or in two, the second begins where the first has ended. */
export const saveSettings = (change: Partial<Settings>): Promise<void> =>
  navigator.locks.request(SETTINGS_KEY, async () =>
    browser.storage.local.set({ [SETTINGS_KEY]: { ...parseSettings(await read()), ...change } }),
  );
