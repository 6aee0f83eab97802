/** What test/core/vectors.test.ts runs in Node, in a page of both browsers: their cryptography, and their limits. */
import { readFileSync } from 'node:fs';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import '../setup.ts';
import { readSharedVectors, SHARED_VECTORS } from '../fixtures/shared-vectors.ts';
import { signAll } from '../fixtures/sign-all.ts';
import { type Listening, listen } from '../site/listen.ts';
import { runVectors } from '../vectors/all.ts';
import { DEVIATIONS, unexpected } from '../vectors/deviations.ts';
import { sealAll } from '../vectors/jwe-round-trips.ts';
import type { Outcome } from '../vectors/outcome.ts';
import type { PageAnswer, PageInput } from '../vectors/page.ts';
import { inBothBrowsers } from './scenario.ts';

/** Ten times what it takes on two busy cores. */
const RUN_MS = 60_000;

const files = readSharedVectors();

/** The policy of the extension's own pages, so that what it forbids fails here too; the input comes from the page's site. */
const POLICY: string = JSON.parse(
  readFileSync('manifest.json', 'utf8'),
).content_security_policy.extension_pages.replace(/connect-src [^;]*/, "connect-src 'self'");

/** The page's script and its chunks by path, made as what ships is. */
const bundle = async (): Promise<ReadonlyMap<string, string>> => {
  const { outputFiles } = await build({
    entryPoints: ['test/vectors/page.ts'],
    bundle: true,
    write: false,
    outdir: '/',
    format: 'esm',
    splitting: true,
    target: ['chrome140', 'firefox142'],
    minify: true,
  });
  return new Map(outputFiles.map(({ path, text }) => [path, text]));
};

const names = (outcomes: readonly Outcome[]): readonly string[] => outcomes.map(({ name }) => name);

describe('vectors', () => {
  let site: Listening;
  let scripts: ReadonlyMap<string, string>;
  let input: PageInput;

  beforeAll(async () => {
    scripts = await bundle();
    input = { files: files ?? [], signed: await signAll(), sealed: await sealAll() };
    site = await listen('localhost', 0);
    site.serve(({ url = '' }, response) => {
      const script = scripts.get(url);
      response.setHeader('content-security-policy', POLICY);
      if (script !== undefined) response.setHeader('content-type', 'text/javascript').end(script);
      else if (url === '/input') response.setHeader('content-type', 'application/json').end(JSON.stringify(input));
      else
        response
          .setHeader('content-type', 'text/html')
          .end('<!doctype html><script type="module" src="/page.js"></script>');
    });
  });
  afterAll(() => site.close());

  test('the bundle evaluates no text, as the policy of the extension wants it', () => {
    expect([...scripts.keys()]).toContain('/page.js');
    for (const [path, script] of scripts)
      expect(script.match(/\beval\b|\bFunction\(|import\(["'`]data:/), path).toBe(null);
  });

  inBothBrowsers('every algorithm and vector', (driver) => {
    describe('in a page', () => {
      let answer: Exclude<PageAnswer, { error: string }>;

      beforeAll(async () => {
        const { page } = driver();
        await page.goto(site.origin);
        const text = await page.waitUntil({ what: 'all vectors', timeout: RUN_MS }, () => document.body?.textContent);
        const said: PageAnswer = JSON.parse(text);
        if ('error' in said) throw new Error(said.error);
        answer = said;
      });

      test.runIf(files)('agree, and each deviation is listed by name', async () => {
        expect(unexpected(answer.files, DEVIATIONS.files, driver().browser)).toEqual([]);
        expect(names(answer.files)).toEqual(names(await runVectors(input.files)));
      });

      test('what Node signs verifies, of every JWS algorithm, and with no flipped bit', () => {
        expect(unexpected(answer.signed, DEVIATIONS.signed, driver().browser)).toEqual([]);
        const verified = answer.signed.filter(({ got }) => got === 'verified');
        expect(names(verified)).toEqual(input.signed.map(({ name }) => name));
      });

      test('what jose seals in Node is opened, every algorithm of JWE with every other', () => {
        expect(unexpected(answer.sealed, DEVIATIONS.sealed, driver().browser)).toEqual([]);
        expect(names(answer.sealed)).toEqual(input.sealed.map(({ name }) => name));
      });
    });
  });
});

if (!files) console.warn(`SKIPPED: no ${SHARED_VECTORS}, so no browser tried its vectors`);
