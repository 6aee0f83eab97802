import { browser } from '../api.ts';
/** The tab in DevTools. */
export const createPanel = (): void => {
  void browser.devtools.panels.create(browser.i18n.getMessage('panel_title'), 'icons/32.png', 'panel.html');
};
