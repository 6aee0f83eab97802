import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/{core,browser,background,panel,contract}/**/*.test.{ts,tsx}'],
    setupFiles: ['test/setup.ts'],
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
});
