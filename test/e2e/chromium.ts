/** The driver of Chromium: puppeteer, and what DevTools, chrome://extensions and the worker offer of themselves. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import puppeteer, { type Browser, type Page as ChromePage, type Target } from 'puppeteer';
import { findBrowsers } from '../run/browsers.mjs';
import { type ChromiumDevTools, devToolsTheme, openDevTools } from './chromium-devtools.ts';
import { handOn } from './chromium-hand.ts';
import { recordHar } from './chromium-har.ts';
import { downloadsIn } from './downloads.ts';
import type { Driver, LaunchOptions, Page, Theme } from './driver.ts';
import { localized } from './localized.ts';
import { poll, WAIT_MS, within } from './poll.ts';
import { type Folders, makeFolders } from './profile.ts';
import { evaluateBy, surfaceOf } from './surface.ts';

/** Nothing that the browser does for itself, so that what is measured is the extension. */
export const QUIET = [
  // As root, as in a container, Chromium does not start with its sandbox.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
];

/** What Chromium's events have beyond their documentation. */
interface Dispatcher {
  dispatch(info: chrome.contextMenus.OnClickData, tab: chrome.tabs.Tab | undefined): void;
}

/** A line of the net log is an event; those that start a request name who asked. */
const requestsOf = (netLog: string, origin: string) =>
  readFileSync(netLog, 'utf8')
    .split('\n')
    .filter((line) => line.includes(`"initiator":"${origin}"`))
    .map((line) => /"url":"([^"]*)"/.exec(line)?.[1] ?? line)
    .filter((url) => /^(http|ws)s?:/.test(url));

/** An extension is told the theme only as DevTools opens, so it has to be in the profile before. */
const writePreferences = (profile: string, theme: Theme) => {
  mkdirSync(join(profile, 'Default'), { recursive: true });
  const uiTheme = { 'ui-theme': JSON.stringify(devToolsTheme(theme)) };
  const preferences = { devtools: { synced_preferences_sync_disabled: uiTheme } };
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences));
};

export const launchChromium = async (options: LaunchOptions = {}): Promise<Driver> => {
  const { extensionDir = 'dist/chromium', headless = true, theme = 'light', privateWindows = false } = options;
  const { language = 'en' } = options;
  const { chromium } = await findBrowsers(['chromium']);
  const folders = makeFolders('chromium');
  mkdirSync(folders.downloads);
  writePreferences(folders.profile, theme);
  const netLog = join(folders.root, 'net.json');
  const browser = await puppeteer.launch({
    executablePath: chromium,
    headless,
    pipe: true,
    enableExtensions: true,
    userDataDir: folders.profile,
    defaultViewport: headless ? { width: 1280, height: 800 } : null,
    downloadBehavior: { policy: 'allow', downloadPath: folders.downloads },
    env: { ...process.env, HOME: folders.profile },
    args: [...QUIET, `--log-net-log=${netLog}`],
    handleSIGINT: false,
    handleSIGTERM: false,
  });
  folders.removeAtExit(() => browser.process()?.kill('SIGKILL'));
  try {
    const devTools = await browser.target().createCDPSession();
    const path = localized(extensionDir, language, folders.root);
    await devTools.send('Extensions.loadUnpacked', { path, enableInIncognito: privateWindows });
    return await drive(browser, folders, netLog, theme);
  } catch (error) {
    await browser.close();
    await folders.remove();
    throw error;
  }
};

const isWorker = (target: Target) => target.type() === 'service_worker' && target.url().startsWith('chrome-extension:');

