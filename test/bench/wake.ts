import type { CDPSession, Page } from 'puppeteer';
import { poll } from '../e2e/poll.ts';
import { startChromium } from './chromium.ts';
import { makeExtensions } from './extensions.ts';
import { type Figure, longer } from './figure.ts';
import { rounds } from './rounds.ts';

const ROUNDS = 25;

/** Runs in a page of the extension: ms until a worker that did not run has answered. */
const wake = async (): Promise<number> => {
  const start = performance.now();
  await chrome.runtime.sendMessage({ type: 'access', origin: 'http://127.0.0.1' });
  return performance.now() - start;
};

interface Sleeper {
  wake(): Promise<number>;
  close(): Promise<void>;
}

/** Ends the worker as the browser does, without attaching to it. */
const stopper = async (session: CDPSession) => {
  const running = new Map<string, string>();
  session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
    for (const { versionId, runningStatus } of versions) running.set(versionId, runningStatus);
  });
  await session.send('ServiceWorker.enable');
  return async () => {
    await session.send('ServiceWorker.stopAllWorkers');
    await poll('the end of the worker', async () => [...running.values()].every((status) => status === 'stopped'));
  };
};

const openOwnPage = async (page: Page, id: string) => {
  await page.goto(`chrome-extension://${id}/panel.css`);
  return stopper(await page.createCDPSession());
};

const sleeper = async (extensionDir: string): Promise<Sleeper> => {
  const { browser, close } = await startChromium(extensionDir);
  const page = await browser.newPage();
  const id = await poll('the extension', async () => [...(await browser.extensions()).keys()][0]);
  const stop = await openOwnPage(page, id);
  return {
    wake: async () => {
      await stop();
      return page.evaluate(wake);
    },
    close,
  };
};

/** A message that wakes the killed worker, until it is answered; ours has read its storage by then. */
export const measureWake = async (): Promise<readonly Figure[]> => {
  const extensions = makeExtensions('chromium');
  const ours = await sleeper(extensions.claimcheck);
  const theirs = await sleeper(extensions.empty);
  try {
    const { claimcheck, empty } = await rounds({ claimcheck: ours.wake, empty: theirs.wake }, ROUNDS);
    return [longer('wake the killed worker', 'an empty worker', claimcheck, empty, { atMost: 1.3 })];
  } finally {
    await ours.close();
    await theirs.close();
    extensions.remove();
  }
};
