import { launchChromium } from '../e2e/chromium.ts';
import type { Driver, LaunchOptions } from '../e2e/driver.ts';
import { launchFirefox } from '../e2e/firefox.ts';
import { type Extensions, makeExtensions } from './extensions.ts';
import { AT_ONCE, FETCHES, fetchMany, WARM_UP } from './fetches.ts';
import { type Figure, longer } from './figure.ts';
import { rounds } from './rounds.ts';
import { startSite } from './site.ts';
import { makeTokens } from './tokens.ts';

/** DevTools itself keeps every request: more rounds would measure what it does with them. */
const ROUNDS = 6;

type Launch = (options: LaunchOptions) => Promise<Driver>;

/** The driver's own ways into the browser cost time; both contenders have them. */
const openPanel = async (launch: Launch, extensionDir: string, origin: string): Promise<Driver> => {
  const driver = await launch({ extensionDir });
  await driver.page.goto(origin);
  await (await driver.openDevTools()).showPanel();
  return driver;
};

const measureIn = async (name: string, launch: Launch, extensions: Extensions): Promise<readonly Figure[]> => {
  const site = await startSite();
  const opened: Driver[] = [];
  try {
    const contender = async (extension: string) => {
      const driver = await openPanel(launch, extension, site.origin);
      opened.push(driver);
      let round = 0;
      return async () => {
        const [token = ''] = await makeTokens(1, 'HS256', round);
        round += 1;
        await driver.page.evaluate(fetchMany, token, WARM_UP, AT_ONCE);
        return driver.page.evaluate(fetchMany, token, FETCHES, AT_ONCE);
      };
    };
    const { claimcheck, told, idle } = await rounds(
      {
        claimcheck: await contender(extensions.claimcheck),
        told: await contender(extensions.told),
        idle: await contender(extensions.idle),
      },
      ROUNDS,
    );
    const what = `${FETCHES} fetches in ${name}, panel open`;
    return [
      longer(what, 'a panel that does nothing', claimcheck, idle, { atMost: 1.05 }),
      longer(what, 'one that DevTools tells of each', claimcheck, told),
    ];
  } finally {
    for (const driver of opened) await driver.discard();
    await site.close();
    extensions.remove();
  }
};

/** What a page's authenticated requests take longer with the panel open, bodies read, from a loopback server. */
export const measureOpen = async (): Promise<readonly Figure[]> => [
  ...(await measureIn('Chromium', launchChromium, makeExtensions('chromium'))),
  ...(await measureIn('Firefox', launchFirefox, makeExtensions('firefox'))),
];
