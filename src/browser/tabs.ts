import type { Edges, Subscribe } from '../background/edges.ts';
import { browser } from './api.ts';
import { subscribe } from './subscribe.ts';

export const onTabClosed: Subscribe<number> = (listener) =>
  subscribe(browser.tabs.onRemoved, (tab: number) => listener(tab));

export const openTabs: Edges['openTabs'] = async () =>
  (await browser.tabs.query({})).map(({ id, incognito }) => ({ id, isPrivate: incognito }));

export const openPage = async (hash: string): Promise<void> => {
  await browser.tabs.create({ url: browser.runtime.getURL(`workbench.html${hash}`) });
};
