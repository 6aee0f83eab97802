import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationParts, formatCountdown, formatDuration } from '../../../src/core/judge/duration.ts';
import { text } from './words.ts';

const [MIN, H, D] = [60_000, 3_600_000, 86_400_000];

describe('formatDuration', () => {
  it.each([
    [0, '0 s'],
    [999, '0 s'],
    [32_000, '32 s'],
    [60_000, '1 min'],
    [4 * MIN + 32_999, '4 min 32 s'],
    [-(2 * MIN + 3000), '2 min 3 s'],
    [3 * H + 5 * MIN + 59_000, '3 h 5 min'],
    [D + 2 * H, '1 d 2 h'],
    [12 * D + 3 * H, '12 d'],
    [800 * D, '2 y 69 d'],
    [Number.POSITIVE_INFINITY, '0 s'],
  ])('%d ms is %s', (ms, words) => {
    expect(formatDuration(ms, text)).toBe(words);
  });

  it('has one or two parts, whole and not negative', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: false }), (ms) => {
        const parts = durationParts(ms);
        expect([1, 2]).toContain(parts.length);
        expect(parts.every(({ value }) => Number.isInteger(value) && value >= 0)).toBe(true);
      }),
    );
  });
});

describe('formatCountdown', () => {
  it.each([
    [0, '0:00'],
    [4 * MIN + 32_000, '4:32'],
    [H + 4 * MIN + 5000, '1:04:05'],
    [12 * D, '12 d'],
  ])('%d ms is %s', (ms, digits) => {
    expect(formatCountdown(ms, text)).toBe(digits);
  });
});
