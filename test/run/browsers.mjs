/**
 * Finds Chromium and Firefox, and gets what is missing. Plain JavaScript on Node's own modules, because it runs before
 * anything is installed; @puppeteer/browsers is imported only once it is needed.
 */
import { execFile } from 'node:child_process';
import { accessSync, constants, readFileSync, realpathSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { apt, hasApt, isUbuntu } from './apt.mjs';

const run = promisify(execFile);
const { env, platform } = process;

/** A first start on a slow disk takes seconds; a browser that has not told its version by then never will. */
const VERSION_TIMEOUT_MS = 30_000;
/** Launchers are scripts of a few KB; above this a file is the browser itself and not worth reading. */
const LARGEST_SCRIPT_BYTES = 65_536;

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/browsers', import.meta.url));

const windowsFolders = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(Boolean);
const applications = ['/Applications', join(homedir(), 'Applications')];

const BROWSERS = {
  chromium: {
    title: 'Chromium or Chrome',
    least: 140,
    variables: ['CHROMIUM_PATH', 'CHROME_PATH'],
    commands: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'],
    places: {
      darwin: applications.flatMap((folder) => [
        join(folder, 'Chromium.app/Contents/MacOS/Chromium'),
        join(folder, 'Google Chrome.app/Contents/MacOS/Google Chrome'),
      ]),
      win32: windowsFolders.flatMap((folder) => [
        join(folder, 'Chromium/Application/chrome.exe'),
        join(folder, 'Google/Chrome/Application/chrome.exe'),
      ]),
    },
    debian: 'chromium',
    download: 'chrome',
  },
  firefox: {
    title: 'Firefox',
    least: 142,
    variables: ['FIREFOX_PATH'],
    commands: ['firefox-esr', 'firefox', 'firefox-developer-edition', 'firefox-nightly'],
    places: {
      darwin: applications.map((folder) => join(folder, 'Firefox.app/Contents/MacOS/firefox')),
      win32: windowsFolders.map((folder) => join(folder, 'Mozilla Firefox/firefox.exe')),
    },
    debian: 'firefox-esr',
    download: 'firefox',
  },
};

const isExecutable = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
};

/** Ubuntu's chromium and firefox are snaps or stubs for them: confined, they read neither our profiles nor dist/. */
const isSnap = (path) => {
  const real = realpathSync(path);
  if (real.startsWith('/snap/') || real.endsWith('/snap')) return true;
  return statSync(real).size <= LARGEST_SCRIPT_BYTES && readFileSync(real, 'utf8').includes('/snap/bin/');
};

/** The major version, 0 for a file that is no working browser. */
const majorOf = async (path) => {
  // chrome.exe and firefox.exe print nothing; both update themselves, so they are taken as they are.
  if (platform === 'win32') return Number.POSITIVE_INFINITY;
  try {
    // Firefox refuses to run as root in a home that is another's.
    const { stdout } = await run(path, ['--version'], {
      env: { ...env, HOME: tmpdir() },
      timeout: VERSION_TIMEOUT_MS,
    });
    return Number(/(\d+)\.\d+/.exec(stdout)?.[1] ?? 0);
  } catch {
    return 0;
  }
};

const candidatesOf = ({ commands, places }) => {
  const folders = [...(env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin'].filter(Boolean);
  const suffix = platform === 'win32' ? '.exe' : '';
  const inPath = commands.flatMap((command) => folders.map((folder) => join(folder, command + suffix)));
  return [...new Set([...inPath, ...(places[platform] ?? [])])].filter(isExecutable);
};

const findInstalled = async (browser) => {
  const variable = browser.variables.find((name) => env[name]);
  if (variable) {
    const path = env[variable];
    if (!isExecutable(path)) throw new Error(`${variable} names ${path}, which is not a program.`);
    const major = await majorOf(path);
    if (major >= browser.least) return path;
    throw new Error(`${variable} names ${path}, version ${major}; ${browser.title} ≥ ${browser.least} is needed.`);
  }
  for (const path of candidatesOf(browser)) {
    if (!isSnap(path) && (await majorOf(path)) >= browser.least) return path;
  }
  return undefined;
};

const download = async (browser) => {
  const { Browser, detectBrowserPlatform, getInstalledBrowsers, install, resolveBuildId } = await import(
    '@puppeteer/browsers'
  );
  const name = Browser[browser.download.toUpperCase()];
  for (const { browser: cached, executablePath } of await getInstalledBrowsers({ cacheDir: CACHE })) {
    if (cached === name && (await majorOf(executablePath)) >= browser.least) return executablePath;
  }
  console.log(`Downloading ${browser.title} …`);
  const system = detectBrowserPlatform();
  if (!system) throw new Error(`there is no build of it for ${platform} ${process.arch}`);
  const buildId = await resolveBuildId(name, system, 'stable');
  // A browser from a bare archive misses the libraries that its package would have brought.
  if (hasApt() && name === Browser.FIREFOX) await apt('libgtk-3-0');
  const installDeps = hasApt() && name === Browser.CHROME;
  const installed = await install({ browser: name, buildId, cacheDir: CACHE, installDeps });
  if ((await majorOf(installed.executablePath)) >= browser.least) return installed.executablePath;
  throw new Error(`${installed.executablePath} was downloaded but does not run`);
};

const get = async (browser) => {
  const failures = [];
  if (hasApt() && !isUbuntu()) {
    console.log(`Installing ${browser.debian} with apt-get …`);
    try {
      await apt(browser.debian);
      const path = await findInstalled(browser);
      if (path) return path;
      failures.push(`apt-get installed ${browser.debian}, but it is older than ${browser.least}`);
    } catch (error) {
      failures.push(`apt-get: ${String(error.stderr || error.message).trim()}`);
    }
  }
  try {
    return await download(browser);
  } catch (error) {
    failures.push(`download: ${error.message}`);
  }
  throw new Error(
    `${browser.title} ≥ ${browser.least} was not found and could not be installed. ` +
      `Install it and run the command again, or set ${browser.variables[0]} to its program.\n` +
      failures.map((failure) => `  ${failure}`).join('\n'),
  );
};

/**
 * Takes the browsers wanted (both unless told). Returns the path of each one's program; installs with apt-get (Debian,
 * as root) or downloads (elsewhere, into node_modules/.cache) what is missing. Rejects with a sentence that names the
 * remedy when one cannot be had.
 */
export const findBrowsers = async (wanted = ['chromium', 'firefox']) => {
  const paths = {};
  for (const name of wanted) {
    const browser = BROWSERS[name];
    paths[name] = (await findInstalled(browser)) ?? (await get(browser));
  }
  return paths;
};
