import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';

/** A copy of what the build reads, so that the dist folder that other tests use is left alone. */
const copy = mkdtempSync(join(tmpdir(), 'claimcheck-pack-'));
for (const path of ['src', 'icons', 'build.mjs', 'manifest.json', 'package.json', 'tsconfig.json', 'LICENSE']) {
  cpSync(path, join(copy, path), { recursive: true });
}
symlinkSync(resolve('node_modules'), join(copy, 'node_modules'), 'dir');

afterAll(() => rmSync(copy, { recursive: true, force: true }));

const pack = () => {
  execFileSync(process.execPath, ['build.mjs', '--pack'], { cwd: copy });
  const dist = join(copy, 'dist');
  return readdirSync(dist)
    .filter((name) => name.endsWith('.zip'))
    .sort()
    .map((name) => ({ name, bytes: readFileSync(join(dist, name)).toString('base64') }));
};

test('packing twice gives the same two zips, byte for byte', () => {
  const first = pack();
  expect(first.map(({ name }) => name)).toEqual([
    expect.stringMatching(/^claimcheck-chromium-.*\.zip$/),
    expect.stringMatching(/^claimcheck-firefox-.*\.zip$/),
  ]);
  expect(pack()).toEqual(first);
}, 60_000);
