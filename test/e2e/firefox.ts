/** The driver of Firefox: Marionette, and the browser's own privileged scope, for which there are no types. */
import { findBrowsers } from '../run/browsers.mjs';
import { downloadsIn } from './downloads.ts';
import type { Driver, LaunchOptions, Page, Theme } from './driver.ts';
import { openDevTools } from './firefox-devtools.ts';
import { handOn, rightClick } from './firefox-hand.ts';
import { type Firefox, startFirefox } from './firefox-process.ts';
import { localized } from './localized.ts';
import { poll } from './poll.ts';
import { type Folders, makeFolders } from './profile.ts';
import { evaluateBy, surfaceOf } from './surface.ts';

const WINDOW = `const win = Services.wm.getMostRecentWindow('navigator:browser');`;
const EXTENSION = `const { extension } = WebExtensionPolicy.getByID(arguments[0]);`;
const HOST = `return WebExtensionPolicy.getByID(arguments[0]).mozExtensionHostname;`;
const BACKGROUND = `${EXTENSION}
  await extension.wakeupBackground?.();
  return [...extension.views].find((view) => view.viewType === 'background')?.xulBrowser.browsingContext;`;
const KILL = `${EXTENSION} await extension.terminateBackground();`;
const IS_ALIVE = `${EXTENSION} return extension.backgroundState === 'running';`;
const TRIGGER_ACTION = `${EXTENSION} ${WINDOW}
  const { ExtensionParent } = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs');
  await ExtensionParent.apiManager.global.browserActionFor(extension).triggerAction(win);`;
const SET_ACCESS = `${EXTENSION}
  const { ExtensionPermissions } = ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs');
  const sites = { permissions: [], origins: ['<all_urls>'] };
  await ExtensionPermissions[arguments[1] ? 'add' : 'remove'](extension.id, sites, extension);`;
/** Kept on the browser's window, which lives as long as the browser. */
const WATCH_REQUESTS = `${WINDOW}
  win.claimcheckRequests = [];
  Services.obs.addObserver((subject) => {
    const { loadInfo, URI } = subject.QueryInterface(Ci.nsIHttpChannel);
    const principals = [loadInfo.triggeringPrincipal, loadInfo.loadingPrincipal];
    if (principals.some((principal) => principal?.schemeIs('moz-extension'))) win.claimcheckRequests.push(URI.spec);
  }, 'http-on-opening-request');`;
const REQUESTS = `${WINDOW} return win.claimcheckRequests;`;
const CHOOSE_DECODE = `${WINDOW}
  const menu = win.document.getElementById('contentAreaContextMenu');
  if (menu.state !== 'open') return 'the menu is ' + menu.state;
  const item = [...menu.querySelectorAll('menuitem')].find(({ label }) => label === 'Decode selected JWT');
  if (!item) { menu.hidePopup(); throw new Error('the menu has no item "Decode selected JWT"'); }
  menu.activateItem(item);
  return 'chosen';`;
const CLIPBOARD = `
  const transferable = Cc['@mozilla.org/widget/transferable;1'].createInstance(Ci.nsITransferable);
  transferable.init(null);
  transferable.addDataFlavor('text/plain');
  Services.clipboard.getData(transferable, Ci.nsIClipboard.kGlobalClipboard);
  const found = {};
  transferable.getTransferData('text/plain', found);
  return found.value.QueryInterface(Ci.nsISupportsString).data;`;
const SET_THEME = `
  Services.prefs.setCharPref('devtools.theme', arguments[0]);
  Services.prefs.setIntPref('layout.css.prefers-color-scheme.content-override', arguments[0] === 'dark' ? 0 : 1);`;

export const launchFirefox = async (options: LaunchOptions = {}): Promise<Driver> => {
  const { extensionDir = 'dist/firefox', headless = true, theme = 'light', privateWindows = false } = options;
  const { language = 'en' } = options;
  const { firefox: executable } = await findBrowsers(['firefox']);
  const folders = makeFolders('firefox');
  const firefox = await startFirefox(executable, folders, headless, {
    'devtools.theme': theme,
    'layout.css.prefers-color-scheme.content-override': theme === 'dark' ? 0 : 1,
  });
  try {
    await firefox.privileged(WATCH_REQUESTS);
    const path = localized(extensionDir, language, folders.root);
    const addon = { path, temporary: true, allowPrivateBrowsing: privateWindows };
    const id = String(await firefox.send('Addon:Install', addon));
    return await drive(firefox, id, folders);
  } catch (error) {
    await firefox.quit();
    await folders.remove();
    throw error;
  }
};

