/**
 * `npm test [-- check | unit | e2e]`: installs what is missing, builds, and runs every check and test there is, also when
 * an earlier one failed. Ends with one line `N passed, N failed`; the exit code is 1 unless all that ran has passed.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowsers } from './browsers.mjs';
import { installDependencies } from './install.mjs';
import { root, runStep } from './step.mjs';
import { findTools } from './tools.mjs';

const PARTS = ['check', 'unit', 'e2e'];

/** Each several times what it takes on two slow cores, so that it ends a hang and nothing else. */
const CHECK_LIMIT_MS = 180_000;
const UNIT_LIMIT_MS = 420_000;
const E2E_LIMIT_MS = 1_200_000;

const folder = mkdtempSync(join(tmpdir(), 'claimcheck-test-'));
const total = { passed: 0, failed: 0 };

const report = (name, { passed, failed }, { output, seconds }, live = false) => {
  total.passed += passed;
  total.failed += failed;
  const counts = passed + failed > 1 ? `  ${passed} passed, ${failed} failed` : '';
  if (failed > 0 && !live) console.log(output.trimEnd());
  console.log(`${failed > 0 ? '✗' : '✓'} ${name}${counts}  ${seconds.toFixed(1)} s`);
};

const judge = ({ code, output }) => ({ good: code === 0, output });

/** A command that passes or fails as one. */
const check = async (name, command, judgeIt = judge) => {
  const result = await runStep(command, { limit: CHECK_LIMIT_MS });
  const { good, output } = judgeIt(result);
  report(name, good ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }, { ...result, output });
  return good;
};

/** 0 errors, 0 warnings, 0 notices; its exit code tells of errors only. */
const judgeLint = ({ output }) => {
  try {
    const { errors, warnings, notices } = JSON.parse(output.slice(output.indexOf('{')));
    const found = [...errors, ...warnings, ...notices];
    const lines = found.map(({ _type, code, message, file, line }) => `${_type} ${code}: ${message} (${file}:${line})`);
    return { good: found.length === 0, output: lines.join('\n') };
  } catch {
    return { good: false, output };
  }
};

/** Counts of vitest's JSON report. Skipped tests count as failed, and so does a file that could not be run. */
const countTests = (path, code) => {
  let results;
  try {
    results = JSON.parse(readFileSync(path, 'utf8')).testResults;
  } catch {
    return { passed: 0, failed: 1 };
  }
  const counts = { passed: 0, failed: 0 };
  for (const { assertionResults, status } of results) {
    const passed = assertionResults.filter((test) => test.status === 'passed').length;
    const failed = assertionResults.length - passed;
    counts.passed += passed;
    counts.failed += failed === 0 && status !== 'passed' ? 1 : failed;
  }
  // No test at all, or an error outside any test.
  if (counts.failed === 0 && (counts.passed === 0 || code !== 0)) counts.failed = 1;
  return counts;
};

const vitest = async (name, flags, { live, limit, env }) => {
  const path = join(folder, `${name}.json`);
  const command = `vitest run ${flags} --reporter=default --reporter=json --outputFile.json="${path}"`;
  const result = await runStep(command, { live, limit, env });
  if (live && result.code === 124) console.log(result.output.slice(result.output.lastIndexOf('\n') + 1));
  report(name, countTests(path, result.code), result, live);
};

const checks = async () => {
  // One list of checks for people and for this run: the script `check` in package.json.
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const command of scripts.check.split('&&')) await check(command.trim(), command);
  await check('web-ext lint', 'web-ext lint --source-dir dist/firefox --output json --no-config-discovery', judgeLint);
};

const unit = async () => {
  try {
    await findTools();
    await vitest('unit', '', { live: false, limit: UNIT_LIMIT_MS, env: {} });
  } catch (error) {
    report('unit', { passed: 0, failed: 1 }, { output: error.message, seconds: 0 });
  }
};

const e2e = async () => {
  try {
    const { chromium, firefox } = await findBrowsers();
    const env = { CHROMIUM_PATH: chromium, FIREFOX_PATH: firefox };
    await vitest('e2e', '--config test/e2e/vitest.config.ts', { live: true, limit: E2E_LIMIT_MS, env });
  } catch (error) {
    report('e2e', { passed: 0, failed: 1 }, { output: error.message, seconds: 0 });
  }
};

const runAll = async (parts) => {
  installDependencies();
  // Minified and packed, because what is tested is what ships.
  if (!(await check('build', 'node build.mjs --pack'))) return;
  if (parts.includes('check')) await checks();
  if (parts.includes('unit')) await unit();
  if (parts.includes('e2e')) await e2e();
};

const asked = process.argv.slice(2);
const unknown = asked.filter((part) => !PARTS.includes(part));
try {
  if (unknown.length > 0) throw new Error(`There is no part "${unknown[0]}"; the parts are ${PARTS.join(', ')}.`);
  await runAll(asked.length > 0 ? asked : PARTS);
} catch (error) {
  console.error(error.message);
  total.failed += 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
console.log(`${total.passed} passed, ${total.failed} failed`);
