import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
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

/** How often a source names `fetch`, or has its name in a string; not in a comment, nor within a text that is shown. */
const fetchesIn = (path: string, text: string): number => {
  let found = 0;
  const look = (node: ts.Node): void => {
    if ((ts.isIdentifier(node) || ts.isStringLiteralLike(node)) && node.text === 'fetch') found += 1;
    ts.forEachChild(node, look);
  };
  // To read all sources takes long, and most have no such word.
  if (/\bfetch\b/.test(text)) look(ts.createSourceFile(path, text, ts.ScriptTarget.Latest));
  return found;
};

test('what asks the network is told from what only speaks of it', () => {
  const told = (text: string) => fetchesIn('a.ts', text);
  expect(['fetch(url)', 'const ask = fetch', 'globalThis.fetch(url)', "self['fetch'](url)"].map(told)).toEqual([
    1, 1, 1, 1,
  ]);
  expect(['// fetch(url)', "const text = 'await fetch(url)'", 'const text = `fetch(there)`'].map(told)).toEqual([
    0, 0, 0,
  ]);
});

test('no markup from strings, no code from strings, no request but the one', () => {
  const all = sources('src');
  expect(all).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|dangerouslySetInnerHTML/);
  expect(all).not.toMatch(/(?<!\.)\beval\(|new Function/);
  expect(all).not.toMatch(/XMLHttpRequest|new WebSocket|EventSource|sendBeacon/);
  const asking = files('src').flatMap(([path, text]) => Array.from({ length: fetchesIn(path, text) }, () => path));
  expect(asking).toEqual([join('src', 'browser', 'dom', 'fetch-text.ts')]);
});
