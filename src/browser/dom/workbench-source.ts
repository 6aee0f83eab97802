import { pasteKey } from '../../core/capture/keys.ts';
import type { PanelSource } from '../../panel/source.ts';
import { browser } from '../api.ts';
import { hasAccess, onAccessChanged } from '../permissions.ts';
import { session } from '../session.ts';
import { commonSource } from './common-source.ts';

const EVERYWHERE = '<all_urls>';

/** The world of the extension's own page: nothing is captured, text may have been handed over. */
export const workbenchSource = (): PanelSource => {
  const hash = location.hash.slice(1);
  return {
    ...commonSource(),
    captures: false,
    accessPage: hash === 'access',
    async handedOver() {
      const key = pasteKey(hash);
      const { [key]: text } = await session.readAll();
      if (typeof text !== 'string') return undefined;
      await session.remove([key]);
      return text;
    },
    watchRecords: () => () => undefined,
    watchStores: () => () => undefined,
    readStores: async () => undefined,
    clear: async () => undefined,
    watchTheme(listener) {
      listener('system');
      return () => undefined;
    },
    watchAccess(listener) {
      const tell = (): void => void hasAccess(EVERYWHERE).then(listener);
      tell();
      return onAccessChanged(tell);
    },
    async requestAccess() {
      await browser.permissions.request({ origins: [EVERYWHERE] });
    },
  };
};
