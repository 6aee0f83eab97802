import { afterEach, expect, test, vi } from 'vitest';
import { inSlices } from '../../../src/panel/model/slices.ts';

afterEach(() => vi.restoreAllMocks());

/** Every look at the clock is a millisecond later, so that a slice is eight items, however fast the machine. */
const slowClock = () => {
  let time = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => {
    time += 1;
    return time;
  });
};

test('works through everything in order, and gives others the thread between slices', async () => {
  slowClock();
  const done: number[] = [];
  const slices: (readonly [done: number, empty: boolean])[] = [];
  const queue = inSlices<number>(
    (item) => done.push(item),
    (empty) => slices.push([done.length, empty]),
  );
  queue.add([1, 2, 3]);
  expect(done).toEqual([1, 2, 3]);
  queue.add(Array.from({ length: 20 }, (_, index) => index + 4));
  expect(done.length).toBeLessThan(23);
  queue.add([24]);
  await vi.waitFor(() => expect(done).toHaveLength(24), { interval: 1 });
  expect(done).toEqual(Array.from({ length: 24 }, (_, index) => index + 1));
  await vi.waitFor(() => expect(slices.at(-1)).toEqual([24, true]), { interval: 1 });
  expect(slices.length).toBeGreaterThan(3);
});

test('stops between two slices', async () => {
  slowClock();
  const done: number[] = [];
  const queue = inSlices<number>(
    (item) => done.push(item),
    () => undefined,
  );
  queue.add(Array.from({ length: 100 }, (_, index) => index));
  const before = done.length;
  queue.stop();
  await new Promise((resolve) => setTimeout(resolve));
  queue.add([100]);
  expect(done).toHaveLength(before);
});
