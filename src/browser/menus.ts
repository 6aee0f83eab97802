import type { Subscribe } from '../background/edges.ts';
import { browser } from './api.ts';
import { isPrivate } from './privacy.ts';
import { subscribe } from './subscribe.ts';

const MENU = 'decode';

/** When the menu has to be made. Chromium tells its private half nothing of installation, and shows it none of the other's items. */
export const onInstalled: Subscribe<void> = (listener) => {
  if (isPrivate()) listener();
  return subscribe(browser.runtime.onInstalled, () => listener());
};

export const makeMenu = async (): Promise<void> => {
  await browser.contextMenus.removeAll();
  browser.contextMenus.create({ id: MENU, title: browser.i18n.getMessage('menu_decode'), contexts: ['selection'] });
};

export const onMenuClicked: Subscribe<string> = (listener) =>
  subscribe(browser.contextMenus.onClicked, ({ menuItemId, selectionText = '' }) => {
    if (menuItemId === MENU) listener(selectionText);
  });

export const onToolbarClicked: Subscribe<void> = (listener) => subscribe(browser.action.onClicked, () => listener());
