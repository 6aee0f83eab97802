import type { ClickOptions, Evaluate, Surface, Target, WaitOptions } from './driver.ts';
import { poll } from './poll.ts';

/** What a browser must do itself; everything else of a Surface follows from it. Selectors match exactly one element. */
export interface Hand {
  /** Evaluates an expression, awaits it; the answer is a string or undefined. */
  run(expression: string): Promise<unknown>;
  click(selector: string, options: ClickOptions): Promise<void>;
  type(selector: string, text: string): Promise<void>;
  typeOn(text: string): Promise<void>;
  press(modifiers: readonly string[], key: string): Promise<void>;
  giveFiles(selector: string, paths: readonly string[]): Promise<void>;
  dropFiles(selector: string, paths: readonly string[]): Promise<void>;
  screenshot(path: string): Promise<void>;
  /** Has the browser paint, after which it knows again what lies where. */
  repaint(): Promise<void>;
}

type Run = (expression: string) => Promise<unknown>;

/** JSON both ways, so that both browsers answer alike. */
const runJson =
  (run: Run): Run =>
  async (expression) => {
    const json = await run(`(async () => JSON.stringify(await (${expression})))()`);
    return typeof json === 'string' ? JSON.parse(json) : undefined;
  };

/** esbuild's keepNames wraps functions in `__name`, which the other world lacks. */
const callOf = (fn: (...args: never[]) => unknown, args: readonly unknown[]) =>
  `((__name) => (${fn})(...${JSON.stringify(args)}))((fn) => fn)`;

export const evaluateBy =
  (run: Run): Evaluate =>
  (fn, ...args) =>
    runJson(run)(callOf(fn, args)) as Promise<Awaited<ReturnType<typeof fn>>>;

const describeTarget = (target: Target) =>
  typeof target === 'string' ? target : `${target.selector} with the text "${target.text}"`;

/**
 * How often a click is tried, as a person would, when what it was meant for moved away under the pointer, or the browser
 * has not painted it where it is: on a busy machine that takes some tenths of a second.
 */
const CLICKS = 12;

/** What the document says until the pointer comes down where it was meant to, and again when it goes up elsewhere. */
const MISSED = 'missed';

/**
 * Runs in the document: marks the one element that is meant, if it is there, visible and not disabled, and notes when a pointer comes
 * down on it, and whether it slipped from it: then there is no click. Gives its selector. (A path would soon lead
 * elsewhere: rows come in, lines wrap.)
 */
const findMeant = (selector: string, text: string | null, missed: string) => {
  const visible = [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility());
  const namesOf = (element: Element) =>
    [element.textContent, element.getAttribute('aria-label'), element.getAttribute('title')].map((name) =>
      (name ?? '').replace(/\s+/g, ' ').trim(),
    );
  const found =
    text === null
      ? visible[0]
      : (visible.find((element) => namesOf(element).includes(text)) ??
        visible.find((element) => namesOf(element).some((name) => name.includes(text))));
  // What is disabled takes no click: one waits.
  if (!found || found.matches(':disabled')) return undefined;
  const mark = `m${Math.random().toString(36).slice(2)}`;
  found.setAttribute('data-meant', mark);
  document.documentElement.setAttribute('data-hit', missed);
  const once = { once: true, capture: true };
  const say = (what: string) => document.documentElement.setAttribute('data-hit', what);
  const up = (event: Event) => {
    const isLast = document.documentElement.getAttribute('data-hit') === mark;
    if (isLast && found.isConnected && !event.composedPath().includes(found)) say(missed);
  };
  const down = () => {
    say(mark);
    document.addEventListener('mouseup', up, once);
  };
  found.addEventListener('mousedown', down, once);
  // A box in a label is clicked by that, too.
  found.addEventListener('click', () => say(mark), once);
  return `[data-meant="${mark}"]`;
};

export const surfaceOf = (hand: Hand): Surface => {
  const evaluate = evaluateBy(hand.run);
  const find = (target: Target) => {
    const [selector, text] = typeof target === 'string' ? [target, null] : [target.selector, target.text];
    return poll(`a visible ${describeTarget(target)}`, () => evaluate(findMeant, selector, text, MISSED));
  };
  return {
    evaluate,
    run: runJson(hand.run),
    waitFor: (fn, ...args) => poll(`${fn} with ${JSON.stringify(args)}`, () => evaluate(fn, ...args)),
    waitUntil: ({ what, timeout }: WaitOptions, fn, ...args) =>
      poll(what ?? String(fn), () => evaluate(fn, ...args), timeout),
    click: async (target, options = {}) => {
      for (let left = CLICKS; left > 0; left -= 1) {
        const meant = await find(target);
        const failure = await hand.click(meant, options).catch((error: unknown) => ({ error }));
        if (failure && left === 1) throw failure.error;
        // Another document than before, or none for the moment, has no word of it: the click led there.
        const hit = await evaluate(() => document.documentElement.getAttribute('data-hit')).catch(() => null);
        if (!failure && hit !== MISSED) return;
        await hand.repaint();
      }
      throw new Error(`${describeTarget(target)} was not hit by ${CLICKS} clicks`);
    },
    type: async (target, text) => hand.type(await find(target), text),
    typeOn: hand.typeOn,
    giveFiles: async (selector, ...paths) => {
      await poll(`a file input ${selector}`, () => evaluate((path) => document.querySelector(path) !== null, selector));
      await hand.giveFiles(selector, paths);
    },
    dropFiles: async (target, ...paths) => hand.dropFiles(await find(target), paths),
    press: (keys) => {
      const parts = keys === '+' ? ['+'] : keys.split('+');
      return hand.press(parts.slice(0, -1), parts.at(-1) ?? keys);
    },
    paste: async (target, text) =>
      evaluate(
        (path, pasted) => {
          const element = document.querySelector(path);
          if (element instanceof HTMLElement) element.focus();
          const clipboardData = new DataTransfer();
          clipboardData.setData('text/plain', pasted);
          const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true, composed: true });
          // The only insertion that fires the same `input` event and fills the same undo list as a person's paste.
          if (element?.dispatchEvent(event)) document.execCommand('insertText', false, pasted);
        },
        await find(target),
        text,
      ),
    selectText: async (target) =>
      evaluate(
        (path) => {
          const element = document.querySelector(path);
          if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) {
            element.focus();
            element.select();
          } else if (element) getSelection()?.selectAllChildren(element);
        },
        await find(target),
      ),
    screenshot: hand.screenshot,
  };
};
