/** Extensions to measure beside ours, made when they are needed. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserName } from '../e2e/driver.ts';

/** Every listener of ours on the network, with the same options; and the answer by which ours is woken. */
const EMPTY = `
  const { onBeforeSendHeaders, onHeadersReceived, onErrorOccurred, ...rest } = chrome.webRequest;
  const sites = { urls: ['<all_urls>'] };
  const extra = (options) => (options?.EXTRA_HEADERS ? [options.EXTRA_HEADERS] : []);
  onBeforeSendHeaders.addListener(() => {}, sites, ['requestHeaders', ...extra(chrome.webRequest.OnBeforeSendHeadersOptions)]);
  onHeadersReceived.addListener(() => {}, sites, ['responseHeaders', ...extra(chrome.webRequest.OnHeadersReceivedOptions)]);
  onErrorOccurred.addListener(() => {}, sites);
  chrome.tabs.onRemoved.addListener(() => {});
  chrome.runtime.onMessage.addListener((message, sender, respond) => {
    chrome.permissions.contains({ origins: [message.origin + '/*'] }).then(respond);
    return true;
  });
`;

export interface Extensions {
  /** Ours, as it was when the bench began: others may build meanwhile. */
  readonly claimcheck: string;
  /** Ours with a background that hears the same and does nothing. */
  readonly empty: string;
  /** The empty one, with a panel in DevTools that does nothing. */
  readonly idle: string;
  /** That one, which has DevTools tell it of each request: what the API itself costs. */
  readonly told: string;
  /** Nothing but a name. */
  readonly none: string;
  remove(): void;
}

export const makeExtensions = (browser: BrowserName): Extensions => {
  const root = mkdtempSync(join(tmpdir(), 'claimcheck-bench-'));
  const copyAs = (name: string): string => {
    cpSync(join('dist', browser), join(root, name), { recursive: true });
    return join(root, name);
  };
  const [claimcheck, empty, idle] = [copyAs('claimcheck'), copyAs('empty'), copyAs('idle')];
  const [told, none] = [copyAs('told'), copyAs('none')];
  for (const folder of [empty, idle, told]) writeFileSync(join(folder, 'background.js'), EMPTY);
  const panel = "chrome.devtools.panels.create('JWT', '', 'panel.html');";
  writeFileSync(join(idle, 'devtools.js'), panel);
  writeFileSync(join(told, 'devtools.js'), `${panel} chrome.devtools.network.onRequestFinished.addListener(() => {});`);
  for (const folder of [idle, told]) writeFileSync(join(folder, 'panel.js'), '');
  const { background, devtools_page, permissions, host_permissions, ...inert } = JSON.parse(
    readFileSync(join(none, 'manifest.json'), 'utf8'),
  );
  writeFileSync(join(none, 'manifest.json'), JSON.stringify(inert));
  return { claimcheck, empty, idle, told, none, remove: () => rmSync(root, { recursive: true }) };
};
