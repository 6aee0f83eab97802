/** What the scenarios of keys and their trust do in the demo app, and read in the panel. */
import { type Flow, pathOf } from '../site/flows.ts';
import type { Site } from '../site/site.ts';
import type { Driver, Page, Surface } from './driver.ts';
import { ROW, verdictOf } from './panel.ts';
import { poll } from './poll.ts';

/** A panel beside a page, as wide as a screen. */
export const openPanel = async (driver: Driver, page: Page = driver.page): Promise<Surface> => {
  const devTools = await driver.openDevTools(page);
  const panel = await devTools.showPanel();
  await devTools.resizePanel(1400, 900);
  return panel;
};

/** A button of the app; gives the status that it shows. */
export const use = async (page: Page, button: string): Promise<string> => {
  const before = await page.evaluate(() => document.querySelector('#done-count')?.textContent ?? '');
  await page.click(button);
  await page.waitFor((count) => document.querySelector('#done-count')?.textContent !== count, before);
  return page.evaluate(() => document.querySelector('#last-status')?.textContent ?? '');
};

/** Signs in by a flow; with the password only where the browser has no session with the provider yet. */
export const signIn = async (page: Page, site: Site, flow: Flow): Promise<void> => {
  await page.goto(site.app + pathOf(flow));
  await page.click('#login');
  const asked = await page.waitUntil({ what: 'a form of the provider' }, () =>
    document.querySelector('input[name=password]')
      ? 'password'
      : document.querySelector('[value=consent]') && 'consent',
  );
  if (asked === 'password') {
    await page.type('input[name=login]', 'alice');
    await page.type('input[name=password]', 'any password');
    await page.click('form:has([value=login]) [type=submit]');
  }
  await page.click('form:has([value=consent]) [type=submit]');
  await page.waitFor(() => document.querySelector('body[data-state=signed-in]') !== null);
};

/** The `host:port` of an origin. */
export const hostOf = (origin: string): string => new URL(origin).host;

/** Has the list show what the filter lets through, and selects the newest of it. Waits until it was looked at. */
export const openOnly = async (panel: Surface, filter: string, rows = 1): Promise<void> => {
  await setFilter(panel, filter);
  await panel.waitUntil(
    { what: `${rows} rows with ${filter}` },
    (row, count) => document.querySelectorAll(row).length === count,
    ROW,
    rows,
  );
  await openRow(panel, 1);
};

/** Selects a row, the newest is 1, and waits for its answers. Again if another row came in between under the pointer. */
export const openRow = async (panel: Surface, position: number): Promise<void> => {
  const row = `${ROW}[aria-posinset="${position}"]`;
  await poll(`the answers of row ${position}`, async () => {
    const { isSelected, isJudged } = await panel.evaluate((path) => {
      const [signature] = document.querySelectorAll('[aria-label=Verdict] li small');
      return {
        isSelected: document.querySelector(path)?.getAttribute('aria-selected') === 'true',
        isJudged:
          document.querySelector('.raw') !== null && (signature?.textContent ?? 'being checked') !== 'being checked',
      };
    }, row);
    if (!isSelected) await panel.click(row);
    return isSelected && isJudged;
  });
};

export const setFilter = (panel: Surface, filter: string): Promise<void> =>
  panel.evaluate((text) => {
    const input = document.querySelector<HTMLInputElement>('.search input');
    if (!input) throw new Error('no filter');
    input.value = text;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }, filter);

/** Waits until one of the four answers has this text: signature 0, time 1, policy 2, key trust 3. Gives the answer. */
export const answerHas = async (panel: Surface, which: 0 | 1 | 2 | 3, text: string): Promise<string> => {
  await panel.waitUntil(
    { what: `"${text}" in answer ${which}` },
    (index, wanted) => document.querySelectorAll('[aria-label=Verdict] li small')[index]?.textContent?.includes(wanted),
    which,
    text,
  );
  return (await verdictOf(panel))[which] ?? '';
};

/** Waits until the sentence on top has this text, and gives it. */
export const sentenceHas = async (panel: Surface, text: string): Promise<string> =>
  panel.waitUntil(
    { what: `a sentence with "${text}"` },
    (wanted) => {
      const said = document.querySelector('[aria-label=Token] h1')?.textContent?.trim() ?? '';
      return said.includes(wanted) && said;
    },
    text,
  );

export interface CheckLine {
  readonly state: string;
  readonly name: string;
  readonly says: string;
}

/** Waits for the list of checks whose name has this text; gives its lines. */
export const checksOf = (panel: Surface, label: string): Promise<readonly CheckLine[]> =>
  panel.waitUntil(
    { what: `checks of ${label}` },
    (wanted) => {
      const list = [...document.querySelectorAll('.checks')].find((one) =>
        one.getAttribute('aria-label')?.includes(wanted),
      );
      return (
        list &&
        [...list.children].map((line) => {
          const [state, name, says] = [...line.children].map((cell) => cell.textContent?.trim() ?? '');
          // The sign before the word says the same by its shape.
          return { state: state?.slice(2) ?? '', name: name ?? '', says: says ?? '' };
        })
      );
    },
    label,
  );

/** Opens the key ring. */
export const openRing = async (panel: Surface): Promise<void> => {
  await panel.click('.bar button[aria-label=Keys]');
  await panel.waitUntil({ what: 'the key ring' }, () => document.querySelector('dialog .ring-foot') !== null);
};

export const closeDialog = async (panel: Surface): Promise<void> => {
  await panel.click('dialog [aria-label=Close]');
  await panel.waitUntil({ what: 'the end of the dialogue' }, () => document.querySelector('dialog') === null);
};

/** The ring as it stands in its dialogue: `issuer: key · …` for each key, in order. Waits until all are read. */
export const ringLines = (panel: Surface): Promise<readonly string[]> =>
  panel.waitUntil({ what: 'the keys of the ring' }, () => {
    const groups = [...document.querySelectorAll('dialog .ring-group')];
    const keys = groups.flatMap((group) => [...group.querySelectorAll('.ring-key')].map((key) => ({ group, key })));
    return (
      keys.every(({ key }) => key.querySelector('.cut')?.textContent) &&
      keys.map(({ group, key }) => {
        const parts = [...key.children].map((part) => part.textContent?.trim() ?? '');
        return `${group.querySelector('h2')?.textContent}: ${parts.join(' ')}`;
      })
    );
  });
