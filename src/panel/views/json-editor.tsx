import { historyField, isolateHistory } from '@codemirror/commands';
import { type Diagnostic, setDiagnostics } from '@codemirror/lint';
import { EditorState, Text } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { changesBetween } from './json-editor-change.ts';
import { setupOf } from './json-editor-setup.ts';
import { usePanel } from './panel-context.ts';

/** UTF-16 units; asked for anew with each new object. */
export interface Place {
  readonly from: number;
  readonly to: number;
}

/** What an editor that is gone leaves to the next one: its text, cursor, undo and redo. To be made as `{}`. */
export interface Past {
  state?: unknown;
}

const HISTORY = { history: historyField };

interface JsonEditorProps {
  readonly name: string;
  readonly text: string;
  readonly onInput: (text: string) => void;
  readonly marks: readonly Diagnostic[];
  /** What to select, to show and to focus. */
  readonly place?: Place | undefined;
  readonly past: Past;
}

const within = (state: EditorState, at: number): number => Math.min(Math.max(at, 0), state.doc.length);

/**
 * A CodeMirror editor of the text: what is typed is told, and what changes elsewhere comes in as a step that can be undone.
 * It stands in a shadow root, where CodeMirror styles by `adoptedStyleSheets`; a `<style>` the extension's CSP refuses.
 */
export const JsonEditor = ({ name, text, onInput, marks, place, past }: JsonEditorProps) => {
  const { source } = usePanel();
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView>(null);
  const tell = useRef(onInput);
  tell.current = onInput;

  useLayoutEffect(() => {
    if (!host.current) return;
    // A node has one shadow root for ever.
    const root = host.current.shadowRoot ?? host.current.attachShadow({ mode: 'open' });
    const config = { extensions: setupOf(source, name, (typed) => tell.current(typed)) };
    const state = past.state
      ? EditorState.fromJSON(past.state, config, HISTORY)
      : EditorState.create({ ...config, doc: Text.of(text.split('\n')) });
    const view = new EditorView({ state, parent: root, root });
    editor.current = view;
    return () => {
      past.state = view.state.toJSON(HISTORY);
      view.destroy();
    };
  }, [source, name, past]);

  useLayoutEffect(() => {
    const view = editor.current;
    const changes = view ? changesBetween(view.state.sliceDoc(), text) : [];
    if (changes.length > 0) view?.dispatch({ changes, annotations: isolateHistory.of('full') });
  }, [text]);

  useEffect(() => {
    const view = editor.current;
    if (!view) return;
    const { state } = view;
    const inside = marks.map((mark) => ({ ...mark, from: within(state, mark.from), to: within(state, mark.to) }));
    view.dispatch(setDiagnostics(state, inside));
  }, [marks]);

  useLayoutEffect(() => {
    const view = editor.current;
    if (!view || !place) return;
    const selection = { anchor: within(view.state, place.from), head: within(view.state, place.to) };
    view.dispatch({ selection, scrollIntoView: true });
    view.focus();
  }, [place]);

  return <div class="json-editor" ref={host} />;
};
