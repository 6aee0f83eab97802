import { mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DevTools, Surface } from './driver.ts';
import { makeFiles } from './files.ts';
import { inBothBrowsers } from './scenario.ts';

const PICTURES = join(tmpdir(), 'claimcheck-pictures');

/** Width and height stand in a PNG's first chunk. */
const sizeOf = (path: string) => {
  const png = readFileSync(path);
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
};

const server = createServer((_request, response) => {
  response.setHeader('content-type', 'text/html');
  response.end(`<!doctype html><title>site</title><button onclick="this.dataset.clicked = event.isTrusted">Go</button>
    <input id="field" value="a"><p>The token is <code>eyJhbGciOiJub25lIn0.e30.</code></p>`);
});

describe('the drivers', () => {
  let site = '';
  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address && typeof address === 'object') site = `http://127.0.0.1:${address.port}/`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  inBothBrowsers('the driver', (driver) => {
    test('drives a page', async () => {
      const { page } = driver();
      await page.goto(site);
      expect(await page.url()).toBe(site);
      expect(await page.evaluate(async (a, b) => [await Promise.resolve(a), b], 1, 'two')).toEqual([1, 'two']);
      await expect(page.evaluate(() => Promise.reject(new Error('broken inside')))).rejects.toThrow('broken inside');
      await page.click({ selector: 'button', text: 'Go' });
      expect(await page.evaluate(() => document.querySelector('button')?.dataset.clicked)).toBe('true');
      await page.type('#field', 'b');
      await page.press('Control+a');
      await page.press('End');
      await page.paste('#field', 'cd');
      await page.press('Shift+E');
      expect(await page.evaluate(() => document.querySelector('input')?.value)).toBe('abcdE');
      const tab = await driver().newTab(site);
      expect(await tab.evaluate(() => document.title)).toBe('site');
      await tab.close();
      expect(await page.evaluate(() => document.title)).toBe('site');
    });

    test('reaches the background, kills it, and wakes it', async () => {
      const { background } = driver();
      expect(await background.evaluate(() => typeof chrome.webRequest.onSendHeaders)).toBe('object');
      await background.kill();
      expect(await background.isAlive()).toBe(false);
      expect(await background.evaluate(() => chrome.runtime.getManifest().short_name)).toBe('Claimcheck');
    });

    describe('in DevTools', () => {
      let devTools: DevTools;
      let panel: Surface;
      beforeAll(async () => {
        devTools = await driver().openDevTools();
        panel = await devTools.showPanel();
      });
      afterAll(() => devTools.close());

      test('shows the real panel, narrow and wide', async () => {
        await expect
          .poll(() => panel.evaluate(() => [document.title, typeof chrome.devtools]))
          .toEqual(['JWT', 'object']);
        for (const width of [380, 1400]) {
          await devTools.resizePanel(width, 600);
          const path = join(PICTURES, `${driver().browser}-${width}.png`);
          await panel.screenshot(path);
          expect(sizeOf(path)).toEqual([width, 600]);
        }
        await devTools.screenshot(join(PICTURES, `${driver().browser}-devtools.png`));
        await devTools.hidePanel();
        expect(await devTools.showPanel()).toBe(panel);
      });

      test('switches the theme', async () => {
        await panel.waitFor(() => matchMedia('(prefers-color-scheme: light)').matches);
        await driver().setTheme('dark');
        await panel.waitFor(() => matchMedia('(prefers-color-scheme: dark)').matches);
        await devTools.screenshot(join(PICTURES, `${driver().browser}-dark.png`));
        await driver().setTheme('light');
        await panel.waitFor(() => matchMedia('(prefers-color-scheme: light)').matches);
      });

      test('takes input and downloads', async () => {
        await panel.evaluate(() => {
          const link = document.createElement('a');
          link.href = URL.createObjectURL(new Blob(['saved by the panel']));
          link.download = 'smoke.txt';
          link.textContent = 'Save it';
          const field = document.createElement('input');
          field.id = 'smoke';
          document.body.append(link, field);
        });
        await panel.click({ selector: 'a', text: 'Save it' });
        expect(await driver().nextDownload()).toMatchObject({ name: 'smoke.txt', text: 'saved by the panel' });
        await panel.type('#smoke', 'typed');
        await panel.press('Backspace');
        await expect
          .poll(() => panel.evaluate(() => document.querySelector<HTMLInputElement>('#smoke')?.value))
          .toBe('type');
      });

      test('gives and drops files', async () => {
        const files = makeFiles();
        const paths = [files.put('a.txt', 'one ä'), files.put('b.har', '{}')];
        await panel.evaluate(() => {
          const input = document.createElement('input');
          input.type = 'file';
          input.id = 'files';
          input.multiple = true;
          input.hidden = true;
          const area = document.createElement('p');
          area.id = 'area';
          area.textContent = 'Drop it here';
          const read = async (list: FileList | null | undefined) => {
            const texts = await Promise.all([...(list ?? [])].map(async (file) => [file.name, await file.text()]));
            area.dataset.read = JSON.stringify(texts);
          };
          input.addEventListener('change', () => read(input.files));
          area.addEventListener('dragover', (event) => event.preventDefault());
          area.addEventListener('drop', (event) => {
            event.preventDefault();
            if (event.dataTransfer?.types.includes('Files')) void read(event.dataTransfer.files);
          });
          document.body.append(input, area);
        });
        const read = () =>
          panel.waitFor(() => {
            const area = document.querySelector<HTMLElement>('#area');
            const { read = '' } = area?.dataset ?? {};
            delete area?.dataset.read;
            return read;
          });
        await panel.giveFiles('#files', ...paths);
        expect(JSON.parse(await read())).toEqual([
          ['a.txt', 'one ä'],
          ['b.har', '{}'],
        ]);
        await panel.dropFiles('#area', ...paths.slice(0, 1));
        expect(JSON.parse(await read())).toEqual([['a.txt', 'one ä']]);
        files.remove();
      });

      test('types into an editor in a shadow root, and reads the clipboard', async () => {
        await panel.evaluate(() => {
          const editor = document.createElement('div');
          editor.contentEditable = 'true';
          editor.style.whiteSpace = 'pre';
          const host = document.createElement('div');
          host.id = 'host';
          host.attachShadow({ mode: 'open' }).append(editor);
          document.body.append(host);
        });
        await panel.click('#host');
        await panel.typeOn('{ "ä": [1,\n2] }');
        await panel.press('Control+a');
        await panel.press('Control+c');
        await expect.poll(() => driver().clipboardText()).toBe('{ "ä": [1,\n2] }');
      });
    });

    test("opens the extension's own page from the context menu and from the toolbar", async () => {
      const { page } = driver();
      await page.selectText('code');
      for (const open of [driver().decodeSelection, driver().openToolbarPage]) {
        const own = await open(page);
        expect((await own.url()).startsWith(driver().extensionUrl('workbench.html'))).toBe(true);
        await own.close();
      }
    });

    test('withholds the access to sites and grants it again', async () => {
      const has = () => chrome.permissions.contains({ origins: ['<all_urls>'] });
      await driver().withholdAccess();
      await expect.poll(() => driver().background.evaluate(has)).toBe(false);
      await driver().grantAccess();
      await expect.poll(() => driver().background.evaluate(has)).toBe(true);
    });

    test('leaves no request of the extension', async () => {
      expect((await driver().close()).extensionRequests).toEqual([]);
    });
  });
});
