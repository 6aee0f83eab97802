/** Runs the commands that a test run or a start is made of. */
import { spawn } from 'node:child_process';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

process.env.PATH = [`${root}node_modules/.bin`, process.env.PATH].join(delimiter);

/** The last of a runaway's output is what tells; the rest would only fill the memory. */
const LARGEST_OUTPUT = 1_000_000;

const isWindows = process.platform === 'win32';

/** Ends the command with all that it started: a shell's own end leaves its children running. */
const endGroup = (child) => {
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    if (isWindows) spawn('taskkill', ['/pid', String(child.pid), '/t', '/f']);
    else process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
};

/**
 * Runs a shell command in the project's folder, with its tools in PATH and without stdin. `live` shows the output as it
 * comes. Resolves with `{ code, output, seconds }`; a command that takes longer than `limit` (ms) is ended, with code 124.
 */
export const runStep = (command, { live = false, limit, env = {} }) =>
  new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(command, {
      cwd: root,
      shell: true,
      detached: !isWindows,
      env: { ...process.env, NO_UPDATE_NOTIFIER: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const take = (stream) => (text) => {
      output = (output + text).slice(-LARGEST_OUTPUT);
      if (live) stream.write(text);
    };
    child.stdout.setEncoding('utf8').on('data', take(process.stdout));
    child.stderr.setEncoding('utf8').on('data', take(process.stderr));

    let late = false;
    const timer = setTimeout(() => {
      late = true;
      endGroup(child);
    }, limit);
    const interrupt = () => {
      endGroup(child);
      process.exit(130);
    };
    process.once('SIGINT', interrupt).once('SIGTERM', interrupt);

    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
      const seconds = (performance.now() - start) / 1000;
      if (late) output += `\n${command} was ended after ${limit / 1000} s.`;
      resolve({ code: late ? 124 : (code ?? 1), output, seconds });
    });
  });
