import { build } from 'esbuild';
import { inPage } from './chromium.ts';
import { type Content, startSite } from './site.ts';

/** A module of `page/` with all that it imports, minified as what ships is; its exports are `bench`. */
const bundle = async (name: string): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [`test/bench/page/${name}.ts`],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'bench',
    target: 'chrome140',
    minify: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
  });
  return outputFiles[0]?.text ?? '';
};

/**
 * Runs the page's `run` in a page of Chromium and gives its answer. Arguments and answer travel as JSON; what is too large
 * for that, the page fetches by path.
 */
export const runInPage = async <A extends readonly unknown[], R>(
  name: string,
  args: A,
  contents: Readonly<Record<string, Content>> = {},
): Promise<R> => {
  const site = await startSite((path) => contents[path]);
  try {
    return await inPage(site.origin, async (page) => {
      await page.addScriptTag({ content: await bundle(name) });
      return (await page.evaluate(`bench.run(...${JSON.stringify(args)})`)) as R;
    });
  } finally {
    await site.close();
  }
};
