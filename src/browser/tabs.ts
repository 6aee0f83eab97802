import type { Edges, Subscribe } from '../background/edges.ts';
import { subscribe } from './subscribe.ts';

export const onTabClosed: Subscribe<number> = (listener) =>
  subscribe(chrome.tabs.onRemoved, (tab: number) => listener(tab));

export const openTabs: Edges['openTabs'] = async () =>
  (await chrome.tabs.query({})).map(({ incognito }) => ({ isPrivate: incognito }));

export const openPage = async (hash: string): Promise<void> => {
  await chrome.tabs.create({ url: chrome.runtime.getURL(`workbench.html${hash}`) });
};
