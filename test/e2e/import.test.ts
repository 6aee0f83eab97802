/** Issue 5, part 4: a HAR that the browser itself saved becomes a log beside the live one, in one drop. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Site, startSite } from '../site/site.ts';
import { axeInThemes, NO_VIOLATIONS } from './axe.ts';
import type { DevTools, Surface } from './driver.ts';
import { type Files, makeFiles } from './files.ts';
import { harOfDevTools, useDemo } from './har-files.ts';
import { openToken, rowWith } from './panel-reader.ts';
import { inBothBrowsers } from './scenario.ts';

let site: Site;
let files: Files;
beforeAll(async () => {
  site = await startSite();
  files = makeFiles();
});
afterAll(async () => {
  files.remove();
  await site.close();
});

/** What the tabs of the logs say, once they say this. */
const logsAre = (panel: Surface, ...names: readonly string[]): Promise<unknown> =>
  panel.waitUntil(
    { what: `the logs ${names.join(', ')}` },
    (wanted) => {
      const told = [...document.querySelectorAll('.logs [role=tab]')].map(({ textContent }) => textContent?.trim());
      return JSON.stringify(told) === JSON.stringify(wanted);
    },
    names,
  );

/** The rows as kind, subject and signature; without what the clock changes. */
const rowsOf = (panel: Surface): Promise<readonly string[]> =>
  panel.waitUntil({ what: 'rows whose signatures were looked at' }, () => {
    const rows = [...document.querySelectorAll('[role=option]')];
    const isChecked = rows.length > 0 && rows.every((row) => row.querySelector('.more .spoken'));
    return (
      isChecked &&
      rows.map((row) => `${row.querySelector('.name')?.textContent}: ${row.querySelector('.more')?.textContent}`).sort()
    );
  });

const textOf = (panel: Surface, selector: string, has: string): Promise<string> =>
  panel.waitUntil(
    { what: `"${has}" in ${selector}` },
    (where, wanted) => {
      const text = document.querySelector(where)?.textContent ?? '';
      return text.includes(wanted) && text;
    },
    selector,
    has,
  );

inBothBrowsers('a file', (driver) => {
  let devTools: DevTools;
  let panel: Surface;
  let har: string;
  beforeAll(async () => {
    devTools = await driver().openDevTools();
    await useDemo(driver().page, site);
    panel = await devTools.showPanel();
    har = await harOfDevTools(devTools);
  });

  test('is dropped, and is a log with the same tokens, signatures and refusals as the live one', async () => {
    await rowWith(panel, 'mallory');
    const live = await rowsOf(panel);
    await panel.dropFiles('.list', files.put('login.har', har));
    await logsAre(panel, 'Live', 'login.har');
    await textOf(panel, '.import-bar', 'HAR · ');
    expect(await rowsOf(panel)).toEqual(live);
  });

  test('is judged as of its own time, and as of now where that is asked', async () => {
    await openToken(panel, 'mallory');
    await textOf(panel, '.detail .say', 'its own time in the file');
    await textOf(panel, '.four', 'at that time');
    await panel.type('.import-bar select', '');
    await panel.press('ArrowDown');
    await panel.waitFor(() => !document.querySelector('.detail')?.textContent?.includes('at that time'));
    await panel.press('ArrowUp');
    await textOf(panel, '.four', 'at that time');
  });

  test('hides nothing from those who cannot see it', async () => {
    expect(await axeInThemes(driver(), panel)).toEqual(NO_VIOLATIONS);
  });

  test('that breaks in the middle says where, and keeps what was before', async () => {
    const end = har.lastIndexOf('"startedDateTime"');
    await panel.dropFiles('.list', files.put('cut.har', har.slice(0, end)));
    await textOf(panel, 'dialog .remarks', 'The file ends here, in the middle');
    expect(await axeInThemes(driver(), panel)).toEqual(NO_VIOLATIONS);
    await panel.click({ selector: 'dialog button', text: 'Show the log of cut.har' });
    await logsAre(panel, 'Live', 'login.har', 'cut.har');
    await textOf(panel, '.import-bar .told', 'Line ');
    await rowWith(panel, 'mallory');
  });

  test('is closed by keyboard, and the live log is as it was', async () => {
    await panel.click({ selector: '.logs [role=tab]', text: 'cut.har' });
    await panel.press('Delete');
    await logsAre(panel, 'Live', 'login.har');
    await panel.click({ selector: '.logs [role=tab]', text: 'login.har' });
    await panel.press('Delete');
    await panel.waitFor(() => !document.querySelector('.logs'));
    await rowWith(panel, 'mallory');
    await panel.waitFor(() => document.querySelector('.recording'));
  });

  test('is chosen by hand too, also on the page that captures nothing', async () => {
    const page = await driver().newTab(driver().extensionUrl('workbench.html'));
    await page.click({ selector: 'button', text: 'Import…' });
    await page.waitFor(() => document.querySelector('dialog[open] input[type=file]'));
    await page.giveFiles('dialog input[type=file]', files.put('chosen.har', har));
    await logsAre(page, 'Live', 'chosen.har');
    await rowWith(page, 'mallory');
    await page.close();
  });
});
