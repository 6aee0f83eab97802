import { expect, test } from 'vitest';
import { shortName } from '../../../src/panel/model/file-name.ts';

test('a name as long as there is room for stays', () => {
  expect(shortName('login.har')).toBe('login.har');
  expect(shortName('x'.repeat(32))).toBe('x'.repeat(32));
});

test('of a long one the beginning and the end stay', () => {
  const name = shortName(`staging.acme.test-2026-11-21-${'x'.repeat(200)}-after.har`);
  expect(name).toBe('staging.acme.test-2…xx-after.har');
  expect([...name]).toHaveLength(32);
});

test('nothing hides in it, and no character is cut in two', () => {
  expect(shortName('har.\u202etxt')).toBe('har.\\u202Etxt');
  expect(shortName('😀'.repeat(40))).toBe(`${'😀'.repeat(19)}…${'😀'.repeat(12)}`);
});
