import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Firefox, Send } from './firefox-process.ts';
import { evaluateBy, type Hand } from './surface.ts';

/** WebDriver's code points of the keys that type no character. */
const KEYS: Readonly<Record<string, string>> = {
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE006',
  Shift: '\uE008',
  Control: '\uE009',
  Alt: '\uE00A',
  Escape: '\uE00C',
  Space: ' ',
  PageUp: '\uE00E',
  PageDown: '\uE00F',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Delete: '\uE017',
  F10: '\uE03A',
  Meta: '\uE03D',
};
const RIGHT_BUTTON = 2;

const pressKeys = async (send: Send, keys: readonly string[]) => {
  const codes = keys.map((key) => {
    const code = KEYS[key] ?? key;
    if ([...code].length !== 1) throw new Error(`there is no key "${key}" in firefox-hand.ts`);
    return code;
  });
  const down = codes.map((value) => ({ type: 'keyDown', value }));
  const up = codes.toReversed().map((value) => ({ type: 'keyUp', value }));
  await send('WebDriver:PerformActions', { actions: [{ type: 'key', id: 'keyboard', actions: [...down, ...up] }] });
};

const typeKeys = async (send: Send, text: string) => {
  const actions = [...text].flatMap((character) => {
    const value = character === '\n' ? KEYS.Enter : character;
    return [
      { type: 'keyDown', value },
      { type: 'keyUp', value },
    ];
  });
  await send('WebDriver:PerformActions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
};

/** Runs in the document. Marionette cannot drag files in from outside, so the events of such a drag are made; false: not taken. */
const dropMade = (selector: string, files: readonly { readonly name: string; readonly base64: string }[]) => {
  const element = document.querySelector(selector);
  const dataTransfer = new DataTransfer();
  for (const { name, base64 } of files) {
    const octets = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    dataTransfer.items.add(new File([octets], name));
  }
  const isLeft = (type: string) =>
    element?.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true, composed: true }));
  isLeft('dragenter');
  // Where nobody says that it can be dropped, there is no drop.
  if (isLeft('dragover')) return false;
  isLeft('drop');
  return true;
};

/** `origin` is an element's reference (then x and y count from its middle) or `viewport`. */
export const rightClick = async (send: Send, origin: unknown, x: number, y: number) => {
  const actions = [
    { type: 'pointerMove', origin, x, y },
    { type: 'pointerDown', button: RIGHT_BUTTON },
    { type: 'pointerUp', button: RIGHT_BUTTON },
  ];
  await send('WebDriver:PerformActions', {
    actions: [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }],
  });
};

/** Input into the document that `focus` makes the current one. */
export const handOn = (firefox: Firefox, focus: () => Promise<unknown>): Hand => {
  const find = (send: Send, value: string) => send('WebDriver:FindElement', { using: 'css selector', value });
  const idOf = (reference: unknown) => Object.values(reference as Record<string, string>)[0];
  // No sandbox of its own: the expression sees the document's variables, and its CSP does not see the expression.
  const run: Hand['run'] = (expression) =>
    firefox.at(focus, (send) =>
      send('WebDriver:ExecuteScript', { script: `return (${expression})`, args: [], sandbox: null }),
    );
  return {
    run,
    click: (selector, { button }) =>
      firefox.at(focus, async (send) => {
        const element = await find(send, selector);
        if (button === 'right') await rightClick(send, element, 0, 0);
        else await send('WebDriver:ElementClick', { id: idOf(element) });
      }),
    type: (selector, text) =>
      firefox.at(focus, async (send) => {
        await send('WebDriver:ElementSendKeys', { id: idOf(await find(send, selector)), text });
      }),
    typeOn: (text) => firefox.at(focus, (send) => typeKeys(send, text)),
    giveFiles: (selector, paths) =>
      firefox.at(focus, async (send) => {
        await send('WebDriver:ElementSendKeys', { id: idOf(await find(send, selector)), text: paths.join('\n') });
      }),
    dropFiles: async (selector, paths) => {
      const files = paths.map((path) => ({ name: basename(path), base64: readFileSync(path, 'base64') }));
      if (!(await evaluateBy(run)(dropMade, selector, files))) throw new Error(`${selector} takes no files`);
    },
    press: (modifiers, key) => firefox.at(focus, (send) => pressKeys(send, [...modifiers, key])),
    repaint: async () => {
      await firefox.at(focus, (send) => send('WebDriver:TakeScreenshot', { full: false }));
    },
    screenshot: async (path) => {
      const png = await firefox.at(focus, (send) => send('WebDriver:TakeScreenshot', { full: false }));
      writeFileSync(path, Buffer.from(String(png), 'base64'));
    },
  };
};
