/**
 * Whether DevTools is open, by a port: the one thing of a page that is heard when it goes. What it does itself on its
 * way out (`pagehide`) comes to nothing in both browsers, since its calls die with it.
 */
import type { Subscribe } from '../background/edges.ts';
import { parseSettings } from '../core/capture/settings.ts';
import { browser } from './api.ts';
import { settings } from './settings.ts';
import { subscribe } from './subscribe.ts';

/** For the background: tells the name of a port whose page is gone. */
export const onGone: Subscribe<string> = (listener) =>
  subscribe(browser.runtime.onConnect, (port) => {
    port.onDisconnect.addListener(() => listener(port.name));
  });

/**
 * For the page: a port of that name for as long as the page lives. A background that was stopped let go of it; it is
 * woken to take it again only while that matters, with "only while DevTools is open".
 */
export const stay = (name: string): void => {
  let connected = false;
  const connect = (): void => {
    connected = true;
    browser.runtime.connect({ name }).onDisconnect.addListener(async () => {
      connected = false;
      connectIfWanted(await settings.read());
    });
  };
  const connectIfWanted = (stored: unknown): void => {
    if (!connected && parseSettings(stored).onlyWhileOpen) connect();
  };
  settings.onChanged(connectIfWanted);
  connect();
};
