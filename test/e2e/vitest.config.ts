import { defineConfig } from 'vitest/config';
import { INTERVAL_MS, WAIT_MS } from './poll.ts';

/** A scenario has many steps, each with its own, shorter limit (poll.ts). */
const TEST_MS = 120_000;

export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/e2e/**/*.test.ts'],
    globalSetup: ['test/e2e/global-setup.ts'],
    testTimeout: TEST_MS,
    hookTimeout: TEST_MS,
    // What a view says is asked until it is right: it may say one thing after another.
    expect: { poll: { interval: INTERVAL_MS, timeout: WAIT_MS } },
    // A file drives one browser at a time, and each browser has several processes.
    maxWorkers: 2,
  },
});
