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

/**
 * Evaluates in the inspected page; undefined or null if that throws. By callback, whose first argument is the result in
 * both browsers: a promise gives Firefox's `[result, error]`, the bare result from Chromium's own `browser`, and an array
 * of it from the polyfill.
 */
const evaluate = (expression: string): Promise<unknown> =>
  new Promise((resolve) => chrome.devtools.inspectedWindow.eval(expression, (...[result]) => resolve(result)));

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
