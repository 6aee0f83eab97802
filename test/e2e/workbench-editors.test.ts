/** Issue 5, part 1: the editors of the workbench by keyboard, in the panel, under its CSP. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CLAIMS, compact, hmacToken, SECRET } from '../fixtures/tokens.ts';
import { axeInThemes, NO_VIOLATIONS } from './axe.ts';
import type { DevTools, Driver, Surface } from './driver.ts';
import { pasteToken, says, uncaughtIn, watchErrors } from './panel.ts';
import { showView, textOf } from './panel-reader.ts';
import { eventually } from './poll.ts';
import { inBothBrowsers } from './scenario.ts';

type Part = 'header' | 'payload';

/** The text of an editor, as its lines show it. */
const linesOf = (panel: Surface, part: Part): Promise<string> =>
  panel.evaluate((name) => {
    const lines = document.querySelector(`.wb-part.${name} .json-editor`)?.shadowRoot?.querySelectorAll('.cm-line');
    return [...(lines ?? [])].map(({ textContent }) => textContent).join('\n');
  }, part);

const focusEditor = (panel: Surface, part: Part): Promise<unknown> =>
  panel.evaluate(
    (name) =>
      document
        .querySelector(`.wb-part.${name} .json-editor`)
        ?.shadowRoot?.querySelector<HTMLElement>('[contenteditable]')
        ?.focus(),
    part,
  );

const typeKeys = async (panel: Surface, text: string): Promise<void> => {
  for (const key of text) await panel.press(key);
};

/** Types in place of all that an editor holds. */
const writeInto = async (panel: Surface, part: Part, text: string): Promise<void> => {
  await focusEditor(panel, part);
  await panel.press('Control+a');
  await typeKeys(panel, text);
};

const saysAbove = (panel: Surface, sentence: string): Promise<unknown> => says(panel, '.wb-result h1', sentence);

const payloadOf = async (panel: Surface): Promise<string> => {
  const [, payload = ''] = (await textOf(panel, '.wb-token .raw')).split('.');
  return Buffer.from(payload, 'base64url').toString();
};

/** What has the focus: the name of the editor, or of the control. */
const focused = (panel: Surface): Promise<string> =>
  panel.evaluate(() => {
    const { activeElement: active } = document;
    const inside = active?.shadowRoot?.activeElement ?? active;
    return inside?.getAttribute('aria-label') ?? inside?.textContent ?? '';
  });

const openWorkbench = async (panel: Surface): Promise<void> => {
  await showView(panel, 'Workbench');
  await panel.waitFor(() => document.querySelector('.json-editor')?.shadowRoot?.querySelector('.cm-line') != null);
};

const typing = (driver: () => Driver, panel: () => Surface) => {
  test('a blank token is signed, and each keystroke is', async () => {
    await saysAbove(panel(), 'Signed with HS256, and the signature holds');
    await writeInto(panel(), 'payload', '{"sub":"bob/"}');
    await panel().waitFor(() => document.querySelector('.wb-result h1')?.textContent?.startsWith('Signed'));
    await expect.poll(() => payloadOf(panel())).toBe('{"sub":"bob/"}');
  });

  test('what breaks is told with its place, and the last good token stays', async () => {
    await panel().press('Backspace');
    await saysAbove(panel(), 'The payload breaks at line 1, column 14.');
    await says(panel(), '.wb-stale', 'Last good token');
    await says(panel(), '.wb-part.payload .wb-marks', 'the JSON ends too early');
    await expect.poll(() => payloadOf(panel())).toBe('{"sub":"bob/"}');
    expect(await axeInThemes(driver(), panel())).toEqual(NO_VIOLATIONS);
    await panel().press('}');
    await saysAbove(panel(), 'Signed with HS256, and the signature holds');
  });

  test('Tab leads out of the editor, and Escape stays in the panel', async () => {
    await focusEditor(panel(), 'payload');
    await panel().press('Escape');
    await expect.poll(() => focused(panel())).toBe('Payload');
    await panel().press('Tab');
    await expect.poll(() => focused(panel())).toBe('Issued now');
    await panel().press('Shift+Tab');
    await expect.poll(() => focused(panel())).toBe('Payload');
  });

  test('a claim out of the list, by keyboard', async () => {
    await panel().press('Shift+Tab');
    await expect.poll(() => focused(panel())).toBe('Add claim…');
    // Headless, Firefox's DevTools is no active window, in which keys press no button.
    await panel().click({ selector: '.wb-add button', text: 'Add claim…' });
    await panel().waitFor(() => document.activeElement?.getAttribute('role') === 'combobox');
    await typeKeys(panel(), 'jti');
    await panel().press('Enter');
    await panel().waitFor(() => document.activeElement?.shadowRoot != null);
    await expect.poll(() => linesOf(panel(), 'payload')).toMatch(/^\{"sub":"bob\/",\s*"jti":\s*".+"\}$/);
    // What it stands for is selected, so that typing replaces it.
    await typeKeys(panel(), '7');
    await expect.poll(() => payloadOf(panel())).toMatch(/"jti":\s*7\}$/);
  });
};

