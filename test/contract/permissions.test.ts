import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const manifest = JSON.parse(readFileSync('manifest.json', 'utf8'));

const files = (folder: string): readonly (readonly [string, string])[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [path, readFileSync(path, 'utf8')]);

const sources = (folder: string): string =>
  files(folder)
    .map(([, text]) => text)
    .join('\n');

const edges = sources('src/browser') + sources('src/entries');

test.each(manifest.permissions as string[])('the permission %s is used', (permission) => {
  expect(edges).toMatch(new RegExp(`\\b${permission}\\b`));
});

/** Namespaces that need a permission, by the permission's name. */
const GUARDED = ['cookies', 'downloads', 'history', 'scripting', 'webNavigation', 'clipboardRead', 'debugger', 'proxy'];

test.each(GUARDED)('%s is not used without its permission', (namespace) => {
  if (!manifest.permissions.includes(namespace)) expect(edges).not.toMatch(new RegExp(`\\.${namespace}\\.`));
});

test('only the edges name the browser', () => {
  for (const folder of ['src/core', 'src/background', 'src/panel']) {
    expect(sources(folder)).not.toMatch(/\b(?:chrome|browser)\.[a-z]+\.[a-zA-Z]/);
  }
});

test('no markup from strings, no code from strings, no request but the one', () => {
  const all = sources('src');
  expect(all).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|dangerouslySetInnerHTML/);
  expect(all).not.toMatch(/(?<!\.)\beval\(|new Function/);
  expect(all).not.toMatch(/XMLHttpRequest|new WebSocket|EventSource|sendBeacon/);
  const asking = files('src').filter(([, text]) => /\bfetch\s*\(|['"]fetch['"]/.test(text));
  expect(asking.map(([path]) => path)).toEqual([join('src', 'browser', 'dom', 'fetch-text.ts')]);
  expect(asking[0]?.[1].match(/\bfetch\(/g)).toHaveLength(1);
});
