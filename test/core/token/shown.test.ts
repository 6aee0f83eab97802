import { describe, expect, it } from 'vitest';
import { shown, shownAll, shownTime } from '../../../src/core/token/shown.ts';

describe('shown', () => {
  it.each([
    ['text', 'text'],
    [5, '5'],
    [null, 'null'],
    [{ a: [1, 'b'] }, '{"a":[1,"b"]}'],
    [undefined, ''],
  ])('%j is %s', (value, text) => {
    expect(shown(value)).toBe(text);
  });

  it('is never longer than a sentence can hold', () => {
    for (const text of [shown('x'.repeat(1_000)), shownAll(['x'.repeat(150), 'y'.repeat(150)])]) {
      expect(text).toHaveLength(200);
      expect(text.endsWith('…')).toBe(true);
    }
  });
});

describe('shownTime', () => {
  it('is UTC to the second, in any year', () => {
    expect(shownTime(1_763_733_731_999)).toBe('2025-11-21T14:02:11Z');
    expect(shownTime(-1)).toBe('1969-12-31T23:59:59Z');
    expect(shownTime(8.64e15)).toBe('+275760-09-13T00:00:00Z');
  });

  it('is the number where it is no date', () => {
    expect(shownTime(8.65e15)).toBe('8650000000000000');
    expect(shownTime(Number.POSITIVE_INFINITY)).toBe('null');
  });
});
