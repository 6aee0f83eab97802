import type { Theme, Unsubscribe } from '../../panel/source.ts';

type Panels = typeof chrome.devtools.panels & {
  /** Firefox's name for Chromium's setThemeChangeHandler */
  readonly onThemeChanged?: {
    addListener(listener: (name: string) => void): void;
    removeListener(listener: (name: string) => void): void;
  };
};

const themeOf = (name: string): Theme => (name === 'dark' ? 'dark' : 'light');

/** DevTools' theme, now and whenever it changes. Chromium has room for one listener. */
export const watchTheme = (listener: (theme: Theme) => void): Unsubscribe => {
  const panels: Panels = chrome.devtools.panels;
  const told = (name: string): void => listener(themeOf(name));
  told(panels.themeName);
  if (panels.onThemeChanged) {
    panels.onThemeChanged.addListener(told);
    return () => panels.onThemeChanged?.removeListener(told);
  }
  panels.setThemeChangeHandler(told);
  return () => panels.setThemeChangeHandler();
};
