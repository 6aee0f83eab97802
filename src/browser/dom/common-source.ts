import { parseSettings } from '../../core/capture/settings.ts';
import type { PanelSource } from '../../panel/source.ts';
import { browser } from '../api.ts';

import { send } from '../messages.ts';
import { saveSettings, settings } from '../settings.ts';
import { askForHost } from './ask-for-host.ts';
import { copy } from './copy.ts';
import { exportGatewayLog, exportLog } from './export-log.ts';
import { keyRing } from './key-ring.ts';
import { policies } from './policies.ts';
import { save } from './save.ts';

type Common =
  | 'browser'
  | 'version'
  | 'now'
  | 'text'
  | 'language'
  | 'watchSettings'
  | 'saveSettings'
  | 'canRemember'
  | 'watchKeys'
  | 'addKey'
  | 'changeKey'
  | 'removeKey'
  | 'keepKeySet'
  | 'fetchText'
  | 'save'
  | 'exportLog'
  | 'exportGatewayLog'
  | 'importFile'
  | 'watchPolicies'
  | 'savePolicy'
  | 'removePolicy'
  | 'copy'
  | 'decodeInTab';

/** What the panel and the extension's own page have alike. */
export const commonSource = (): Pick<PanelSource, Common> => ({
  browser: browser.runtime.getURL('').startsWith('moz-extension:') ? 'firefox' : 'chromium',
  version: browser.runtime.getManifest().version,
  now: Date.now,
  text: (key, ...substitutions) => browser.i18n.getMessage(key, [...substitutions]) || key,
  // That of the texts: the browser's own may be one that there are none in.
  language: browser.i18n.getMessage('language'),
  watchSettings(listener) {
    let current = 0;
    const tell = (stored: unknown): void => {
      current += 1;
      listener(parseSettings(stored));
    };
    const stop = settings.onChanged(tell);
    void settings.read().then((stored) => {
      if (current === 0) tell(stored);
    });
    return () => {
      current = Number.POSITIVE_INFINITY;
      stop();
    };
  },
  saveSettings,
  ...keyRing(Date.now),
  async fetchText(url) {
    // Before anything is awaited: a browser takes the question only while it still holds the click.
    const asked = askForHost(url);
    const { fetchText } = await import('./fetch-text.ts');
    return (await asked) ? fetchText(url) : { error: 'unreachable' };
  },
  save,
  exportLog,
  exportGatewayLog,
  importFile: async (...asked) => (await import('./import-file.ts')).importFile(...asked),
  ...policies,
  copy,
  decodeInTab: async (text) => void (await send({ type: 'decode', text })),
});
