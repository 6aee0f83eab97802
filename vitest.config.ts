import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/{core,browser,background,panel,contract}/**/*.test.{ts,tsx}'],
    setupFiles: ['test/setup.ts'],
    // The styles that load later are the browser's business.
    environmentOptions: { happyDOM: { settings: { handleDisabledFileLoadingAsSuccess: true } } },
    // The polyfill refuses to load outside of an extension; the fake browser gives promises itself.
    alias: { 'webextension-polyfill': new URL('test/fixtures/extension-api.ts', import.meta.url).pathname },
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
});
