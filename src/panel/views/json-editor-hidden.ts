import { highlightSpecialChars } from '@codemirror/view';
import { INVISIBLE_CHARACTER, visibleText } from '../../core/token/visible.ts';

/** A tab stays one: JSON has it between its tokens. */
const HIDDEN = new RegExp(`(?!\\t)${INVISIBLE_CHARACTER.source}`, 'gv');

/** Shows control, bidirectional and zero-width characters as their escapes; the text stays as it is. */
export const hiddenCharacters = highlightSpecialChars({
  specialChars: HIDDEN,
  render(code) {
    const element = document.createElement('span');
    element.className = 'cm-escaped';
    element.textContent = visibleText(String.fromCodePoint(code));
    return element;
  },
});
