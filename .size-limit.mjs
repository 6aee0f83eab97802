/** What each context of the extension loads before anything is clicked, gzipped. Chunks that load when first used are free, but for the one of the editors. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const OUT = 'dist/chromium';

/** A file and all that it imports by statement, as the browser fetches them with it; `import()` is for later. */
const withImports = (path, found = new Set()) => {
  if (found.has(path)) return found;
  found.add(path);
  for (const [, name] of readFileSync(path, 'utf8').matchAll(/(?:\bfrom|\bimport)\s*"(\.[^"]+\.js)"/g)) {
    withImports(join(dirname(path), name), found);
  }
  return found;
};

/** The workbench's chunk: nearly all of it is CodeMirror. */
const workbench = readdirSync(join(OUT, 'chunks')).filter((name) => /^workbench-\w+\.js$/.test(name));

const of = (file) => [...withImports(join(OUT, file))];

export default [
  { name: 'background', path: of('background.js'), limit: '15 KB', gzip: true },
  { name: 'devtools page', path: of('devtools.js'), limit: '8 KB', gzip: true },
  {
    name: 'workbench, when first shown',
    path: workbench.map((name) => join(OUT, 'chunks', name)),
    limit: '140 KB',
    gzip: true,
  },
  { name: 'panel, first load', path: [...of('panel.js'), join(OUT, 'panel.css')], limit: '45 KB', gzip: true },
];
