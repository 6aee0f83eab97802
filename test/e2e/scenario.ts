import { afterAll, beforeAll, describe } from 'vitest';
import { launchChromium } from './chromium.ts';
import type { BrowserName, Driver, LaunchOptions } from './driver.ts';
import { launchFirefox } from './firefox.ts';

const LAUNCH: Readonly<Record<BrowserName, (options?: LaunchOptions) => Promise<Driver>>> = {
  chromium: launchChromium,
  firefox: launchFirefox,
};

export const launch = (browser: BrowserName, options?: LaunchOptions): Promise<Driver> => LAUNCH[browser](options);

/** E2E_BROWSER=chromium or =firefox leaves the other out. */
export const wanted = (['chromium', 'firefox'] as const).filter((name) => (process.env.E2E_BROWSER ?? name) === name);
if (!wanted.length) throw new Error(`E2E_BROWSER is "${process.env.E2E_BROWSER}", not chromium or firefox`);

/**
 * Declares the same tests for each browser. One browser is launched for all tests of the block and discarded after;
 * `driver()` gives it from within a test or hook.
 */
export const inBothBrowsers = (name: string, tests: (driver: () => Driver) => void, options?: LaunchOptions): void => {
  describe.each(wanted)(`${name} in %s`, (browser) => {
    let driver: Driver | undefined;
    beforeAll(async () => {
      driver = await launch(browser, options);
    });
    afterAll(() => driver?.discard());
    tests(() => {
      if (!driver) throw new Error(`${browser} is not running yet`);
      return driver;
    });
  });
};
