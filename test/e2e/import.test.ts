/** Issue 5, part 4: files become logs of their own, with verdicts, beside the live one. */
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { harOf } from '../fixtures/har.ts';
import { hmacToken } from '../fixtures/tokens.ts';
import { type Site, startSite } from '../site/site.ts';
import { axeInThemes, NO_VIOLATIONS } from './axe.ts';
import type { DevTools, Surface } from './driver.ts';
import { makeFiles } from './files.ts';
import { harOfApi, harOfDevTools, readHar, useDemo } from './har-files.ts';
import { closeLog, exportAs, fileFacts, fileIsRead, importFile, showLog } from './imports.ts';
import { ROW, says, verdictOf } from './panel.ts';
import { choose, rowsAre, rowWith, showView, sightingsOf, textOf } from './panel-reader.ts';
import { poll } from './poll.ts';
import { inBothBrowsers } from './scenario.ts';
import { bearer, call, echoUrl, settle, tokenOf } from './traffic.ts';
import { openRow, use } from './trust.ts';

const LONG_SECONDS = 600;
/** Of a token that is alive when it is brought, and has expired when the file has been read. */
const SHORT_SECONDS = 4;
/** Some 150 MB: long enough in reading to be stopped. */
const MANY_ENTRIES = 60_000;
/** Some 100 MB, of which a log keeps next to nothing. */
const BODIES = 4000;
const BODY_CHARACTERS = 25_000;

/** What the demo's traffic makes of a HAR: the issuer's keys are in it, the session's secret is not. */
const TOLD = [
  ['Session · alice', 'no key'],
  ['Access token · mallory', 'mismatch', '× refused'],
  ['ID token · alice', 'verified'],
  ['Access token · alice', 'verified'],
] as const;

let site: Site;
beforeAll(async () => {
  site = await startSite({ accessTokenSeconds: LONG_SECONDS });
});
afterAll(() => site.close());

/** Line and column of the end of a text, as the panel writes numbers. */
const endOf = (text: string): string => {
  const lines = text.split('\n');
  const number = new Intl.NumberFormat('en');
  return `Line ${number.format(lines.length)}, column ${number.format([...(lines.at(-1) ?? '')].length + 1)}`;
};

/** All that a log says of each token, but for what changes from second to second. */
const contentOf = async (panel: Surface): Promise<readonly unknown[]> => {
  await showView(panel, 'Tokens');
  const count = await panel.evaluate((row) => document.querySelectorAll(row).length, ROW);
  const content: unknown[] = [];
  for (let position = 1; position <= count; position += 1) {
    await openRow(panel, position);
    const [signature, , , trust] = await verdictOf(panel);
    const raw = await textOf(panel, '.raw');
    // Beside the page itself nobody needs to be told of its origin.
    const sightings = (await sightingsOf(panel)).map((line) => ({
      ...line,
      place: line.place.replace(` · ${site.app}`, ''),
    }));
    content.push({ raw, signature, trust, sightings });
  }
  return content;
};

