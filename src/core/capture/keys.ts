/** The keys of storage.session that are not records (`recordKey` names those), and of storage.local. */

/** There while DevTools is open on the tab. `id` is its own, so that one that goes takes nothing of the next with it. */
export const openKey = (tab: number, id: string): string => `open/${tab}/${id}`;

/** The tab of an `openKey`, or undefined. */
export const tabOfOpenKey = (key: string): number | undefined => {
  const tab = /^open\/(\d+)\//.exec(key)?.[1];
  return tab === undefined ? undefined : Number(tab);
};

/** Where `pasteKey`s stand. */
export const PASTES = 'paste/';

/** Text handed over from the context menu to the page that shows it, which takes it away. */
export const pasteKey = (id: string): string => `${PASTES}${id}`;

/** Where the keys of the ring stand; those of private windows go with the last of these, and all else under here. */
export const keysOf = (privacy: 'normal' | 'private'): string => `key/${privacy}/`;

/** Discovery documents seen in traffic, as one list; beside the keys, so that they go with them. */
export const documentsOf = (privacy: 'normal' | 'private'): string => `${keysOf(privacy)}documents`;

/** In storage.local, and so on disk: where the keys stand that a person asked to remember. */
export const REMEMBERED = 'remembered/';

/** Changes whenever a permission does, so that panels ask again. */
export const ACCESS_KEY = 'access';
