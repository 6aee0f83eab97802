import { hasOwnStorage, session } from './session.ts';

/**
 * What stands in storage in memory under keys that begin with `prefix`. Not by reading all, where the browser can tell
 * the keys alone (Chromium 130, Firefox 143): beside a few there may be 8 MB of log.
 */
export const readUnder = async (prefix: string): Promise<Readonly<Record<string, unknown>>> => {
  const area: Partial<Pick<chrome.storage.StorageArea, 'getKeys'>> & Pick<chrome.storage.StorageArea, 'get'> =
    chrome.storage.session;
  if (!hasOwnStorage && area.getKeys) {
    const keys = (await area.getKeys()).filter((key) => key.startsWith(prefix));
    return keys.length > 0 ? area.get(keys) : {};
  }
  const all = await session.readAll();
  return Object.fromEntries(Object.entries(all).filter(([key]) => key.startsWith(prefix)));
};
