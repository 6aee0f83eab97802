import { defineConfig } from 'vitest/config';

/** A scenario has many steps, each with its own, shorter limit (poll.ts). */
const TEST_MS = 120_000;

export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/e2e/**/*.test.ts'],
    globalSetup: ['test/e2e/global-setup.ts'],
    testTimeout: TEST_MS,
    hookTimeout: TEST_MS,
    // A file drives one browser at a time, and each browser has several processes.
    maxWorkers: 2,
  },
});
