import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** Never the pictures of CodeMirror's own theme: they are `data:` addresses, which the extension's CSP refuses. */
const marked = (colour: string) => ({
  backgroundImage: 'none',
  textDecoration: `underline wavy ${colour}`,
  textDecorationSkipInk: 'none',
});

const markerOf = (sign: string, color: string) => ({
  content: 'normal',
  '&:before': { content: `"${sign}"`, color, fontWeight: '700' },
});

/** The panel's colours, which are inherited into the shadow root; `--part` is that of header or payload. */
const look = EditorView.theme({
  '&': {
    font: 'var(--mono)',
    color: 'var(--text)',
    backgroundColor: 'var(--surface)',
    border: '1px solid var(--edge)',
    borderRadius: '5px',
    maxHeight: 'max(180px, 46vh)',
    overflow: 'hidden',
  },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-1px' },
  '.cm-scroller': { font: 'inherit', overflow: 'auto', scrollbarColor: 'var(--edge) transparent' },
  '.cm-content': { padding: '5px 0', caretColor: 'var(--text)' },
  '.cm-line': { padding: '0 8px 0 2px' },
  '.cm-gutters': {
    color: 'var(--dim)',
    backgroundColor: 'var(--raised)',
    border: '0',
    borderInlineEnd: '1px solid var(--line)',
  },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 2px 0 6px', minWidth: '20px' },
  '.cm-foldGutter .cm-gutterElement': { padding: '0 3px', cursor: 'default' },
  '.cm-activeLine': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--pick)', outline: '1px solid var(--edge)' },
  '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'var(--bad-surface)', outline: '1px solid var(--bad)' },
  '.cm-foldPlaceholder': {
    color: 'var(--accent)',
    backgroundColor: 'var(--raised)',
    border: '1px solid var(--line)',
    borderRadius: '3px',
    padding: '0 4px',
    cursor: 'default',
  },
  '.cm-escaped': {
    color: 'var(--warn)',
    border: '1px solid currentColor',
    borderRadius: '3px',
    padding: '0 2px',
    fontSize: '0.9em',
  },
  '.cm-gutter-lint': { width: '13px' },
  '.cm-gutter-lint .cm-gutterElement': { padding: '0' },
  '.cm-lint-marker': { width: '13px', height: 'auto', textAlign: 'center' },
  '.cm-lint-marker-error': markerOf('✕', 'var(--bad)'),
  '.cm-lint-marker-warning': markerOf('⚠', 'var(--warn)'),
  '.cm-lintRange-error': marked('var(--bad)'),
  '.cm-lintRange-warning': marked('var(--warn)'),
  '.cm-lintRange-active': { backgroundColor: 'var(--bad-surface)' },
  '.cm-lintPoint:after': { borderBottomColor: 'var(--bad)' },
  '.cm-lintPoint-warning:after': { borderBottomColor: 'var(--warn)' },
  '.cm-tooltip': {
    color: 'var(--text)',
    backgroundColor: 'var(--surface)',
    border: '1px solid var(--edge)',
    borderRadius: '5px',
    maxWidth: '40ch',
  },
  '.cm-diagnostic': { marginLeft: '0', padding: '3px 8px' },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--bad)' },
  '.cm-diagnostic-warning': { borderLeft: '3px solid var(--warn)' },
});

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--part)', fontWeight: '600' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--sign)' },
  { tag: [tags.separator, tags.brace, tags.squareBracket], color: 'var(--dim)' },
]);

export const theme = [look, syntaxHighlighting(colours)];
