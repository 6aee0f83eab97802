import type { PanelSource, StoresReading } from '../../panel/source.ts';
import { browser } from '../api.ts';
import { subscribe } from '../subscribe.ts';
import { evaluate } from './inspected.ts';
import { readStores } from './read-stores.ts';

export interface StoresWatch {
  readonly watch: PanelSource['watchStores'];
  readonly read: PanelSource['readStores'];
}

/** ms between two questions whether a page has loaded, and how many of them; one that loads on is read as it is. */
const POLL_MS = 100;
const MAX_POLLS = 50;

/** ms from the reading of a page that has loaded to the next: an app that comes back from a login fetches its tokens now. */
const SECOND_LOOK_MS = 1_500;

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const hasLoaded = async (isStill: () => boolean): Promise<void> => {
  for (let polls = 0; polls < MAX_POLLS && isStill(); polls += 1) {
    if ((await evaluate('document.readyState')) === 'complete') return;
    await wait(POLL_MS);
  }
};

/** Reads while anybody listens: for the first, twice after each navigation, and when asked. Of two readings the later counts. */
export const createStoresWatch = (tab: number, now: () => number): StoresWatch => {
  const listeners = new Set<(reading: StoresReading) => void>();
  let last: StoresReading | undefined;
  let begun = 0;
  let running: Promise<void> | undefined;
  let stopNavigation: (() => void) | undefined;

  const start = (navigated: boolean): Promise<void> => {
    begun += 1;
    const mine = begun;
    const isStill = () => mine === begun;
    const run = async (): Promise<void> => {
      if (navigated) await hasLoaded(isStill);
      const reading = isStill() ? await readStores(tab, now) : undefined;
      // Overtaken, it waits for the one that counts.
      if (!reading || !isStill()) return running;
      last = reading;
      for (const listener of listeners) listener(reading);
    };
    running = run();
    return running;
  };

  const follow = async (): Promise<void> => {
    const reading = start(true);
    const mine = begun;
    await reading;
    await wait(SECOND_LOOK_MS);
    if (mine === begun && listeners.size > 0) void start(false);
  };

  return {
    watch(listener) {
      listeners.add(listener);
      stopNavigation ??= subscribe(browser.devtools.network.onNavigated, () => void follow());
      if (last) listener(last);
      else if (begun === 0) void start(false);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        stopNavigation?.();
        stopNavigation = undefined;
      };
    },
    read: () => start(false),
  };
};
