/** The workbench of the panel, found and used as a person would; its editors through CodeMirror's own view of them. */
import { EditorView } from '@codemirror/view';
import axe from 'axe-core';
import { act } from 'preact/test-utils';
import { expect } from 'vitest';
import '../../src/panel/views/row-menu.tsx';
import '../../src/panel/views/workbench.tsx';
import { decode } from '../../src/core/token/decode.ts';
import { hmacToken, SECRET } from '../fixtures/tokens.ts';
import { seen } from './records.ts';
import { click, named, open, press, type Screen, select, text, the, until } from './screen.ts';

/** Browsers tell of a selection later; happy-dom in the midst of CodeMirror's own doing. */
document.addEventListener('selectionchange', (event) => event.stopImmediatePropagation(), true);

/** happy-dom breaks where the focus is in another shadow root. */
const focused = Object.getOwnPropertyDescriptor(ShadowRoot.prototype, 'activeElement');
Object.defineProperty(ShadowRoot.prototype, 'activeElement', {
  ...focused,
  get(this: ShadowRoot) {
    return document.activeElement === this.host ? focused?.get?.call(this) : null;
  },
});

type Part = 'header' | 'payload' | 'outer';

export const editor = (part: Part): EditorView => {
  const inside = the(
    `${part === 'outer' ? '.wb-outer' : `.wb-part.${part}`} .json-editor`,
  ).shadowRoot?.querySelector<HTMLElement>('.cm-editor');
  const view = inside && EditorView.findFromDOM(inside);
  if (!view) throw new Error(`no editor of the ${part}`);
  return view;
};
export const typedIn = (part: Part): string => editor(part).state.sliceDoc();
/** Puts the text in place of what the editor holds, as one who types. */
export const write = (part: Part, insert: string): Promise<void> =>
  act(async () => editor(part).dispatch({ changes: { from: 0, to: editor(part).state.doc.length, insert } }));

export const token = (): string => text('.wb-token .raw');
export const sentence = (): string => text('.wb-result h1');
export const says = (words: string): Promise<void> => until(() => expect(sentence()).toBe(words));

export const openBlank = async (): Promise<Screen> => {
  const screen = await open();
  await click(the('#tab-workbench'));
  await until(() => editor('payload'));
  await until(() => token());
  return screen;
};
export const openCopy = async (original = hmacToken(SECRET)): Promise<Screen> => {
  const screen = await open({ records: seen(original) });
  await select(0);
  await press(named('Tokens'), 'ContextMenu');
  await click(await until(() => named('Edit in the workbench')));
  await until(() => expect(typedIn('payload')).toBe(decode(original).payloadText));
  await until(() => token());
  return screen;
};

/** What axe finds; colours and sizes need a layout. */
export const findings = async () => {
  const { violations } = await axe.run(document.body, {
    resultTypes: ['violations'],
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
};
