/** Bounds of one reading of a page; lengths in characters. */
export const PAGE_BOUNDS = {
  /** Windows looked at, each with its frames. */
  frames: 64,
  /** Keys of one store; 10,000 take some milliseconds. */
  keys: 10_000,
  /** Values that may hold a token; apps keep a dozen. */
  items: 1_000,
  /** The longest value; a large session of Firebase takes 10,000. */
  value: 262_144,
  /** All values of one answer; more would hold up the panel to read. */
  length: 1_048_576,
};

/**
 * Runs in the inspected page (in-page.ts): what the web storage and `document.cookie` hold of a window, and of all frames
 * in it that it may look into; values that may hold a token only. Gives JSON as stores-answer.ts reads it. Changes nothing.
 */
export const pageStores = (bounds: typeof PAGE_BOUNDS, mayHold: (text: string) => boolean): string => {
  const items: object[] = [];
  const frames: { url: string; origin: string; cookies: string }[] = [];
  const unreadable: object[] = [];
  const foreign: string[] = [];
  const seen = new Set<string>();
  let left = bounds.length;
  let dropped = 0;

  const fits = (length: number): boolean => {
    const takes = items.length < bounds.items && length <= bounds.value && length <= left;
    if (takes) left -= length;
    else dropped += 1;
    return takes;
  };
  const readStore = (view: Window, kind: 'local_storage' | 'session_storage', origin: string) => {
    try {
      const store = kind === 'local_storage' ? view.localStorage : view.sessionStorage;
      const names = Object.keys(store);
      dropped += Math.max(0, names.length - bounds.keys);
      for (const name of names.slice(0, bounds.keys)) {
        const value = store.getItem(name);
        // Frames of one origin have one store, but for those whose store is partitioned.
        const known = `${kind} ${origin} ${name} ${value}`;
        if (typeof value !== 'string' || !mayHold(value) || seen.has(known)) continue;
        seen.add(known);
        if (fits(name.length + value.length)) items.push({ kind, origin, name, value });
      }
    } catch {
      unreadable.push({ origin, store: kind });
    }
  };
  const readCookies = (view: Window): string => {
    try {
      const { cookie } = view.document;
      return mayHold(cookie) && fits(cookie.length) ? cookie : '';
    } catch {
      return '';
    }
  };
  /** The origin that the element in the parent names; a frame of another origin tells nothing itself. */
  const originIn = (parent: Window, view: Window): string => {
    try {
      const elements = [...parent.document.querySelectorAll<HTMLIFrameElement>('iframe, frame')];
      return new URL(elements.find(({ contentWindow }) => contentWindow === view)?.src ?? '').origin;
    } catch {
      return '';
    }
  };

  const open: [view: Window, parent: Window][] = [[window, window]];
  for (let visited = 0; visited < bounds.frames; visited += 1) {
    const next = open.shift();
    if (!next) break;
    const [view, parent] = next;
    for (let index = 0; index < Math.min(view.length, bounds.frames); index += 1)
      open.push([view[index] as Window, view]);
    try {
      const { href, protocol, origin: ofUrl } = view.location;
      const origin = protocol === 'about:' ? view.origin : ofUrl;
      frames.push({ url: href, origin, cookies: readCookies(view) });
      readStore(view, 'local_storage', origin);
      readStore(view, 'session_storage', origin);
    } catch {
      foreign.push(originIn(parent, view));
    }
  }
  return JSON.stringify({ frames, items, dropped, unreadable, foreign });
};
