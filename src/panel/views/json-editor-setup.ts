import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, foldGutter, foldKeymap, indentUnit } from '@codemirror/language';
import { forEachDiagnostic, lintGutter } from '@codemirror/lint';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, type KeyBinding, keymap, lineNumbers } from '@codemirror/view';
import type { PanelSource } from '../source.ts';
import { hiddenCharacters } from './json-editor-hidden.ts';
import { theme } from './json-editor-theme.ts';

/** What the parts of CodeMirror say by themselves. */
const phrases = ({ text }: PanelSource): Readonly<Record<string, string>> => ({
  'Fold line': text('editor_fold'),
  'Unfold line': text('editor_unfold'),
  'Folded lines': text('editor_folded_lines'),
  'Unfolded lines': text('editor_unfolded_lines'),
  to: text('editor_lines_to'),
  'folded code': text('editor_folded'),
  unfold: text('editor_unfold'),
  'Selection deleted': text('editor_deleted'),
});

/** A warning leaves it valid. */
const isBroken = (state: EditorState): boolean => {
  let broken = false;
  forEachDiagnostic(state, ({ severity }) => {
    broken ||= severity === 'error';
  });
  return broken;
};

/** What is typed is the editor's alone: no shortcut of the panel or of DevTools. With Control, Alt or Meta it may be one. */
const keepKeys = EditorView.domEventObservers({
  keydown(event) {
    if (!event.ctrlKey && !event.altKey && !event.metaKey) event.stopPropagation();
  },
});

/**
 * What is typed over a selection. Left to Chromium it would give the new text the look of the old, as a `style` that the
 * extension's CSP refuses, and says so in the console.
 */
const replaceSelected = EditorView.domEventHandlers({
  beforeinput({ inputType, data }, view) {
    if (inputType !== 'insertText' || data === null || view.composing || view.state.selection.main.empty) return false;
    view.dispatch(view.state.replaceSelection(data), { userEvent: 'input.type', scrollIntoView: true });
    return true;
  },
});

/** A file is the panel's, which imports it: CodeMirror would put its text here. */
const handOnFiles = EditorView.domEventHandlers({
  drop({ dataTransfer }, { root }) {
    if (!dataTransfer?.files.length || !(root instanceof ShadowRoot)) return false;
    root.host.parentElement?.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    return true;
  },
});

/** Left to Chromium it would open the drawer of DevTools. */
const keepEscape: KeyBinding = { key: 'Escape', run: () => true };

/**
 * An editor of JSON that keeps every octet: a line ends at `\n` alone, and a `\r` stays the character that it is. Tab is
 * bound to nothing and leaves (WCAG 2.1.2).
 */
export const setupOf = (source: PanelSource, name: string, onText: (text: string) => void): Extension => [
  EditorState.lineSeparator.of('\n'),
  EditorState.phrases.of(phrases(source)),
  indentUnit.of('  '),
  lintGutter(),
  lineNumbers(),
  foldGutter({ openText: '▾', closedText: '▸' }),
  history(),
  bracketMatching(),
  json(),
  hiddenCharacters,
  theme,
  /*
   * Of a long line CodeMirror draws some 10,000 characters around what is in sight, and these lie in one layout: 0.2 s for
   * 600 KB without a space, once, and 50 ms for a key. Without colours it is the same, so that none is left out.
   */
  EditorView.lineWrapping,
  // What Windows puts on its clipboard; nobody means to type a `\r`.
  EditorView.clipboardInputFilter.of((text) => text.replaceAll('\r\n', '\n')),
  EditorView.contentAttributes.of({
    'aria-label': name,
    spellcheck: 'false',
    autocorrect: 'off',
    autocapitalize: 'off',
    autocomplete: 'off',
    translate: 'no',
  }),
  EditorView.contentAttributes.of(({ state }): Record<string, string> => ({ 'aria-invalid': String(isBroken(state)) })),
  keymap.of([...defaultKeymap, ...historyKeymap, ...foldKeymap, keepEscape]),
  keepKeys,
  replaceSelected,
  handOnFiles,
  EditorView.updateListener.of(({ docChanged, state }) => {
    if (docChanged) onText(state.sliceDoc());
  }),
];
