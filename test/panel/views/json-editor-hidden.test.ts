// @vitest-environment happy-dom
import { EditorView } from '@codemirror/view';
import { afterEach, expect, test } from 'vitest';
import { hiddenCharacters } from '../../../src/panel/views/json-editor-hidden.ts';

const views: EditorView[] = [];
afterEach(() => {
  for (const view of views.splice(0)) view.destroy();
});

const show = (doc: string): EditorView => {
  const view = new EditorView({ doc, extensions: hiddenCharacters, parent: document.body });
  views.push(view);
  return view;
};
const escapes = (view: EditorView): readonly (string | null)[] =>
  [...view.contentDOM.querySelectorAll('.cm-escaped')].map(({ textContent }) => textContent);

test('what hides is written out, neighbours together; tabs and line breaks are not', () => {
  const view = show('a\u202e\u200bb\u{e0041}\t\nc\u00ad');
  expect(escapes(view)).toEqual(['\\u202E\\u200B', '\\u{E0041}', '\\u00AD']);
  expect(view.state.doc.toString()).toBe('a\u202e\u200bb\u{e0041}\t\nc\u00ad');
});

test('what is typed is looked at too', () => {
  const view = show('ab');
  view.dispatch({ changes: { from: 1, insert: '\u2066' } });
  expect(escapes(view)).toEqual(['\\u2066']);
});

test('of a hostile many few are drawn, the rest counted; each by itself again once they are few', () => {
  const view = show('\u202ex'.repeat(20_000));
  expect(escapes(view).length).toBeLessThan(100);
  expect(escapes(view)[0]).toMatch(/^\\u202Ex\\u202Ex.*… \+\d+$/);
  expect(view.state.doc.length).toBe(40_000);
  view.dispatch({ changes: { from: 4, to: 40_000 } });
  expect(escapes(view)).toEqual(['\\u202E', '\\u202E']);
});
