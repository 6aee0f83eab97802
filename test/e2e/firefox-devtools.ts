import { writeFileSync } from 'node:fs';
import type { DevTools, HarRequest } from './driver.ts';
import { handOn } from './firefox-hand.ts';
import type { Firefox } from './firefox-process.ts';
import { poll } from './poll.ts';
import { surfaceOf } from './surface.ts';

const REQUIRE = `
  const { require } = ChromeUtils.importESModule('resource://devtools/shared/loader/Loader.sys.mjs');
  const { gDevTools } = require('devtools/client/framework/devtools');
  const { gBrowser } = Services.wm.getMostRecentWindow('navigator:browser');`;
/** The selected tab is marked, so that its toolbox is found when another tab is selected. */
const OPEN = `${REQUIRE}
  gBrowser.selectedTab.claimcheck = arguments[0];
  await gDevTools.showToolboxForTab(gBrowser.selectedTab, { toolId: 'webconsole', hostType: 'window' });`;
const TOOLBOX = `${REQUIRE}
  const tab = [...Services.wm.getEnumerator('navigator:browser')]
    .flatMap((win) => [...win.gBrowser.tabs])
    .find((candidate) => candidate.claimcheck === arguments[0]);
  const toolbox = gDevTools.getToolboxForTab(tab);`;
/** The extension's tool arrives some time after its devtools page has run. */
const PANEL = `${TOOLBOX}
  const tool = toolbox.getAdditionalTools().find(({ label }) => label === 'JWT');
  const frame = tool && toolbox.doc.getElementById('toolbox-panel-iframe-' + tool.id);
  const inner = frame?.contentDocument?.querySelector('browser');
  const isLoaded = inner?.currentURI?.spec.startsWith('moz-extension:');`;
const SHOW = `${PANEL} if (tool) await toolbox.selectTool(tool.id); return Boolean(tool);`;
const HIDE = `${TOOLBOX} await toolbox.selectTool('webconsole');`;
/** As under a person's hands, its window is the active one: else keys go to it, but press no button. */
const CONTEXT = `${PANEL}
  if (!isLoaded) return null;
  Services.focus.activeWindow = toolbox.win.top;
  inner.focus();
  return inner.browsingContext;`;
const IS_LOADED = `${PANEL} return Boolean(isLoaded);`;
const GROW = `${TOOLBOX} const { top } = toolbox.win; top.resizeTo(top.outerWidth + arguments[1], top.outerHeight + arguments[2]);`;
/** A snapshot of DevTools leaves out what is translucent in the panel's own process, so the panel is drawn over it. */
const SNAPSHOT = `${PANEL}
  const snap = (context) => context.currentWindowGlobal.drawSnapshot(null, 1, 'white');
  const whole = await snap(toolbox.win.browsingContext);
  const canvas = new OffscreenCanvas(whole.width, whole.height);
  canvas.getContext('2d').drawImage(whole, 0, 0);
  if (isLoaded && toolbox.currentToolId === tool.id) {
    const [outer, own] = [frame.getBoundingClientRect(), inner.getBoundingClientRect()];
    canvas.getContext('2d').drawImage(await snap(inner.browsingContext), outer.x + own.x, outer.y + own.y);
  }
  const png = await canvas.convertToBlob({ type: 'image/png' });
  return new Uint8Array(await png.arrayBuffer()).toBase64();`;
const REQUESTS = `${TOOLBOX}
  const { getSortedRequests } = require('devtools/client/netmonitor/src/selectors/index');
  const { store, connector } = await toolbox.getNetMonitorAPI();
  const items = getSortedRequests(store.getState());`;
/** Asked for a HAR too early, it tells of a request without its answer, and does so from then on. */
const ARE_WHOLE = `${REQUESTS}
  return items.every(({ url, status, totalTime }) => !url.startsWith('http') || (status && totalTime !== undefined));`;
/** On a busy machine it sometimes never hears of an answer: then it is asked all the same. */
const WHOLE_MS = 3000;
const HAR = `${REQUESTS}
  const { HarExporter } = require('devtools/client/netmonitor/src/har/har-exporter');
  return JSON.stringify(await HarExporter.getHar({ connector, items, forceExport: true }));`;
const OPEN_HAR = `${TOOLBOX}
  const { getSortedRequests } = require('devtools/client/netmonitor/src/selectors/index');
  const { bindActionCreators } = require('devtools/client/shared/vendor/redux');
  const { HarImporter } = require('devtools/client/netmonitor/src/har/har-importer');
  const { store } = await toolbox.getNetMonitorAPI();
  const has = () => getSortedRequests(store.getState());
  const before = new Set(has().map(({ id }) => id));
  const actions = require('devtools/client/netmonitor/src/actions/index');
  new HarImporter(bindActionCreators(actions, store.dispatch)).import(arguments[1]);
  return has()
    .filter(({ id }) => !before.has(id))
    .map(({ method, url, status }) => ({ method, url, status: Number(status) }));`;
/** Asks for the collection of garbage; what the system then says is of the panel's whole process. */
const HELD_MEMORY = `${PANEL}
  const { osPid } = inner.browsingContext.currentWindowGlobal;
  Services.obs.notifyObservers(null, 'child-mmu-request');
  const { children } = await ChromeUtils.requestProcInfo();
  return children.find(({ pid }) => pid === osPid).memory;`;
/** 2 is "always", as if the system's high contrast asked for it; 1 is "never". */
const FORCE_COLORS = `Services.prefs.setIntPref('browser.display.document_color_use', arguments[0] ? 2 : 1);`;
const CLOSE = `${TOOLBOX} await toolbox.destroy();`;

let count = 0;

/** DevTools of the selected tab, in a window of their own, whose size sets the panel's. */
export const openDevTools = async (firefox: Firefox): Promise<DevTools> => {
  count += 1;
  const mark = count;
  const tell = (body: string, ...args: unknown[]) => firefox.privileged(body, mark, ...args);
  await tell(OPEN);
  const surface = surfaceOf(handOn(firefox, () => firefox.focusOn(CONTEXT, mark)));
  return {
    showPanel: async () => {
      await poll('the tool JWT in DevTools', () => tell(SHOW));
      await poll('the page of the panel', () => tell(IS_LOADED));
      await surface.waitUntil({ what: 'the document of the panel' }, () => document.readyState === 'complete');
      return surface;
    },
    forceColors: async (on) => {
      await firefox.privileged(FORCE_COLORS, on);
      await surface.waitFor((wanted) => matchMedia('(forced-colors: active)').matches === wanted, on);
    },
    hidePanel: async () => {
      await tell(HIDE);
    },
    resizePanel: async (width, height) => {
      const size = await surface.evaluate(() => [innerWidth, innerHeight] as const);
      await tell(GROW, width - size[0], height - size[1]);
      await surface.waitUntil(
        { what: `a panel of ${width} x ${height}` },
        (wide, high) => innerWidth === wide && innerHeight === high,
        width,
        height,
      );
    },
    har: async () => {
      await poll('the end of all requests', () => tell(ARE_WHOLE), WHOLE_MS).catch(() => false);
      return String(await tell(HAR));
    },
    openHar: async (text) => (await tell(OPEN_HAR, text)) as readonly HarRequest[],
    heldMemory: async () => Number(await tell(HELD_MEMORY)),
    screenshot: async (path) => writeFileSync(path, Buffer.from(String(await tell(SNAPSHOT)), 'base64')),
    close: async () => {
      await tell(CLOSE);
    },
  };
};
