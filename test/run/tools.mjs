/** The programs whose key files the unit tests read back; nothing of the extension needs them. */
import { spawnSync } from 'node:child_process';
import { apt, hasApt } from './apt.mjs';

const TOOLS = [
  {
    title: 'OpenSSL ≥ 3',
    works: () => /^OpenSSL ([3-9]|\d\d)/.test(spawnSync('openssl', ['version'], { encoding: 'utf8' }).stdout ?? ''),
    debian: 'openssl',
  },
  // Without arguments that it knows it prints its usage: it is there.
  { title: 'ssh-keygen', works: () => !spawnSync('ssh-keygen', ['-?']).error, debian: 'openssh-client' },
];

const missing = () => TOOLS.filter(({ works }) => !works());

/** Installs what is missing with apt-get (Debian, as root). Rejects with a sentence that names the remedy. */
export const findTools = async () => {
  const wanted = missing();
  if (wanted.length === 0) return;
  const names = wanted.map(({ title }) => title).join(' and ');
  let failure = '';
  if (hasApt()) {
    console.log(`Installing ${names} with apt-get …`);
    try {
      await apt(...wanted.map(({ debian }) => debian));
    } catch (error) {
      failure = `\n  apt-get: ${String(error.stderr || error.message).trim()}`;
    }
  }
  if (missing().length > 0) {
    throw new Error(`${names}: not found. Install it, so that it is in the PATH, and run the command again.${failure}`);
  }
};
