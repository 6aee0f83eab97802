import { writeFileSync } from 'node:fs';
import type { CDPSession, Page } from 'puppeteer';
import { handOn } from './chromium-hand.ts';
import type { DevTools, HarRequest, Surface, Theme } from './driver.ts';
import { poll } from './poll.ts';
import { surfaceOf } from './surface.ts';

/** DevTools' own frontend is a page too. Its modules are loaded by path, as it does itself. */
const ID = `Object.keys(window.UI?.panels ?? {}).find((key) => /^chrome-extension:.*JWT$/.test(key))`;
const hasPanel = `Boolean(${ID})`;
const showPanel = `(() => { InspectorFrontendAPI.showPanel(${ID}); return true; })()`;
const setting = (name: string, value: string) => `(async () => {
  const { Settings } = (await import('./core/common/common.js')).Settings;
  Settings.instance().moduleSetting(${JSON.stringify(name)}).set(${JSON.stringify(value)});
  return true;
})()`;
const undock = `(async () => {
  const { DockController } = (await import('./ui/legacy/legacy.js')).DockController;
  DockController.instance().setDockSide('undocked');
  return DockController.instance().dockSide() === 'undocked';
})()`;
const har = (sanitize: boolean) => `(async () => {
  const { Writer } = (await import('./models/har/har.js')).Writer;
  const { NetworkLog } = (await import('./models/logs/logs.js')).NetworkLog;
  const { ProgressProxy } = (await import('./core/common/common.js')).Progress;
  let text = '';
  const stream = { write: async (piece) => { text += piece; } };
  await Writer.write(stream, NetworkLog.instance().requests(), { sanitize: ${sanitize} }, new ProgressProxy(null));
  return text;
})()`;
const openHar = (text: string) => `(async () => {
  const { NetworkPanel } = (await import('./panels/network/network.js')).NetworkPanel;
  const { NetworkLog } = (await import('./models/logs/logs.js')).NetworkLog;
  const before = new Set(NetworkLog.instance().requests());
  await NetworkPanel.instance().networkLogView.onLoadFromFile(new File([${JSON.stringify(text)}], 'log.har'));
  return NetworkLog.instance().requests().filter((request) => !before.has(request)).map((request) => ({
    method: request.requestMethod,
    url: request.url(),
    status: request.statusCode,
  }));
})()`;
const hidePanel = `(() => { InspectorFrontendAPI.showPanel('console'); return true; })()`;

/** Chromium's word for it. */
export const devToolsTheme = (theme: Theme) => (theme === 'dark' ? 'dark' : 'default');

/** A window large enough that DevTools hides no tab. */
const WINDOW = { width: 1200, height: 800 };

export type ChromiumDevTools = DevTools & { setTheme(theme: Theme): Promise<void> };

export const openDevTools = async (page: Page, theme: Theme): Promise<ChromiumDevTools> => {
  const frontend = await page.openDevTools();
  const tell = (what: string, expression: string) => poll(what, () => frontend.evaluate(expression));
  const setTheme = async (to: Theme) => {
    await tell('the theme', setting('ui-theme', devToolsTheme(to)));
  };
  // A change of dock or theme while DevTools still loads its extensions can lose them.
  await tell('DevTools with its tab JWT', hasPanel);
  await setTheme(theme);
  if (page.viewport() === null) {
    // A window before a person: DevTools stays where they have it, as large as they make it.
    await frontend.setViewport(null);
  } else {
    await tell('the undocked window', undock);
    await frontend.setViewport(WINDOW);
  }

  const panelFrame = () => {
    const frame = frontend.frames().find((candidate) => candidate.url().endsWith('/panel.html'));
    if (!frame) throw new Error('DevTools shows no panel.html');
    return frame;
  };
  const surface: Surface = surfaceOf(handOn(panelFrame, frontend));
  const resizePanel = async (width: number, height: number) => {
    await frontend.setViewport({ width, height: WINDOW.height });
    // DevTools' own tabs take the rest of the height. By its own word: the panel hears of its size later.
    const frame = await panelFrame().frameElement();
    const taken = await frame?.evaluate((element) => innerHeight - element.getBoundingClientRect().height);
    await frontend.setViewport({ width, height: height + (taken ?? 0) });
    await surface.waitUntil(
      { what: `a panel of ${width} x ${height}` },
      (wide, high) => innerWidth === wide && innerHeight === high,
      width,
      height,
    );
    // Headless, the panel's frame may not be painted at its new size, and until then the pointer misses it.
    await frontend.screenshot({ clip: { x: 0, y: 0, width: 1, height: 1 } });
  };
  /** The panel is a target of its own. */
  const openSession = async () => {
    const url = panelFrame().url();
    return (await frontend.browser().waitForTarget((target) => target.url() === url)).createCDPSession();
  };
  /** The media of DevTools' page say nothing to the panel. They last as long as the session. */
  let media: Promise<CDPSession> | undefined;
  return {
    forceColors: async (on) => {
      media ??= openSession();
      const features = [{ name: 'forced-colors', value: on ? 'active' : 'none' }];
      await (await media).send('Emulation.setEmulatedMedia', { features });
      await surface.waitFor((wanted) => matchMedia('(forced-colors: active)').matches === wanted, on);
    },
    showPanel: async () => {
      await tell('the tab JWT', showPanel);
      await surface.waitUntil({ what: 'the document of the panel' }, () => document.readyState === 'complete');
      return surface;
    },
    hidePanel: async () => {
      await tell('the console', hidePanel);
    },
    resizePanel,
    har: async ({ sanitized = false } = {}) => String(await tell('the HAR', har(sanitized))),
    openHar: async (text) => (await frontend.evaluate(openHar(text))) as readonly HarRequest[],
    heldMemory: async () => {
      const session = await openSession();
      await session.send('HeapProfiler.collectGarbage');
      const { usedSize, backingStorageSize } = await session.send('Runtime.getHeapUsage');
      await session.detach();
      return usedSize + backingStorageSize;
    },
    screenshot: async (path) => writeFileSync(path, await frontend.screenshot()),
    close: () => frontend.close(),
    setTheme,
  };
};
