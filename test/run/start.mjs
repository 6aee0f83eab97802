/**
 * `npm start [-- firefox] [--headless]`: installs what is missing, builds, and shows the panel on the demo site (demo.ts):
 * in a window that stays open, or, where there is no display, as a table and a picture.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { findBrowsers } from './browsers.mjs';
import { installDependencies } from './install.mjs';
import { root, runStep } from './step.mjs';

const BUILD_LIMIT_MS = 120_000;

const hasDisplay = () => {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return process.platform !== 'linux' || Boolean(DISPLAY || WAYLAND_DISPLAY);
};

/** oidc-provider says at length that it is not meant for production like this, and that is all it has to say here. */
const pass = (stream, print) =>
  createInterface(stream).on('line', (line) => {
    if (!/^oidc-provider (WARNING|NOTICE)/.test(line)) print(line);
  });

/** TypeScript needs tsx, which is there only now: hence a process of its own. */
const demo = (browser, path, headless) =>
  new Promise((resolve, reject) => {
    const flags = headless ? [browser, '--headless'] : [browser];
    const child = spawn(process.execPath, ['--import', 'tsx', 'test/run/demo.ts', ...flags], {
      cwd: root,
      env: { ...process.env, [`${browser.toUpperCase()}_PATH`]: path },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    pass(child.stdout, console.log);
    pass(child.stderr, console.error);
    // Ctrl+C reaches the demo as well; it closes the browser and ends, and so does this.
    process.on('SIGINT', () => {}).on('SIGTERM', () => child.kill('SIGTERM'));
    child.once('error', reject).once('close', (code) => resolve(code ?? 1));
  });

const start = async (asked) => {
  const unknown = asked.find((word) => !['chromium', 'firefox', '--headless'].includes(word));
  if (unknown) throw new Error(`"${unknown}" is not known; try npm start, or npm start -- firefox.`);
  const browser = asked.includes('firefox') ? 'firefox' : 'chromium';
  installDependencies();
  const { [browser]: path } = await findBrowsers([browser]);
  const { code, output } = await runStep('node build.mjs', { limit: BUILD_LIMIT_MS });
  if (code !== 0) throw new Error(`The build failed.\n${output}`);
  return demo(browser, path, asked.includes('--headless') || !hasDisplay());
};

try {
  process.exitCode = await start(process.argv.slice(2));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
