import { writeFileSync } from 'node:fs';
import type { ElementHandle, Frame, KeyInput, Page } from 'puppeteer';
import type { Hand } from './surface.ts';

/** What a drag of files allows (CDP, `DragData`). */
const COPY = 1;

/** Input into a frame: the keyboard belongs to the page around it, whose focus follows the clicks. */
export const handOn = (frameOf: () => Frame, page: Page): Hand => ({
  run: (expression) => frameOf().evaluate(expression),
  click: (selector, options) => frameOf().click(selector, options),
  type: async (selector, text) => {
    await frameOf().focus(selector);
    await frameOf().evaluate((path) => {
      const element = document.querySelector(path);
      if (element) getSelection()?.selectAllChildren(element);
      getSelection()?.collapseToEnd();
      if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)
        element.setSelectionRange(element.value.length, element.value.length);
    }, selector);
    await page.keyboard.type(text);
  },
  typeOn: (text) => page.keyboard.type(text),
  giveFiles: async (selector, paths) => {
    const input = await frameOf().$(selector);
    if (!input) throw new Error(`there is no ${selector}`);
    await (input as ElementHandle<HTMLInputElement>).uploadFile(...paths);
    // Held for the test, it would hold all that was once around it.
    await input.dispose();
  },
  dropFiles: async (selector, paths) => {
    const element = await frameOf().$(selector);
    if (!element) throw new Error(`there is no ${selector}`);
    await element.scrollIntoView();
    const point = await element.clickablePoint();
    const session = await page.createCDPSession();
    const data = { items: [], files: [...paths], dragOperationsMask: COPY };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await session.send('Input.dispatchDragEvent', { type, ...point, data });
    await session.detach();
  },
  press: async (modifiers, key) => {
    // Only puppeteer's own list of key names is accepted at run time; an unknown one rejects.
    for (const modifier of modifiers) await page.keyboard.down(modifier as KeyInput);
    await page.keyboard.press(key as KeyInput);
    for (const modifier of modifiers.toReversed()) await page.keyboard.up(modifier as KeyInput);
  },
  // Headless, a frame in a page that was resized may not be painted, and so not be found by the pointer.
  repaint: async () => {
    await page.screenshot({ clip: { x: 0, y: 0, width: 1, height: 1 } });
  },
  screenshot: async (path) => {
    const element = frameOf().parentFrame() ? await frameOf().frameElement() : undefined;
    const png = await (element ? element.screenshot() : page.screenshot());
    writeFileSync(path, png);
  },
});