describe('files in', () => {
  inBothBrowsers('import', (driver) => {
    const files = makeFiles();
    const hars: Record<string, string> = {};
    let panel: Surface;
    let devTools: DevTools;
    afterAll(() => files.remove());
    beforeAll(async () => {
      const { page } = driver();
      devTools = await driver().openDevTools();
      panel = await devTools.showPanel();
      await devTools.resizePanel(1400, 900);
      // No request is captured: all that the logs know of them is out of the files.
      await panel.click({ selector: '.bar button', text: 'Pause capturing' });
      const told = await driver().recordHar?.(page);
      await useDemo(page, site);
      hars.devtools = await harOfDevTools(page, devTools);
      hars.api = await harOfApi(page, panel);
      if (told) hars.cdp = await told();
    });

    test('a large file takes what its log keeps, and nothing when that is closed', async () => {
      // The first of all, since what a first view of something holds it holds for long.
      const body = 'x'.repeat(BODY_CHARACTERS);
      const exchanges = Array.from({ length: BODIES }, (_, index) => ({
        url: `https://api.test/${index}`,
        headers: { Authorization: `Bearer ${hmacToken('a secret')}` },
        body,
      }));
      const before = await devTools.heldMemory();
      await importFile(panel, files.put('bodies.har', harOf('chromium', exchanges)));
      const grown = (await devTools.heldMemory()) - before;
      await closeLog(panel);
      // What a view leaves for after the next frame holds it until then.
      const left = async () => (await devTools.heldMemory()) - before;
      if (driver().browser === 'firefox') {
        // Of a whole process: no more can be told than that neither the file nor its bodies are held.
        expect(grown).toBeLessThan(BODIES * BODY_CHARACTERS);
        await expect.poll(left).toBeLessThan(BODIES * BODY_CHARACTERS);
      } else {
        expect(grown).toBeLessThan((BODIES * BODY_CHARACTERS) / 10);
        await expect.poll(left).toBeLessThan(grown / 2);
      }
    });

    test('each HAR that this browser saves gives its tokens, verified by the key set in it', async () => {
      for (const [how, text] of Object.entries(hars)) {
        await importFile(panel, files.put(`${how}.har`, text));
        const { creator } = readHar(text).log;
        await expect.poll(() => fileFacts(panel)).toContain(`HAR · ${creator.name} ${creator.version}`);
        await rowsAre(panel, ...TOLD.map(([name]) => name));
        for (const words of TOLD) await rowWith(panel, ...words);
        await closeLog(panel);
      }
    });

    test('what a file says stays in its log: its keys verify nothing in the live one', async () => {
      await importFile(panel, files.put('bug.har', hars.devtools ?? ''));
      await rowWith(panel, 'ID token', 'verified');
      await showLog(panel, 'Live');
      // Out of the stores of the page, which are read without a request.
      await rowWith(panel, 'ID token', 'no key');
      await expect
        .poll(() => panel.evaluate(() => document.querySelector('#tab-exchanges')?.textContent))
        .toBe('Exchanges 0');
    });

    test('a refused request of the file is explained', async () => {
      await showLog(panel, 'bug.har');
      await showView(panel, 'Exchanges');
      await panel.click({ selector: 'tbody .exchange [data-column=status]', text: '401' });
      await expect.poll(() => textOf(panel, '.detail .say h1')).toMatch(/^Refused with 401.*signature/);
      await showView(panel, 'Tokens');
    });

    test('axe finds nothing', async () => {
      await openRow(panel, 1);
      expect(await axeInThemes(driver(), panel)).toEqual(NO_VIOLATIONS);
      await closeLog(panel);
    });

    test('a HAR that Chromium saves without sensitive data says what is not in it', async () => {
      // Firefox saves no such file.
      if (driver().browser === 'firefox') return;
      await importFile(
        panel,
        files.put('sanitized.har', await harOfDevTools(driver().page, devTools, { sanitized: true })),
      );
      await expect.poll(() => fileFacts(panel)).toContain('No credential header and no cookie is in this HAR');
      await rowsAre(panel, 'ID token · alice', 'Access token · alice');
      await closeLog(panel);
    });

    test('a file that is cut says where, and keeps what stands before', async () => {
      const text = hars.devtools ?? '';
      // Behind the request with the tampered token; what comes later Firefox may not have told.
      const cut = text.slice(0, text.indexOf('"response"', text.lastIndexOf('/orders"')));
      await importFile(panel, files.put('cut.har', cut));
      await expect.poll(() => fileFacts(panel)).toContain(`${endOf(cut)}: The file ends here, in the middle.`);
      await rowsAre(panel, ...TOLD.slice(1).map(([name]) => name));
      await closeLog(panel);
    });

    test('the reading of a large file can be stopped, and what was read stays', async () => {
      const { log } = readHar(hars.devtools ?? '');
      const entry = JSON.stringify(log.entries.find(({ request }) => request.url.endsWith('/orders')));
      const many = Array.from({ length: MANY_ENTRIES }, () => entry).join(',');
      const path = files.put(
        'large.har',
        `{"log":{"version":"1.2","creator":{"name":"x","version":"1"},"entries":[${many}]}}`,
      );
      await panel.click({ selector: '.bar button', text: 'Import…' });
      await panel.giveFiles('dialog [type=file]', path);
      await panel.waitUntil({ what: 'a part of the file' }, () => (document.querySelector('progress')?.value ?? 0) > 0);
      await panel.click({ selector: 'dialog button', text: 'Stop, keep what was read' });
      await fileIsRead(panel);
      await expect.poll(() => fileFacts(panel)).toContain('Stopped: this log is incomplete');
      await rowsAre(panel, 'Access token · alice');
      await closeLog(panel);
    });

    test('files are dropped anywhere on the panel: a log file by its lines, one without a token by its name', async () => {
      const log = ['start\n', `token=${hmacToken('a secret', { payload: { sub: 'logged' } })}\nend`];
      // Packed apart and put together, which no browser unpacks of itself.
      const packed = Buffer.concat(log.map((part) => gzipSync(part)));
      await panel.dropFiles('main', files.put('app.log.gz', packed));
      await fileIsRead(panel);
      await expect.poll(() => fileFacts(panel)).toContain('Text · 3 lines');
      await rowsAre(panel, 'logged');
      await closeLog(panel);
      await panel.dropFiles('main', files.put('empty.log', 'nothing\nin it\n'));
      await says(panel, 'dialog', 'no token is in it');
      await panel.click('dialog [aria-label=Close]');
    });

    test('a HAR in UTF-16 without its mark, with a body that is still packed', async () => {
      const answer = JSON.stringify({ access_token: hmacToken('a secret', { payload: { sub: 'packed' } }) });
      const text = harOf('charles', [
        {
          ...{ url: 'https://api.test/token', type: 'application/json', body: 'its body', base64: true },
          answerHeaders: { 'Content-Encoding': 'gzip' },
        },
      ]).replace(btoa('its body'), gzipSync(answer).toString('base64'));
      await importFile(panel, files.put('wide.har', Buffer.from(text, 'utf16le')));
      await rowsAre(panel, 'packed');
      await closeLog(panel);
    });

    test('what comes in live goes to the live log alone', async () => {
      await panel.click({ selector: '.bar button', text: 'Resume capturing' });
      await importFile(panel, files.put('beside.har', hars.api ?? ''));
      await call(driver().page, echoUrl(site.app), bearer(tokenOf('live-user')));
      await showLog(panel, 'Live');
      await rowWith(panel, 'live-user');
      await showLog(panel, 'beside.har');
      await rowsAre(panel, ...TOLD.map(([name]) => name));
      await closeLog(panel);
    });

    test('what is exported and opened again is the log', async () => {
      const { page } = driver();
      for (const button of ['#verify-id-token', '#refresh', '#call-orders', '#session-login', '#call-admin'])
        await use(page, button);
      await rowWith(panel, 'ID token · alice', 'verified');
      // The refreshed one: in the answer that brought it, and in two calls.
      await rowWith(panel, 'Access token · alice', '3 requests');
      await settle(driver(), page, site.app);
      await rowWith(panel, 'settler');
      const before = await contentOf(panel);
      const { name, bytes } = await exportAs(driver(), panel, 'json', { live: true });
      await importFile(panel, files.put(name, bytes));
      expect(await contentOf(panel)).toEqual(before);
      await closeLog(panel);
    });

    test('times are judged as of each request, or as of now', async () => {
      const { page } = driver();
      site.setAccessTokenSeconds(SHORT_SECONDS);
      const answers = (text: string) =>
        readHar(text).log.entries.filter(
          ({ request, response }) => request.url.endsWith('/token') && response.content.text,
        ).length;
      const before = answers(hars.devtools ?? '');
      const har = await poll('a refresh that DevTools tell of', async () => {
        await use(page, '#refresh');
        const text = await harOfDevTools(page, devTools);
        return answers(text) > before && text;
      });
      site.setAccessTokenSeconds(LONG_SECONDS);
      await importFile(panel, files.put('times.har', har));
      await rowWith(panel, 'Access token · alice', '✓ verified');
      const expired = () =>
        panel.evaluate(
          (row) =>
            [...document.querySelectorAll(row)]
              .filter(({ textContent }) => textContent?.includes('expired'))
              .map(({ textContent }) => textContent?.includes('Access token · alice')),
          ROW,
        );
      expect(await expired()).toEqual([]);
      await choose(panel, '.import-bar select', 'now');
      await expect.poll(expired).toEqual([true]);
      await choose(panel, '.import-bar select', 'then');
      await expect.poll(expired).toEqual([]);
      await closeLog(panel);
    });
  });
});
