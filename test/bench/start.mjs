/**
 * `npm run bench [-- decode scan …]`: installs what is missing, builds, and runs the measures named, or all of them.
 * Plain JavaScript on Node's own modules, because it runs before anything is installed.
 */
import { findBrowsers } from '../run/browsers.mjs';
import { installDependencies } from '../run/install.mjs';
import { runStep } from '../run/step.mjs';

/** Each several times what it takes on two slow cores. */
const BUILD_LIMIT_MS = 120_000;
const BENCH_LIMIT_MS = 1_800_000;

const bench = async (measures) => {
  const unknown = measures.find((word) => !/^[a-z]+$/.test(word));
  if (unknown) throw new Error(`"${unknown}" is no measure.`);
  installDependencies();
  const { chromium, firefox } = await findBrowsers();
  // Minified, because what is measured is what ships.
  const build = await runStep('node build.mjs', { limit: BUILD_LIMIT_MS });
  if (build.code !== 0) throw new Error(`The build failed.\n${build.output}`);
  const { code } = await runStep(['tsx', 'test/bench/bench.ts', ...measures].join(' '), {
    live: true,
    limit: BENCH_LIMIT_MS,
    env: { CHROMIUM_PATH: chromium, FIREFOX_PATH: firefox },
  });
  return code;
};

try {
  process.exitCode = await bench(process.argv.slice(2));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
