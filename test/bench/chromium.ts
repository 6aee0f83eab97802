/** Chromium as a bench wants it: with one extension or none, and nothing else that works beside what is measured. */
import puppeteer, { type Browser, type Page } from 'puppeteer';
import { QUIET } from '../e2e/chromium.ts';
import { makeFolders } from '../e2e/profile.ts';
import { findBrowsers } from '../run/browsers.mjs';

export interface Chromium {
  readonly browser: Browser;
  close(): Promise<void>;
}

/** The program's own driver logs the network and attaches to the worker; both cost time. */
export const startChromium = async (extensionDir?: string): Promise<Chromium> => {
  const { chromium } = await findBrowsers(['chromium']);
  const folders = makeFolders('bench');
  const browser = await puppeteer.launch({
    executablePath: chromium,
    pipe: true,
    enableExtensions: extensionDir === undefined ? false : [extensionDir],
    userDataDir: folders.profile,
    env: { ...process.env, HOME: folders.profile },
    args: QUIET,
    targetFilter: (target) => target.type() !== 'service_worker',
    handleSIGINT: false,
    handleSIGTERM: false,
  });
  folders.removeAtExit(() => browser.process()?.kill('SIGKILL'));
  return {
    browser,
    close: async () => {
      await browser.close();
      await folders.remove();
    },
  };
};

/** Does the work in a page of a Chromium of its own, without extensions. */
export const inPage = async <T>(url: string, work: (page: Page) => Promise<T>): Promise<T> => {
  const { browser, close } = await startChromium();
  try {
    const page = await browser.newPage();
    await page.goto(url);
    return await work(page);
  } finally {
    await close();
  }
};
