/** The tab in DevTools. */
export const createPanel = (): void => {
  void chrome.devtools.panels.create(chrome.i18n.getMessage('panel_title'), 'icons/32.png', 'panel.html');
};