const drive = async (firefox: Firefox, id: string, folders: Folders): Promise<Driver> => {
  const { privileged } = firefox;
  const host = String(await privileged(HOST, id));

  const handles = async () => (await firefox.send('WebDriver:GetWindowHandles')) as readonly string[];
  const focuses = new WeakMap<Page, () => Promise<unknown>>();
  const pageOf = (handle: string): Page => {
    const focus = () => firefox.send('WebDriver:SwitchToWindow', { handle, focus: false });
    const page: Page = {
      ...surfaceOf(handOn(firefox, focus)),
      goto: async (url) => {
        await firefox.at(focus, (send) => send('WebDriver:Navigate', { url }));
      },
      url: async () => String(await firefox.at(focus, (send) => send('WebDriver:GetCurrentURL'))),
      activate: async () => {
        await firefox.at(focus, (send) => send('WebDriver:SwitchToWindow', { handle, focus: true }));
      },
      close: async () => {
        await firefox.at(focus, async (send) => {
          await send('WebDriver:CloseWindow');
          // Without a current window the next command would be refused.
          await send('WebDriver:SwitchToWindow', { handle: (await handles())[0], focus: true });
        });
      },
    };
    focuses.set(page, focus);
    return page;
  };
  const [first] = await handles();
  if (!first) throw new Error('Firefox started without a tab');
  const page = pageOf(first);

  /** The extension's page that appears because of the action. */
  const pageOpenedBy = async (action: () => Promise<unknown>) => {
    const before = new Set(await handles());
    await action();
    return poll('a page of the extension', async () => {
      for (const handle of await handles()) {
        const candidate = before.has(handle) ? undefined : pageOf(handle);
        const isOurs = () => location.protocol === 'moz-extension:' && document.readyState === 'complete';
        if (await candidate?.evaluate(isOurs)) return candidate;
      }
      return undefined;
    });
  };
  const rightClickSelection = async (of: Page) => {
    const [x, y] = await of.evaluate(() => {
      const selection = getSelection();
      const field = document.activeElement;
      const isField = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
      const element = isField ? field : selection?.anchorNode?.parentElement;
      element?.scrollIntoView({ block: 'nearest' });
      const [line] = isField ? field.getClientRects() : (selection?.getRangeAt(0).getClientRects() ?? []);
      return [Math.floor((line?.x ?? 0) + 4), Math.floor((line?.y ?? 0) + 4)] as const;
    });
    const focus = focuses.get(of);
    if (!focus) throw new Error('this page belongs to another driver');
    await firefox.at(focus, (send) => rightClick(send, 'viewport', x, y));
  };

  const stop = async () => {
    const requests = await privileged(REQUESTS).finally(firefox.quit);
    return { extensionRequests: requests as readonly string[], profileDir: folders.profile };
  };
  let closing: ReturnType<typeof stop> | undefined;
  const close = () => {
    closing ??= stop();
    return closing;
  };

  return {
    browser: 'firefox',
    page,
    extensionUrl: (path) => `moz-extension://${host}/${path}`,
    background: {
      evaluate: evaluateBy(handOn(firefox, () => firefox.focusOn(BACKGROUND, id)).run),
      isAlive: async () => Boolean(await privileged(IS_ALIVE, id)),
      kill: async () => {
        await privileged(KILL, id);
      },
    },
    newTab: async (url) => {
      const opened = await firefox.at(
        async () => undefined,
        (send) => send('WebDriver:NewWindow', { type: 'tab', focus: true }),
      );
      const tab = pageOf((opened as { handle: string }).handle);
      if (url) await tab.goto(url);
      return tab;
    },
    newPrivateWindow: async (url) => {
      const opened = await firefox.at(
        async () => undefined,
        (send) => send('WebDriver:NewWindow', { type: 'window', focus: true, private: true }),
      );
      const tab = pageOf((opened as { handle: string }).handle);
      await tab.goto(url);
      return tab;
    },
    openDevTools: async (of = page) => {
      await of.activate();
      return openDevTools(firefox);
    },
    setTheme: async (to: Theme) => {
      await privileged(SET_THEME, to);
    },
    decodeSelection: async (of = page) => {
      await of.activate();
      return pageOpenedBy(async () => {
        await rightClickSelection(of);
        await poll('the context menu', async () => (await privileged(CHOOSE_DECODE)) === 'chosen');
      });
    },
    openToolbarPage: async (of = page) => {
      await of.activate();
      return pageOpenedBy(() => privileged(TRIGGER_ACTION, id));
    },
    withholdAccess: async () => {
      await privileged(SET_ACCESS, id, false);
    },
    grantAccess: async () => {
      await privileged(SET_ACCESS, id, true);
    },
    nextDownload: downloadsIn(folders.downloads),
    clipboardText: async () => String(await privileged(CLIPBOARD)),
    close,
    discard: async () => {
      await close().finally(folders.remove);
    },
  };
};