const drive = async (browser: Browser, folders: Folders, netLog: string, startTheme: Theme): Promise<Driver> => {
  let theme = startTheme;
  const id = new URL((await browser.waitForTarget(isWorker, { timeout: WAIT_MS })).url()).host;
  const origin = `chrome-extension://${id}`;
  const [first] = await browser.pages();
  if (!first) throw new Error('Chromium started without a tab');
  const control = await first.createCDPSession();
  // Targets do not tell: a worker that is ended while requests wait for it starts again under the same one.
  let version = { versionId: '', runningStatus: 'stopped' };
  control.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
    version = versions.findLast(({ scriptURL }) => scriptURL.startsWith(origin)) ?? version;
  });
  await control.send('ServiceWorker.enable');

  const chromePages = new WeakMap<Page, ChromePage>();
  const devTools = new Set<ChromiumDevTools>();
  const paint = (page: ChromePage) => page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
  const pageOf = async (chromePage: ChromePage): Promise<Page> => {
    await paint(chromePage);
    const page: Page = {
      ...surfaceOf(handOn(() => chromePage.mainFrame(), chromePage)),
      goto: async (url) => {
        await chromePage.goto(url);
      },
      url: async () => chromePage.url(),
      activate: () => chromePage.bringToFront(),
      close: () => chromePage.close(),
    };
    chromePages.set(page, chromePage);
    return page;
  };
  const chromeOf = (page: Page) => {
    const chromePage = chromePages.get(page);
    if (!chromePage) throw new Error('this page belongs to another driver');
    return chromePage;
  };
  const page = await pageOf(first);

  const runInWorker = async (expression: string): Promise<unknown> => {
    const target = await poll('the service worker', async () => {
      if (version.runningStatus === 'running') return browser.targets().find(isWorker);
      await control.send('ServiceWorker.startWorker', { scopeURL: `${origin}/` });
      return undefined;
    });
    // Not the worker that puppeteer keeps for the target: it knows the first life only.
    const session = await target.createCDPSession();
    try {
      const evaluate = { expression, awaitPromise: true, returnByValue: true };
      const { result, exceptionDetails } = await session.send('Runtime.evaluate', evaluate);
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    } finally {
      await session.detach();
    }
  };
  const evaluateInWorker = evaluateBy(runInWorker);

  /** The extension's page that appears because of the action. */
  const pageOpenedBy = async (action: () => Promise<unknown>) => {
    const before = new Set(browser.targets());
    await action();
    const target = await browser.waitForTarget(
      (candidate) => candidate.type() === 'page' && candidate.url().startsWith(origin) && !before.has(candidate),
      { timeout: WAIT_MS },
    );
    const opened = await target.page();
    if (!opened) throw new Error(`${target.url()} is no page`);
    const surface = await pageOf(opened);
    await surface.waitUntil({ what: 'the page of the extension' }, () => document.readyState === 'complete');
    return surface;
  };

  const setHostAccess = async (hostAccess: 'ON_CLICK' | 'ON_ALL_SITES') => {
    const settings = await browser.newPage();
    await settings.goto('chrome://extensions');
    await settings.evaluate(
      (extensionId, access) =>
        chrome.developerPrivate.updateExtensionConfiguration({ extensionId, hostAccess: access }),
      id,
      hostAccess,
    );
    await settings.close();
  };

  const stop = async () => {
    const child = browser.process();
    try {
      await within('closing Chromium', browser.close());
    } catch (error) {
      child?.kill('SIGKILL');
      throw error;
    }
    return { extensionRequests: requestsOf(netLog, origin), profileDir: folders.profile };
  };
  let closing: ReturnType<typeof stop> | undefined;
  const close = () => {
    closing ??= stop();
    return closing;
  };

  return {
    browser: 'chromium',
    page,
    extensionUrl: (path) => `${origin}/${path}`,
    background: {
      evaluate: evaluateInWorker,
      isAlive: async () => version.runningStatus === 'running',
      kill: async () => {
        const stopped = new Promise<void>((resolve) => {
          const heard = () => {
            if (version.runningStatus !== 'stopped') return;
            control.off('ServiceWorker.workerVersionUpdated', heard);
            resolve();
          };
          control.on('ServiceWorker.workerVersionUpdated', heard);
          heard();
        });
        await control.send('ServiceWorker.stopWorker', { versionId: version.versionId });
        await within('the end of the service worker', stopped);
      },
    },
    newTab: async (url) => {
      const tab = await pageOf(await browser.newPage());
      if (url) await tab.goto(url);
      return tab;
    },
    newPrivateWindow: async (url) => {
      const before = new Set(browser.targets());
      const isNew = (target: Target) =>
        target.type() === 'page' && target.url() === new URL(url).href && !before.has(target);
      // Puppeteer's own contexts are no private windows to an extension.
      await evaluateInWorker((address) => chrome.windows.create({ incognito: true, url: address }), url);
      const opened = await (await browser.waitForTarget(isNew, { timeout: WAIT_MS })).page();
      if (!opened) throw new Error(`${url} is no page`);
      return pageOf(opened);
    },
    openDevTools: async (of = page) => {
      const opened = await openDevTools(chromeOf(of), theme);
      const closeIt = opened.close;
      devTools.add(opened);
      return {
        ...opened,
        close: () => {
          devTools.delete(opened);
          return closeIt();
        },
      };
    },
    recordHar: (of = page) => recordHar(chromeOf(of)),
    setTheme: async (to) => {
      theme = to;
      for (const chromePage of await browser.pages()) await paint(chromePage);
      for (const opened of devTools) await opened.setTheme(to);
    },
    decodeSelection: async (of = page) => {
      const selectionText = await of.evaluate(() => getSelection()?.toString() ?? '');
      await of.activate();
      // The native menu of a headless Chromium cannot be reached; its event can.
      return pageOpenedBy(() =>
        evaluateInWorker(async (text) => {
          const [tab] = await chrome.tabs.query({ active: true, windowType: 'normal' });
          const info = { menuItemId: 'decode', editable: false, pageUrl: tab?.url ?? '', selectionText: text };
          const onClicked = chrome.contextMenus.onClicked as unknown as Dispatcher;
          onClicked.dispatch(info, tab);
        }, selectionText),
      );
    },
    openToolbarPage: async (of = page) => {
      const extension = (await browser.extensions()).get(id);
      if (!extension) throw new Error('Chromium has lost the extension');
      return pageOpenedBy(() => extension.triggerAction(chromeOf(of)));
    },
    withholdAccess: () => setHostAccess('ON_CLICK'),
    grantAccess: () => setHostAccess('ON_ALL_SITES'),
    nextDownload: downloadsIn(folders.downloads),
    clipboardText: async () => {
      // The clipboard is read by who pastes, so something has to.
      const scratch = await browser.newPage();
      try {
        await scratch.setContent('<textarea autofocus></textarea>');
        await scratch.focus('textarea');
        await scratch.keyboard.down('Control');
        await scratch.keyboard.press('v');
        await scratch.keyboard.up('Control');
        return await scratch.$eval('textarea', ({ value }) => value);
      } finally {
        await scratch.close();
      }
    },
    close,
    discard: async () => {
      await close().finally(folders.remove);
    },
  };
};
