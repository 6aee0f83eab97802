import type { Edges } from '../background/edges.ts';
import { browser } from './api.ts';

/**
 * By the address, which finds those of its parent domains, and by the host, which finds those of any path. From the jar
 * that the tab has: private windows and Firefox's containers have their own. Partitioned ones of any site are among them.
 */
export const cookiesFor: Edges['cookiesFor'] = async (tab, url) => {
  const jars = await browser.cookies.getAllCookieStores();
  const storeId = jars.find(({ tabIds }) => tabIds.includes(tab))?.id;
  const find = (details: object) =>
    browser.cookies.getAll({ ...(storeId && { storeId }), partitionKey: {}, ...details });
  return (await Promise.all([find({ url }), find({ domain: URL.parse(url)?.hostname })])).flat();
};
