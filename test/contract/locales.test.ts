import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { messagesOf } from '../../build.mjs';
import glossary from '../../src/_locales/en/glossary.json' with { type: 'json' };

const messages = new Map<string, { message: string }>(Object.entries(messagesOf('src/_locales/en')));
const keys = [...messages.keys()];

const source = ['src', 'manifest.json']
  .flatMap((path) =>
    path.endsWith('.json')
      ? [readFileSync(path, 'utf8')]
      : readdirSync(path, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
          .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')),
  )
  .join('\n');

/** The keys that the code spells out, and the beginnings of those that it puts together: `problem_${code}`. */
const spelled = new Set([...source.matchAll(/['"`]([a-z][a-z0-9_]+)['"`]/g)].map((match) => match[1] ?? ''));
const begun = [...source.matchAll(/\b[tT]ext\(\s*(?:\/\/.*\n\s*)?`([a-z][a-z0-9]*_(?:[a-z0-9]+_)*)\$\{/g)].map(
  (match) => match[1] ?? '',
);
/** The glossary's keys come out of a table, which its own test holds against its texts. */
const explained = new Set(Object.keys(glossary));
const inManifest = new Set([...source.matchAll(/__MSG_([a-z_]+)__/g)].map((match) => match[1] ?? ''));

test('every text is used', () => {
  const unused = keys.filter(
    (key) =>
      !spelled.has(key) &&
      !inManifest.has(key) &&
      !explained.has(key) &&
      !begun.some((prefix) => key.startsWith(prefix)),
  );
  expect(unused).toEqual([]);
});

test('every text that is asked for by name is there', () => {
  const asked = [...source.matchAll(/\btext\(\s*'([a-z0-9_]+)'/g)].map((match) => match[1] ?? '');
  expect(asked.length).toBeGreaterThan(50);
  expect(asked.filter((key) => !messages.has(key))).toEqual([]);
  expect([...inManifest].filter((key) => !messages.has(key))).toEqual([]);
});

test('every text that is put together has its family', () => {
  const missing = begun.filter((prefix) => !keys.some((key) => key.startsWith(prefix)));
  expect(begun.length).toBeGreaterThan(10);
  expect(missing).toEqual([]);
});

test('texts are plain: no markup, no lonely dollar sign', () => {
  for (const [key, { message }] of messages) {
    expect(message, key).not.toMatch(/<[a-z]/i);
    expect(message.replaceAll('$$', ''), key).not.toMatch(/\$(?![1-9])/);
    expect(message.trim(), key).toBe(message);
  }
});

const languages = readdirSync('src/_locales').filter((language) => language !== 'en');
const placeholders = (message: string) => [...new Set(message.match(/\$[1-9]/g))].sort().join(' ');

test('the panel speaks at least six languages', () => {
  expect(languages).toEqual(expect.arrayContaining(['de', 'es', 'fr', 'ja', 'zh_CN']));
});

test.each(languages)('%s says all that English says, with the same substitutions', (language) => {
  const translated = new Map<string, { message: string }>(Object.entries(messagesOf(join('src/_locales', language))));
  expect(keys.filter((key) => !translated.has(key))).toEqual([]);
  expect([...translated.keys()].filter((key) => !messages.has(key))).toEqual([]);
  for (const [key, { message }] of translated) {
    expect(placeholders(message), key).toBe(placeholders(messages.get(key)?.message ?? ''));
    expect(message.trim(), key).toBe(message);
    expect(message, key).not.toMatch(/<[a-z]/i);
  }
});
