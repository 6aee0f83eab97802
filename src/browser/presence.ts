/**
 * Whether DevTools is open, by a port: the one thing of a page that is heard when it goes. What it does itself on its
 * way out (`pagehide`) comes to nothing in both browsers, since its calls die with it.
 */
import type { Subscribe } from '../background/edges.ts';
import { parseSettings } from '../core/capture/settings.ts';
import { browser } from './api.ts';
import { session } from './session.ts';
import { settings } from './settings.ts';
import { subscribe } from './subscribe.ts';

/** For the background: tells the name of a port whose page is gone. */
export const onGone: Subscribe<string> = (listener) =>
  subscribe(browser.runtime.onConnect, (port) => {
    port.onDisconnect.addListener(() => listener(port.name));
  });

/**
 * For the page: holds a port and, in storage under the port's name, the word that it is there, for as long as the page
 * lives. A background that was stopped let go of the port; it is woken to take another only while that matters, with
 * "only while DevTools is open". Without a port there is no word either: nobody would take it away after the page.
 */
export const stay = async (name: () => string): Promise<void> => {
  let connected = false;
  const connect = async (): Promise<void> => {
    const mine = name();
    connected = true;
    await session.write({ [mine]: true });
    browser.runtime.connect({ name: mine }).onDisconnect.addListener(async () => {
      connected = false;
      // The next word first: a background that wakes meanwhile finds one of them.
      await connectIfWanted(await settings.read());
      await session.remove([mine]);
    });
  };
  const connectIfWanted = async (stored: unknown): Promise<void> => {
    if (!connected && parseSettings(stored).onlyWhileOpen) await connect();
  };
  settings.onChanged((stored) => void connectIfWanted(stored));
  await connect();
};
