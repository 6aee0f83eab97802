import type { EditorState } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  MatchDecorator,
  ViewPlugin,
  WidgetType,
} from '@codemirror/view';
import { INVISIBLE_CHARACTER, visibleText } from '../../core/token/visible.ts';

/** A tab stays one: JSON has it between its tokens. */
const HIDDEN = `(?!\\t)${INVISIBLE_CHARACTER.source}`;

/** Places where something hides that are each drawn by themselves. A page can send a hundred thousand of them. */
const MAX_PLACES = 500;

/** Characters drawn of one place; the rest is counted. Firefox lays out a line of a hundred times that in half a minute. */
const MAX_SHOWN = 120;

const escaped = (hidden: string): string => {
  const rest = hidden.length - MAX_SHOWN;
  return rest > 0 ? `${visibleText(hidden.slice(0, MAX_SHOWN))}… +${rest}` : visibleText(hidden);
};

/** What stands there instead; CodeMirror wants a class. */
class Escaped extends WidgetType {
  readonly text: string;
  constructor(text: string) {
    super();
    this.text = text;
  }
  override eq(other: Escaped): boolean {
    return other.text === this.text;
  }
  override toDOM(): HTMLElement {
    const element = document.createElement('span');
    element.className = 'cm-escaped';
    element.textContent = this.text;
    return element;
  }
  override ignoreEvent(): boolean {
    return false;
  }
}

const decoratorOf = (regexp: RegExp): MatchDecorator =>
  new MatchDecorator({
    regexp,
    decoration: ([hidden]) => Decoration.replace({ widget: new Escaped(escaped(hidden)) }),
    maxLength: 4000,
  });

const PLACE = new RegExp(`(?:${HIDDEN}){1,64}`, 'gv');
const single = decoratorOf(PLACE);
/** Many, with the little that is between them, as one. */
const dense = decoratorOf(new RegExp(`(?:${HIDDEN})(?:.{0,32}?${HIDDEN}){0,512}`, 'gv'));

const isDense = (state: EditorState): boolean => {
  const places = state.sliceDoc().matchAll(PLACE);
  for (let count = 0; count < MAX_PLACES; count++) if (places.next().done) return false;
  return true;
};

/** Shows control, bidirectional and zero-width characters as their escapes; the text stays as it is. */
export const hiddenCharacters = ViewPlugin.define(
  (view: EditorView) => {
    let decorator = isDense(view.state) ? dense : single;
    let drawn: DecorationSet = decorator.createDeco(view);
    return {
      drawn: () => drawn,
      update(update) {
        const next = update.docChanged ? (isDense(update.state) ? dense : single) : decorator;
        drawn = next === decorator ? next.updateDeco(update, drawn) : next.createDeco(update.view);
        decorator = next;
      },
    };
  },
  { decorations: ({ drawn }) => drawn() },
);
