import { expect, test } from 'vitest';
import { createDates } from '../../../src/panel/model/dates.ts';
import { NOW } from '../../fixtures/fake-source.ts';

const dates = createDates('en');
const SECOND = 1000;
const DAY = 86_400 * SECOND;

test('UTC to the second', () => {
  expect(dates.utc(NOW)).toBe('2027-01-15 08:00:00 UTC');
  expect(dates.utc(-SECOND)).toBe('1969-12-31 23:59:59 UTC');
});

test('local: the time alone today, with its date on another day', () => {
  expect(dates.local(NOW, NOW)).toMatch(/^\d\d:\d\d:\d\d$/);
  expect(dates.local(NOW - 40 * DAY, NOW)).toMatch(/2026, \d\d:\d\d:\d\d$/);
  expect(createDates('de').local(NOW - 40 * DAY, NOW)).toMatch(/2026, \d\d:\d\d:\d\d$/);
});

test('midnight is 00, not 24', () => {
  const midnight = new Date(2027, 0, 15).getTime();
  expect(dates.local(midnight, midnight + SECOND)).toBe('00:00:00');
});

test.each([
  [-2 * 60 * SECOND, '2 minutes ago'],
  [-119 * SECOND, '1 minute ago'],
  [3 * 3600 * SECOND, 'in 3 hours'],
  [59 * SECOND, 'in 59 seconds'],
  [-800 * DAY, '2 years ago'],
  [400, 'in 0 seconds'],
])('%d ms from now: %s', (ms, expected) => {
  expect(dates.relative(NOW + ms, NOW)).toBe(expected);
});

test('what is no date is a dash, and nothing throws', () => {
  for (const at of [Number.NaN, Number.POSITIVE_INFINITY, 8.64e15 + 1]) {
    expect(dates.local(at, NOW)).toBe('–');
    expect(dates.utc(at)).toBe('–');
    expect(() => dates.relative(at, NOW)).not.toThrow();
  }
});
