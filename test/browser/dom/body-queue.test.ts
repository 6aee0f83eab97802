import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createBodyQueue } from '../../../src/browser/dom/body-queue.ts';

const MB = 1024 * 1024;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const setUp = () => {
  const queue = createBodyQueue(() => Date.now());
  const started: string[] = [];
  const release: (() => void)[] = [];
  const add = (name: string, isUrgent = true, size = 1): boolean =>
    queue.add({
      size,
      isUrgent,
      run: () => {
        started.push(name);
        return new Promise((resolve, reject) => release.push(name === 'broken' ? reject : resolve));
      },
    });
  return { add, started, release };
};

test('runs a few at a time, in order, also after one that broke', async () => {
  const { add, started, release } = setUp();
  const names = ['broken', ...Array.from({ length: 7 }, (_, index) => `${index}`)];
  for (const name of names) add(name);
  expect(started).toEqual(names.slice(0, 6));
  release[0]?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(started).toEqual(names.slice(0, 7));
});

test('runs large ones one after the other, and one that is larger than all may be', async () => {
  const { add, started, release } = setUp();
  add('huge', true, 60 * MB);
  add('small');
  expect(started).toEqual(['huge']);
  release[0]?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(started).toEqual(['huge', 'small']);
});

test('has the patient wait for calm, but not for long', async () => {
  const { add, started, release } = setUp();
  add('calm', false);
  await vi.advanceTimersByTimeAsync(99);
  expect(started).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(started).toEqual(['calm']);

  add('patient', false);
  for (let passed = 0; passed < 950; passed += 50) {
    add(`urgent ${passed}`);
    for (const end of release.splice(0)) end();
    await vi.advanceTimersByTimeAsync(50);
  }
  expect(started).toHaveLength(20);
  expect(started).not.toContain('patient');
  await vi.advanceTimersByTimeAsync(50);
  expect(started.at(-1)).toBe('patient');
});

test('says when it is full, and has room again later', async () => {
  const { add, started, release } = setUp();
  const added = Array.from({ length: 510 }, (_, index) => add(`${index}`));
  // Those that are running wait no longer.
  expect(added.filter(Boolean)).toHaveLength(506);
  release[0]?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(started).toHaveLength(7);
  expect(add('later')).toBe(true);
});
