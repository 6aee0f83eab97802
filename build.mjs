/**
 * Builds dist/chromium and dist/firefox from src, and from the one manifest.json a manifest for each.
 *   node build.mjs            once, minified: what is tested is what ships
 *   node build.mjs --watch    again on every change, readable
 *   node build.mjs --pack     and zipped to dist/claimcheck-<browser>-<version>.zip, the same bytes every time
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, watch, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { zipSync } from 'fflate';

const BROWSERS = ['chromium', 'firefox'];
const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
const { version } = read('package.json');

/** One browser's manifest: the background key and the members it knows, the rest as it stands. */
export const manifestFor = (browser, source, version) => {
  const { browser_specific_settings, minimum_chrome_version, incognito, ...common } = source;
  const { scripts, service_worker, ...background } = source.background;
  return browser === 'chromium'
    ? { ...common, version, background: { service_worker, ...background }, minimum_chrome_version, incognito }
    : { ...common, version, background: { scripts, ...background }, browser_specific_settings };
};

/** `_locales/<language>/*.json`, one file a subject, as the one messages.json that browsers want. */
export const messagesOf = (folder) => {
  const messages = {};
  for (const file of readdirSync(folder).sort()) {
    for (const [key, message] of Object.entries(read(join(folder, file)))) {
      if (messages[key]) throw new Error(`${join(folder, file)}: "${key}" is there twice`);
      messages[key] = { message };
    }
  }
  return messages;
};

/** Preact can set innerHTML for those who ask; nobody here does, and web-ext lint warns of it: that branch goes. */
const withoutInnerHtml = {
  name: 'without-inner-html',
  setup: ({ onLoad }) =>
    onLoad({ filter: /preact[\\/]dist[\\/]preact\.mjs$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const contents = source.replace(/\(\w+\.innerHTML=\w+\.__html\)/, '0');
      if (contents === source) throw new Error(`${path}: no assignment to innerHTML to take out`);
      return { contents, loader: 'js' };
    }),
};

/** What reads keys and tokens out of bodies loads with the first of them. Not by splitting, which shares whole files: more weight. */
const APART = ['seen', 'read-bodies'];
const readersApart = {
  name: 'readers-apart',
  setup: ({ onResolve }) => {
    const filter = new RegExp(`/(${APART.join('|')})\\.ts$`);
    onResolve({ filter }, ({ path }) => ({ path: path.replace(/ts$/, 'js'), external: true }));
  },
};

/**
 * What loads later finds all of the first load there already, and says so: else the first load would be cut into as many
 * files as there are ways to share it, each gzipped alone (3 KB more).
 */
const afterFirstLoad = {
  name: 'after-first-load',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^\./ }, ({ path, kind, resolveDir }) =>
      kind === 'dynamic-import' ? { path: join(resolveDir, path), namespace: 'later' } : undefined,
    );
    onLoad({ filter: /./, namespace: 'later' }, ({ path }) => ({
      contents: `import './src/panel/mount.tsx'; export * from ${JSON.stringify(path)};`,
      resolveDir: process.cwd(),
    }));
  },
};

const bundle = (outdir, minify) => {
  const common = {
    bundle: true,
    format: 'esm',
    target: ['chrome140', 'firefox142'],
    // Both have them. esbuild thinks not, and would keep a regular expression of valibot's that nobody uses.
    supported: { 'regexp-unicode-property-escapes': true },
    outdir,
    minify,
    legalComments: 'none',
  };
  const native = { alias: { 'webextension-polyfill': './src/browser/native-api.ts' } };
  const shared = { splitting: true, chunkNames: 'chunks/[name]-[hash]' };
  const readers = APART.map((name) => `src/browser/dom/${name}.ts`);
  const make = (entryPoints, options) => build({ ...common, ...options, entryPoints });
  return Promise.all([
    make(['src/entries/background.ts'], native),
    make(['src/entries/devtools.ts'], { ...native, plugins: [readersApart] }),
    make(readers, native),
    make(['src/workers/body-worker.ts']),
    // Apart from the panel, which else would be cut into more files by what it shares with them.
    make(['src/workers/export-worker.ts', 'src/workers/import-worker.ts'], shared),
    make(
      ['src/entries/panel.ts', 'src/entries/workbench.ts', 'src/panel/styles/panel.css', 'src/panel/styles/later.css'],
      { ...shared, plugins: [withoutInnerHtml, afterFirstLoad], entryNames: '[name]' },
    ),
  ]);
};

const writeJson = (path, value, indent) => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(value, null, indent)}\n`);
};

const buildAll = async (minify) => {
  const [first, second] = BROWSERS.map((browser) => join('dist', browser));
  for (const folder of [first, second]) rmSync(folder, { recursive: true, force: true });
  await bundle(first, minify);
  cpSync('src/pages', first, { recursive: true });
  cpSync('icons', join(first, 'icons'), { recursive: true, filter: (path) => !path.endsWith('.svg') });
  cpSync('LICENSE', join(first, 'LICENSE'));
  for (const language of readdirSync('src/_locales')) {
    writeJson(join(first, '_locales', language, 'messages.json'), messagesOf(join('src/_locales', language)), 1);
  }
  // One for both, but for the manifest.
  cpSync(first, second, { recursive: true });
  for (const browser of BROWSERS) {
    writeJson(join('dist', browser, 'manifest.json'), manifestFor(browser, read('manifest.json'), version), 2);
  }
};

/** Sorted names and one fixed time, so that the same sources give the same bytes. */
const pack = (browser) => {
  const folder = join('dist', browser);
  const names = readdirSync(folder, { recursive: true }).map((name) => name.replaceAll('\\', '/'));
  const files = names.sort().filter((name) => statSync(join(folder, name)).isFile());
  const entries = files.map((name) => [name, readFileSync(join(folder, name))]);
  const path = join('dist', `claimcheck-${browser}-${version}.zip`);
  writeFileSync(path, zipSync(Object.fromEntries(entries), { mtime: new Date(1980, 0, 1), level: 9 }));
  console.log(path);
};

if (import.meta.url === new URL(process.argv[1], 'file:').href) {
  const isWatching = process.argv.includes('--watch');
  await buildAll(!isWatching);
  if (process.argv.includes('--pack')) BROWSERS.forEach(pack);
  let timer;
  const buildSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => buildAll(false).then(() => console.log('built'), console.error), 100);
  };
  const watched = isWatching ? ['src', 'icons', 'manifest.json'] : [];
  for (const path of watched) watch(path, { recursive: true }, buildSoon);
  if (isWatching) console.log(`watching ${watched.join(', ')}`);
}
