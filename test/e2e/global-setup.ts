import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = ['src', 'icons', 'manifest.json', 'build.mjs', 'package.json'];
const OUTCOMES = ['dist/chromium/manifest.json', 'dist/firefox/manifest.json'];

const changedAt = (path: string): number =>
  statSync(path).isDirectory()
    ? Math.max(0, ...readdirSync(path).map((name) => changedAt(join(path, name))))
    : statSync(path).mtimeMs;

/** What is tested is what ships: builds `dist` unless it is newer than all its sources. */
export default (): void => {
  const source = Math.max(...SOURCES.map(changedAt));
  const isFresh = OUTCOMES.every((path) => existsSync(path) && changedAt(path) > source);
  if (!isFresh) execFileSync(process.execPath, ['build.mjs'], { stdio: 'inherit' });
};
