import { ACCESS_KEY } from '../../core/capture/keys.ts';
import type { PanelSource } from '../../panel/source.ts';
import { browser } from '../api.ts';
import { send } from '../messages.ts';
import { session } from '../session.ts';
import { commonSource } from './common-source.ts';
import { inspectedTab, watchOrigin } from './inspected.ts';
import { type RecordWatch, watchRecords } from './records.ts';
import { stores } from './stores.ts';
import { watchTheme } from './theme.ts';

/** The panel's world in DevTools, once the tab is known that it inspects. */
export const panelSource = async (): Promise<PanelSource> => {
  const tab = await inspectedTab();
  const watches = new Set<RecordWatch>();
  return {
    ...commonSource(),
    ...stores(tab),
    captures: true,
    accessPage: false,
    handedOver: async () => undefined,
    watchTheme,
    watchRecords(listener) {
      const watch = watchRecords(tab, listener);
      watches.add(watch);
      return () => {
        watches.delete(watch);
        watch.stop();
      };
    },
    // The background hears of it from storage, and forgets them too.
    clear: () => session.remove([...new Set([...watches].flatMap((watch) => watch.keys()))]),
    watchAccess(listener) {
      let origin: string | undefined;
      let stopped = false;
      const ask = async (): Promise<void> => {
        if (origin === undefined) return;
        const asked = origin;
        const granted = await send({ type: 'access', origin: asked });
        if (!stopped && asked === origin) listener(granted === true);
      };
      const stopOrigin = watchOrigin((found) => {
        origin = found;
        void ask();
      });
      const stopChanges = session.onChanged((changes) => {
        if (ACCESS_KEY in changes) void ask();
      });
      return () => {
        stopped = true;
        stopOrigin();
        stopChanges();
      };
    },
    async requestAccess() {
      // Firefox's panel has no permissions API: a page of the extension's own asks instead.
      if (browser.permissions) await browser.permissions.request({ origins: ['<all_urls>'] });
      else await send({ type: 'ask_for_access' });
    },
  };
};
