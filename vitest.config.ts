import { defineConfig } from 'vitest/config';

/** Ends what hangs, also where another half of the machine is busy; speed is the bench's business. */
const TEST_MS = 20_000;

export default defineConfig({
  test: {
    include: ['test/{core,browser,background,panel,contract}/**/*.test.{ts,tsx}'],
    testTimeout: TEST_MS,
    // One a core of the smallest machine that all this is to run on.
    maxWorkers: 2,
    setupFiles: ['test/setup.ts'],
    // The styles that load later are the browser's business.
    environmentOptions: { happyDOM: { settings: { handleDisabledFileLoadingAsSuccess: true } } },
    // The polyfill refuses to load outside of an extension; the fake browser gives promises itself.
    alias: { 'webextension-polyfill': new URL('test/fixtures/extension-api.ts', import.meta.url).pathname },
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
});
