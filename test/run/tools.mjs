/** The programs that the unit tests read key files back with and run copied code in; nothing of the extension needs them. */
import { spawnSync } from 'node:child_process';
import { apt, hasApt } from './apt.mjs';

const TOOLS = [
  {
    title: 'OpenSSL ≥ 3',
    works: () => /^OpenSSL ([3-9]|\d\d)/.test(spawnSync('openssl', ['version'], { encoding: 'utf8' }).stdout ?? ''),
    debian: ['openssl'],
  },
  // Without arguments that it knows it prints its usage: it is there.
  { title: 'ssh-keygen', works: () => !spawnSync('ssh-keygen', ['-?']).error, debian: ['openssh-client'] },
  { title: 'curl', works: () => spawnSync('curl', ['--version']).status === 0, debian: ['curl'] },
  {
    title: 'Python with PyJWT and cryptography',
    // Debian's own knows its packages; the one in the PATH may be another. test/fixtures/python.ts takes the same.
    works: () =>
      ['python3', '/usr/bin/python3', 'python'].some(
        (command) => spawnSync(command, ['-c', 'import jwt, cryptography']).status === 0,
      ),
    debian: ['python3', 'python3-jwt', 'python3-cryptography'],
  },
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
      await apt(...wanted.flatMap(({ debian }) => debian));
    } catch (error) {
      failure = `\n  apt-get: ${String(error.stderr || error.message).trim()}`;
    }
  }
  if (missing().length > 0) {
    throw new Error(`${names}: not found. Install it, so that it is in the PATH, and run the command again.${failure}`);
  }
};
