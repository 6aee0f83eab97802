/** Installs the dependencies when they are absent or not those of the lock file. Node's own modules only: it runs first. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** npm writes this file last, so it tells a complete install from one that was cut off. */
const INSTALLED = `${root}node_modules/.package-lock.json`;

/** The least Node of package.json's `engines`; npm only warns about it. */
const LEAST_NODE = 20;

/** npm's own log of a large tree, kept whole for the error message. */
const LARGEST_LOG_BYTES = 64 * 1024 * 1024;

const packagesOf = (path) => JSON.parse(readFileSync(path, 'utf8')).packages;

/** By content, not by time: a checkout, a copy or `npm install` may leave either file the newer one. */
const isInstalled = () => {
  if (!existsSync(INSTALLED)) return false;
  const installed = packagesOf(INSTALLED);
  return Object.entries(packagesOf(`${root}package-lock.json`)).every(
    ([path, wanted]) => path === '' || (installed[path] ? installed[path].version === wanted.version : wanted.optional),
  );
};

/** Runs `npm ci` if it is needed, silently unless it fails; throws with npm's output and the remedy. */
export const installDependencies = () => {
  if (Number.parseInt(process.versions.node, 10) < LEAST_NODE) {
    throw new Error(`Node ${process.versions.node} is too old: install Node ${LEAST_NODE} or later.`);
  }
  if (isInstalled()) return;
  console.log('Installing dependencies with npm ci …');
  // No browser from puppeteer: browsers.mjs decides where they come from. A shell, because npm is a script on Windows.
  const { status, stdout, stderr } = spawnSync('npm ci --include=dev --no-audit --no-fund --loglevel=error', {
    cwd: root,
    shell: true,
    encoding: 'utf8',
    maxBuffer: LARGEST_LOG_BYTES,
    env: { ...process.env, PUPPETEER_SKIP_DOWNLOAD: '1' },
  });
  if (status === 0) return;
  const remedy = 'Check the network and the registry in npm’s settings, then run it again.';
  throw new Error(`npm ci failed. ${remedy}\n${stdout}${stderr}`);
};
