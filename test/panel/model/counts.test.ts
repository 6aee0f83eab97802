import { expect, test } from 'vitest';
import { sumOf } from '../../../src/panel/model/counts.ts';

test('adds up what all tabs counted; of none it is nothing, and so is what a tab did not count', () => {
  expect(sumOf([])).toEqual({ requests: 0, opaque: 0, dropped: 0, skipped: 0, binary: 0 });
  expect(
    sumOf([
      { requests: 1, opaque: 2, dropped: 3 },
      { requests: 10, opaque: 20, dropped: 30, skipped: 4, binary: 5 },
    ]),
  ).toEqual({ requests: 11, opaque: 22, dropped: 33, skipped: 4, binary: 5 });
});
