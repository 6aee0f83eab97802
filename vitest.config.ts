import { defineConfig } from 'vitest/config';

/** Ends what hangs, also where another half of the machine is busy; speed is the bench's business. */
const TEST_MS = 20_000;

export default defineConfig({
  test: {
    testTimeout: TEST_MS,
    // One a core of the smallest machine that all this is to run on.
    maxWorkers: 2,
    setupFiles: ['test/setup.ts'],
    // The styles that load later are the browser's business.
    environmentOptions: { happyDOM: { settings: { handleDisabledFileLoadingAsSuccess: true } } },
    // The polyfill refuses to load outside of an extension; the fake browser gives promises itself.
    alias: { 'webextension-polyfill': new URL('test/fixtures/extension-api.ts', import.meta.url).pathname },
    projects: [
      // What is pure is the same for each file, and loaded once.
      { extends: true, test: { name: 'core', include: ['test/core/**/*.test.ts'], isolate: false } },
      {
        extends: true,
        test: { name: 'edges', include: ['test/{browser,background,panel,contract}/**/*.test.{ts,tsx}'] },
      },
    ],
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
});
