/** What the panel says, as a person reads it: through roles and names. Each function is the verb of a scenario. */
import type { Surface } from './driver.ts';
import { poll } from './poll.ts';

/** One line of the list of sightings. */
export interface SightingLine {
  readonly status: string;
  readonly message: string;
  readonly place: string;
}

/** Waits for a row that has all these words; gives its text. */
export const rowWith = (panel: Surface, ...words: readonly string[]): Promise<string> =>
  panel.waitUntil(
    { what: `a row with ${JSON.stringify(words)}` },
    (wanted) =>
      [...document.querySelectorAll('[role=option]')]
        .map((row) => (row.textContent ?? '').replace(/\s+/g, ' ').trim())
        .find((text) => wanted.every((word) => text.includes(word))),
    words,
  );

/** Selects the row with this text and waits for its detail. Again if another row came in between under the pointer. */
export const openToken = (panel: Surface, text: string): Promise<unknown> =>
  poll(`the detail of ${text}`, async () => {
    const isOpen = await panel.evaluate(
      (wanted) =>
        document.querySelector('[role=option][aria-selected=true]')?.textContent?.includes(wanted) &&
        document.querySelector('[aria-label=Sightings]') !== null,
      text,
    );
    if (!isOpen) await panel.click({ selector: '[role=option]', text });
    return isOpen;
  });

/** The selected token's sightings, newest first. */
export const sightingsOf = (panel: Surface): Promise<readonly SightingLine[]> =>
  panel.evaluate(() =>
    [...document.querySelectorAll('[aria-label=Sightings] li')].map((line) => {
      const [, status = '', message = '', place = ''] = [...line.children].map((cell) =>
        (cell.textContent ?? '').trim(),
      );
      return { status, message, place };
    }),
  );

/** Waits until the selected token was seen in exactly this many requests, by the heading over its sightings. */
export const seenIn = (panel: Surface, requests: number, timeout?: number): Promise<unknown> =>
  panel.waitUntil(
    { what: `the heading "Seen in ${requests}"`, ...(timeout !== undefined && { timeout }) },
    (count) =>
      [...document.querySelectorAll('h2')].some(({ textContent }) =>
        new RegExp(`^Seen in ${count} request`).test(textContent?.replaceAll(',', '') ?? ''),
      ),
    requests,
  );

/** Waits until the list is as the texts say, in any order: one row for each, found by a piece of it. */
export const rowsAre = async (panel: Surface, ...pieces: readonly string[]): Promise<void> => {
  let rows: readonly string[] = [];
  const areThere = async () => {
    rows = await panel.evaluate(() =>
      [...document.querySelectorAll('[role=option]')].map(({ textContent }) => textContent ?? ''),
    );
    return rows.length === pieces.length && pieces.every((piece) => rows.some((row) => row.includes(piece)));
  };
  await poll(`rows ${JSON.stringify(pieces)} and no other`, areThere).catch((cause: unknown) => {
    throw new Error(`There were the rows ${JSON.stringify(rows)} instead of ${JSON.stringify(pieces)}`, { cause });
  });
};

/** More than any way through the panel by Tab has stops. */
const STOPS = 80;

/** Presses Tab until the focus is on what the selector names, or on that of it with this text. */
export const tabTo = async (panel: Surface, selector: string, text = ''): Promise<void> => {
  for (let left = STOPS; left > 0; left -= 1) {
    await panel.press('Tab');
    const isThere = await panel.evaluate(
      (path, wanted) => {
        const { activeElement } = document;
        return activeElement?.matches(path) && (activeElement.textContent ?? '').includes(wanted);
      },
      selector,
      text,
    );
    if (isThere) return;
  }
  throw new Error(`${STOPS} times Tab did not lead to ${selector} ${text}`);
};

/** Chooses from a list by arrow keys: headless, the list that a click opens is not to be seen. */
export const choose = async (panel: Surface, select: string, option: string): Promise<void> => {
  await poll(`the choice of ${option} in ${select}`, async () => {
    const steps = await panel.evaluate(
      (path, wanted) => {
        const list = document.querySelector<HTMLSelectElement>(path);
        // A dialogue that is not open yet takes the focus to its first field as it opens, and the keys would go there.
        if (!list?.checkVisibility()) return undefined;
        list.focus();
        const { options, selectedIndex } = list;
        return [...options].findIndex(({ value }) => value === wanted) - selectedIndex;
      },
      select,
      option,
    );
    if (steps) await panel.press(steps > 0 ? 'ArrowDown' : 'ArrowUp');
    return steps === 0;
  });
};

/** Shows one of the panel's views, by the name of its tab. */
export const showView = async (panel: Surface, name: string): Promise<void> => {
  await panel.click({ selector: '.tabs [role=tab]', text: name });
  await panel.waitFor(
    (wanted) => document.querySelector('.tabs [role=tab][aria-selected=true]')?.textContent?.startsWith(wanted),
    name,
  );
};

/** Puts the text in place of what stands in the filter of the exchanges. */
export const filterBy = async (panel: Surface, text: string): Promise<void> => {
  await panel.click('main.view .search input');
  await panel.selectText('main.view .search input');
  // Typing goes to the end of what is there.
  await panel.press('Delete');
  await panel.type('main.view .search input', text);
};

/** Opens the topmost exchange, or the one whose address has the text. (To Firefox's WebDriver a row itself has no place.) */
export const openExchange = async (panel: Surface, text?: string): Promise<void> => {
  const selector = 'tbody .exchange [data-column=address]';
  await panel.click(text === undefined ? selector : { selector, text });
  await panel.waitFor(() => document.querySelector('.detail .say h1') !== null);
};

/** The cells of one column of the exchanges, from the top. */
export const cellsOf = (panel: Surface, column: string): Promise<readonly string[]> =>
  panel.evaluate(
    (name) =>
      [...document.querySelectorAll(`tbody [data-column=${name}]`)].map(({ textContent }) => textContent?.trim() ?? ''),
    column,
  );

/** Waits until the column of the exchanges has just these cells, from the top. */
export const columnIs = (panel: Surface, column: string, ...cells: readonly string[]): Promise<unknown> =>
  panel.waitUntil(
    { what: `the column ${column} to be ${JSON.stringify(cells)}` },
    (name, wanted) => {
      const found = [...document.querySelectorAll(`tbody [data-column=${name}]`)];
      return found.length === wanted.length && found.every((cell, at) => cell.textContent?.trim() === wanted[at]);
    },
    column,
    cells,
  );

/** All that an element says, with single spaces. */
export const textOf = (panel: Surface, selector: string): Promise<string> =>
  panel.waitFor((path) => document.querySelector(path)?.textContent?.replace(/\s+/g, ' ').trim(), selector);
