import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { paced } from '../../../src/panel/model/paced.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('does it in the next task, then once for all that asked too soon, and nothing more', () => {
  const work = vi.fn();
  const { ask } = paced(() => 100, work);
  ask();
  expect(work).not.toHaveBeenCalled();
  vi.advanceTimersByTime(0);
  expect(work).toHaveBeenCalledTimes(1);
  ask();
  ask();
  vi.advanceTimersByTime(99);
  expect(work).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1);
  expect(work).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(1000);
  expect(work).toHaveBeenCalledTimes(2);
  ask();
  vi.advanceTimersByTime(0);
  expect(work).toHaveBeenCalledTimes(3);
});

test('asks how long the pause is each time, and without one does it at once', () => {
  const work = vi.fn();
  let pause = 0;
  const { ask } = paced(() => pause, work);
  ask();
  ask();
  expect(work).toHaveBeenCalledTimes(2);
  pause = 10;
  ask();
  expect(work).toHaveBeenCalledTimes(2);
});

test('does nothing after its end', () => {
  const work = vi.fn();
  const { ask, stop } = paced(() => 100, work);
  ask();
  stop();
  vi.advanceTimersByTime(1000);
  expect(work).not.toHaveBeenCalled();
});
