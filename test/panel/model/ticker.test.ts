// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createTicker } from '../../../src/panel/model/ticker.ts';

beforeEach(() => void vi.useFakeTimers({ now: 1_800_000_000_250 }));
afterEach(() => void vi.useRealTimers());

test('moves on at each full second of the clock', () => {
  const ticker = createTicker(Date.now);
  expect(ticker.now.value).toBe(1_800_000_000_250);
  vi.advanceTimersByTime(749);
  expect(ticker.now.value).toBe(1_800_000_000_250);
  vi.advanceTimersByTime(1);
  expect(ticker.now.value).toBe(1_800_000_001_000);
  vi.advanceTimersByTime(3000);
  expect(ticker.now.value).toBe(1_800_000_004_000);
  ticker.dispose();
});

test('after a sleep of the machine it is on time at once', () => {
  const ticker = createTicker(Date.now);
  vi.setSystemTime(1_800_003_600_400);
  vi.advanceTimersByTime(750);
  expect(ticker.now.value).toBe(1_800_003_601_150);
  vi.advanceTimersByTime(850);
  expect(ticker.now.value).toBe(1_800_003_602_000);
  ticker.dispose();
});

test('stops', () => {
  const ticker = createTicker(Date.now);
  ticker.dispose();
  expect(vi.getTimerCount()).toBe(0);
});
