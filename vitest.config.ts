import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/{core,browser,background,panel,contract}/**/*.test.{ts,tsx}'],
    setupFiles: ['test/setup.ts'],
  },
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
});
