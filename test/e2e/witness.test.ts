/**
 * "It made no request" and "it left no byte" are worth as much as the witnesses: here an extension does both, and they
 * have to see it.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { axeViolations } from './axe.ts';
import type { Driver } from './driver.ts';
import { searchProfile } from './profile.ts';
import { launch, wanted } from './scenario.ts';

const LEAKY_BACKGROUND = `
  const api = globalThis.browser ?? chrome;
  api.runtime.onInstalled.addListener(() => {
    api.contextMenus.create({ id: 'decode', title: 'Decode selected JWT', contexts: ['selection'] });
  });
  const open = (value) => api.storage.session.set({ value })
    .then(() => api.tabs.create({ url: api.runtime.getURL('workbench.html') }));
  api.contextMenus.onClicked.addListener((info) => open(info.selectionText));
  api.action.onClicked.addListener((tab) => open('clicked'));
`;

const server = createServer((request, response) => {
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('content-type', 'text/html');
  response.end(`<!doctype html><title>${request.url}</title><p>Text, then <code>eyJhbGciOiJub25lIn0.e30.</code></p>`);
});
const folder = mkdtempSync(join(tmpdir(), 'claimcheck-leaky-'));
let site = '';
let driver: Driver | undefined;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address && typeof address === 'object') site = `http://127.0.0.1:${address.port}/`;
});
afterEach(() => driver?.discard());
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

test.each(wanted)('the witnesses see what a leaky extension does in %s', async (browser) => {
  const extensionDir = join(folder, browser);
  cpSync(join('dist', browser), extensionDir, { recursive: true });
  writeFileSync(join(extensionDir, 'background.js'), LEAKY_BACKGROUND);
  writeFileSync(join(extensionDir, 'workbench.js'), '');
  const manifest: object = JSON.parse(readFileSync(join(extensionDir, 'manifest.json'), 'utf8'));
  const lax = { ...manifest, content_security_policy: { extension_pages: "script-src 'self'" } };
  writeFileSync(join(extensionDir, 'manifest.json'), JSON.stringify(lax));
  driver = await launch(browser, { extensionDir, theme: 'dark' });
  const { page, background } = driver;

  await page.goto(`${site}page`);
  await page.selectText('code');
  const decoded = await driver.decodeSelection();
  const valueIn = async () => (await chrome.storage.session.get('value')).value;
  // The page that was opened may still be on its way, and as yet none of the extension's.
  await decoded.waitUntil({ what: 'the page of the extension' }, () => chrome.storage !== undefined);
  expect(await decoded.evaluate(valueIn)).toBe('eyJhbGciOiJub25lIn0.e30.');
  expect(await decoded.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true);
  expect((await axeViolations(decoded)).map(({ id }) => id)).toContain('page-has-heading-one');
  const clicked = await driver.openToolbarPage();
  expect(await clicked.evaluate(valueIn)).toBe('clicked');
  expect(await clicked.url()).toBe(driver.extensionUrl('workbench.html'));

  const devTools = await driver.openDevTools();
  const panel = await devTools.showPanel();
  await expect.poll(() => panel.evaluate(() => chrome.devtools.panels.themeName)).toBe('dark');
  const ask = async (url: string) => (await fetch(url)).status;
  expect(await panel.evaluate(ask, `${site}from-panel`)).toBe(200);
  await background.kill();
  expect(await background.evaluate(ask, `${site}from-background`)).toBe(200);
  expect(await clicked.evaluate(ask, `${site}from-page`)).toBe(200);
  expect(await page.evaluate(ask, `${site}from-site`)).toBe(200);
  await background.evaluate(() => chrome.storage.local.set({ leak: 'a needle in the haystack' }));
  await devTools.close();

  const { extensionRequests, profileDir } = await driver.close();
  expect(extensionRequests.toSorted()).toEqual(['from-background', 'from-page', 'from-panel'].map((at) => site + at));
  expect(searchProfile(profileDir, 'a needle in the haystack')).not.toEqual([]);
  expect(searchProfile(profileDir, 'a needle of another haystack')).toEqual([]);
});
