import { browser } from '../api.ts';
import { subscribe } from '../subscribe.ts';

/** Chromium gives null for a moment after DevTools opened. */
const TAB_POLL_MS = 20;

/** The tab that DevTools inspects. */
export const inspectedTab = async (): Promise<number> => {
  for (;;) {
    const tab: number | null = browser.devtools.inspectedWindow.tabId;
    if (typeof tab === 'number') return tab;
    await new Promise((resolve) => setTimeout(resolve, TAB_POLL_MS));
  }
};

/** ms; a page that stands still, in its debugger or in a loop, does not answer. */
const MAX_WAIT = 10_000;

/**
 * Evaluates in the inspected page, or in its frame of this address (Chromium alone can); undefined or null if that throws
 * or is not answered. By callback, whose first argument is the result in both browsers: a promise gives Firefox's
 * `[result, error]`, the bare result from Chromium's own `browser`, and an array of it from the polyfill.
 */
export const evaluate = (expression: string, frameURL?: string): Promise<unknown> =>
  new Promise((resolve) => {
    const late = setTimeout(resolve, MAX_WAIT);
    const answered = (...[result]: readonly unknown[]): void => {
      clearTimeout(late);
      resolve(result);
    };
    if (frameURL === undefined) chrome.devtools.inspectedWindow.eval(expression, answered);
    else chrome.devtools.inspectedWindow.eval(expression, { frameURL }, answered);
  });

/** The addresses of the documents in the tab that `evaluate` can reach; none in Firefox, which has no list of them. */
export const documentUrls = (): Promise<readonly string[]> =>
  new Promise((resolve) => {
    const { getResources } = chrome.devtools.inspectedWindow;
    if (!getResources) return resolve([]);
    setTimeout(() => resolve([]), MAX_WAIT);
    // The type is Chromium's own.
    getResources((all: readonly { readonly url: string; readonly type?: string }[]) =>
      resolve([...new Set(all.flatMap(({ url, type }) => (type === 'document' ? url : [])))]),
    );
  });

/** Tells the inspected page's origin, now and after each navigation; `null` (the text) where it has none. */
export const watchOrigin = (listener: (origin: string) => void): (() => void) => {
  let asked = 0;
  const ask = async (): Promise<void> => {
    asked += 1;
    const mine = asked;
    const origin = await evaluate('location.origin');
    if (mine === asked) listener(typeof origin === 'string' ? origin : 'null');
  };
  const undo = subscribe(browser.devtools.network.onNavigated, () => void ask());
  void ask();
  return () => {
    asked = Number.NaN;
    undo();
  };
};