const copying = (devTools: () => DevTools, panel: () => Surface) => {
  test('what was done to a copy is undone after a look at another view', async () => {
    await showView(panel(), 'Tokens');
    await pasteToken(panel(), hmacToken(SECRET));
    await panel().click({ selector: '[role=option]', text: 'alice' }, { button: 'right' });
    await panel().click({ selector: '[role=menuitem]', text: 'Edit in the workbench' });
    await saysAbove(panel(), 'The same as the original, to the letter');
    await panel().click({ selector: '.wb-quick button', text: 'Expires in 1 h' });
    await says(panel(), '.wb-changes', 'exp');
    await panel().click({ selector: '.wb-bar button', text: 'Show the original' });
    await panel().waitFor(() => document.querySelector('#tab-tokens')?.getAttribute('aria-selected') === 'true');
    await showView(panel(), 'Workbench');
    await says(panel(), '.wb-changes', 'exp');
    await focusEditor(panel(), 'payload');
    await panel().press('Control+z');
    await expect.poll(() => linesOf(panel(), 'payload')).toBe(JSON.stringify(CLAIMS));
    await saysAbove(panel(), 'The same as the original, to the letter');
  });

  test('line breaks of every kind survive what is typed beside them', async () => {
    const payload = '{"iss":"joe",\r\n "exp":1300819380,\r"a":\n"\u2028\u2029"}';
    await panel().click({ selector: '.wb-bar button', text: 'Load a token' });
    await panel().type('dialog textarea', compact({ alg: 'HS256' }, payload, 'c2ln'));
    await panel().press('Control+Enter');
    await panel().waitFor(() => !document.querySelector('dialog'));
    await expect.poll(() => payloadOf(panel())).toBe(payload);
    await focusEditor(panel(), 'payload');
    await panel().press('Control+Home');
    await panel().press('ArrowRight');
    await typeKeys(panel(), '"n":1,');
    await expect.poll(() => payloadOf(panel())).toBe(payload.replace('{', '{"n":1,'));
    await panel().press('Control+End');
    await panel().press('Enter');
    await expect.poll(() => payloadOf(panel())).toBe(`${payload.replace('{', '{"n":1,')}\n`);
  });

  test('a changed copy waits while another token is edited, and goes on with its undo', async () => {
    const changed = await payloadOf(panel());
    await panel().click({ selector: '.wb-bar button', text: 'Start blank' });
    await saysAbove(panel(), 'Signed with HS256, and the signature holds');
    expect(await payloadOf(panel())).not.toBe(changed);
    await panel().click({ selector: '.wb-aside button', text: 'c2ln' });
    await expect.poll(() => payloadOf(panel())).toBe(changed);
    await focusEditor(panel(), 'payload');
    await panel().press('Control+z');
    await expect.poll(() => payloadOf(panel())).toBe(changed.slice(0, -1));
  });

  test('on one line the white space goes, in one step that can be undone', async () => {
    const laidOut = await payloadOf(panel());
    const line = JSON.stringify(JSON.parse(laidOut));
    expect(line).not.toBe(laidOut);
    await panel().click('.wb-part.payload [aria-label="One line"]');
    await expect.poll(() => payloadOf(panel())).toBe(line);
    await focusEditor(panel(), 'payload');
    await panel().press('Control+z');
    await expect.poll(() => payloadOf(panel())).toBe(laidOut);
  });

  test('what goes, or has to wait, as it is pressed leaves the focus in the panel', async () => {
    const is = (name: string) => expect.poll(() => focused(panel())).toBe(name);
    // The original's ways back go, and stand beside it.
    await panel().click({ selector: '.wb-bar button', text: 'Start blank' });
    await saysAbove(panel(), 'Signed with HS256, and the signature holds');
    await is('Start blank');
    await panel().click({ selector: '.wb-part.sign button', text: 'Generate a key for HS256' });
    await saysAbove(panel(), 'Signed with HS256, and the signature holds');
    await is('Generate a key for HS256');
    // Tab does not stop at a list that goes with its box.
    await panel().click({ selector: '.wb-add button', text: 'Add claim…' });
    await panel().waitFor(() => document.activeElement?.getAttribute('role') === 'combobox');
    await panel().press('Tab');
    await is('Payload');
    // A dialogue that did what it was for.
    await panel().click({ selector: '.wb-bar button', text: 'Load a token' });
    await panel().type('dialog textarea', hmacToken(SECRET, { payload: { sub: 'dave' } }));
    await panel().press('Control+Enter');
    await is('Load a token…');
    // The whole view.
    await panel().click({ selector: '.wb-token button', text: 'Put into the list' });
    await panel().waitFor(() => document.activeElement?.id === 'tab-tokens');
    await showView(panel(), 'Workbench');
  });

  test('docked to the side both stay in sight', async () => {
    await devTools().resizePanel(360, 800);
    await eventually(async () => {
      const [edit, result] = await panel().evaluate(() =>
        ['.wb-edit', '.wb-result'].map((path) => {
          const { top, bottom, width } = document.querySelector(path)?.getBoundingClientRect() ?? new DOMRect();
          // Firefox tells of the same edge in two ways, 1/65536 of a pixel apart.
          return { top: Math.round(top), bottom: Math.round(bottom), width };
        }),
      );
      expect(edit?.bottom).toBeLessThanOrEqual(result?.top ?? 0);
      expect((result?.bottom ?? 0) - (result?.top ?? 0)).toBeGreaterThan(200);
      expect(await panel().evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    });
  });

  test('the browser refused nothing that the editors do', async () => {
    expect(await uncaughtIn(panel())).toEqual([]);
  });
};

describe('the editors of the workbench', () => {
  inBothBrowsers('editors', (driver) => {
    let devTools: DevTools;
    let panel: Surface;
    beforeAll(async () => {
      devTools = await driver().openDevTools();
      panel = await devTools.showPanel();
      await devTools.resizePanel(1200, 800);
      await watchErrors(panel);
      await openWorkbench(panel);
    });
    afterAll(() => devTools.close());

    typing(driver, () => panel);
    copying(
      () => devTools,
      () => panel,
    );
  });
});
