/** Debian's packages, where this may install them. Node's own modules only: it runs before anything is installed. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** apt on a slow mirror. */
const APT_TIMEOUT_MS = 600_000;

const distribution = () => {
  if (process.platform !== 'linux' || !existsSync('/etc/os-release')) return [];
  const text = readFileSync('/etc/os-release', 'utf8');
  return [...text.matchAll(/^ID(?:_LIKE)?=(.*)$/gm)].flatMap(([, value]) => value.replaceAll('"', '').split(' '));
};

/** Ubuntu's browsers are snaps; its other packages are Debian's. */
export const isUbuntu = () => distribution().includes('ubuntu');

/** Whether packages can be installed here: as root, on Debian or what descends from it. */
export const hasApt = () =>
  process.getuid?.() === 0 && existsSync('/usr/bin/apt-get') && distribution().includes('debian');

/** Installs the packages; rejects with apt's words. */
export const apt = async (...packages) => {
  const options = {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    timeout: APT_TIMEOUT_MS,
    maxBuffer: 64 * 1024 * 1024,
  };
  await run('apt-get', ['update', '-q'], options);
  await run('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...packages], options);
};
