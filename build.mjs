/**
 * Builds dist/chromium and dist/firefox from src, and from the one manifest.json a manifest for each.
 *   node build.mjs            once, minified: what is tested is what ships
 *   node build.mjs --watch    again on every change, readable
 *   node build.mjs --pack     and zipped to dist/claimcheck-<browser>-<version>.zip, the same bytes every time
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from 'esbuild';
import { zipSync } from 'fflate';

const BROWSERS = ['chromium', 'firefox'];
const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
const { version } = read('package.json');

/** One browser's manifest: the background key and the members it knows, the rest as it stands. */
export const manifestFor = (browser, source, version) => {
  const { browser_specific_settings, minimum_chrome_version, incognito, ...manifest } = structuredClone(source);
  manifest.version = version;
  if (browser === 'chromium') {
    delete manifest.background.scripts;
    return { ...manifest, minimum_chrome_version, incognito };
  }
  delete manifest.background.service_worker;
  return { ...manifest, browser_specific_settings };
};

/** `_locales/<language>/*.json`, one file a subject, as the one messages.json that browsers want. */
export const messagesOf = (folder) => {
  const messages = {};
  for (const file of readdirSync(folder).sort()) {
    for (const [key, message] of Object.entries(read(join(folder, file)))) {
      if (messages[key]) throw new Error(`${join(folder, file)}: "${key}" is there twice`);
      messages[key] = typeof message === 'string' ? { message } : message;
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
    for (const name of APART) {
      onResolve({ filter: new RegExp(`/${name}\\.ts$`) }, () => ({ path: `./${name}.js`, external: true }));
    }
  },
};

/**
 * What loads later finds all of the first load there already, and says so: else the first load would be cut into as many
 * files as there are ways to share it, each gzipped alone (3 KB more).
 */
const afterFirstLoad = {
  name: 'after-first-load',
  setup: ({ onResolve, onLoad, resolve }) => {
    onResolve({ filter: /^\./ }, async ({ path, kind, importer, resolveDir }) => {
      if (kind !== 'dynamic-import') return;
      const { path: module } = await resolve(path, { kind: 'import-statement', importer, resolveDir });
      return { path: module, namespace: 'later' };
    });
    onLoad({ filter: /./, namespace: 'later' }, ({ path }) => ({
      contents: `import './src/panel/mount.tsx'; export * from ${JSON.stringify(path)};`,
      resolveDir: process.cwd(),
    }));
  },
};

const bundle = async (out, minify) => {
  const common = {
    plugins: [withoutInnerHtml],
    bundle: true,
    format: 'esm',
    target: ['chrome140', 'firefox142'],
    // Both have them. esbuild thinks not, and would keep a regular expression of valibot's that nobody uses.
    supported: { 'regexp-unicode-property-escapes': true },
    outdir: out,
    minify,
    legalComments: 'none',
    logLevel: 'warning',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    define: { 'process.env.NODE_ENV': '"production"' },
  };
  const native = { 'webextension-polyfill': './src/browser/native-api.ts' };
  await build({ ...common, entryPoints: ['src/entries/background.ts'], alias: native });
  await build({
    ...common,
    plugins: [...common.plugins, readersApart],
    entryPoints: ['src/entries/devtools.ts'],
    alias: native,
  });
  await build({ ...common, entryPoints: APART.map((name) => `src/browser/dom/${name}.ts`), alias: native });
  await build({ ...common, entryPoints: ['src/workers/body-worker.ts'] });
  // Apart from the panel, which else would be cut into more files by what it shares with them.
  await build({
    ...common,
    entryPoints: ['export', 'import'].map((name) => `src/workers/${name}-worker.ts`),
    chunkNames: 'chunks/[name]-[hash]',
    splitting: true,
  });
  await build({
    ...common,
    plugins: [...common.plugins, afterFirstLoad],
    entryPoints: [
      'src/entries/panel.ts',
      'src/entries/workbench.ts',
      'src/panel/styles/panel.css',
      'src/panel/styles/later.css',
    ],
    entryNames: '[name]',
    chunkNames: 'chunks/[name]-[hash]',
    splitting: true,
  });
};

const buildAll = async (minify) => {
  for (const browser of BROWSERS) {
    const out = join('dist', browser);
    rmSync(out, { recursive: true, force: true });
    mkdirSync(out, { recursive: true });
    await bundle(out, minify);
    writeFileSync(
      join(out, 'manifest.json'),
      `${JSON.stringify(manifestFor(browser, read('manifest.json'), version), null, 2)}\n`,
    );
    cpSync('src/pages', out, { recursive: true });
    cpSync('icons', join(out, 'icons'), { recursive: true, filter: (path) => !path.endsWith('.svg') });
    cpSync('LICENSE', join(out, 'LICENSE'));
    for (const language of readdirSync('src/_locales')) {
      mkdirSync(join(out, '_locales', language), { recursive: true });
      writeFileSync(
        join(out, '_locales', language, 'messages.json'),
        `${JSON.stringify(messagesOf(join('src/_locales', language)), null, 1)}\n`,
      );
    }
  }
};

const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();

/** Sorted names and one fixed time, so that the same sources give the same bytes. */
const zip = (folder) => {
  const mtime = new Date(1980, 0, 1);
  const entries = filesIn(folder).map((name) => [name, [readFileSync(join(folder, name)), { mtime, level: 9 }]]);
  return zipSync(Object.fromEntries(entries));
};

const main = async (flags) => {
  const watching = flags.includes('--watch');
  await buildAll(!watching);
  if (flags.includes('--pack')) {
    for (const browser of BROWSERS) {
      const file = join('dist', `claimcheck-${browser}-${version}.zip`);
      writeFileSync(file, zip(join('dist', browser)));
      console.log(file);
    }
  }
  if (!watching) return;
  console.log('watching src, icons and manifest.json');
  let timer;
  const again = () => {
    clearTimeout(timer);
    timer = setTimeout(() => buildAll(false).then(() => console.log('built'), console.error), 100);
  };
  for (const path of ['src', 'icons', 'manifest.json'].filter(existsSync)) watch(path, { recursive: true }, again);
};

if (import.meta.url === new URL(process.argv[1], 'file:').href) await main(process.argv.slice(2));
