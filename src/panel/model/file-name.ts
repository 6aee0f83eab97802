import { visibleText } from '../../core/token/visible.ts';

/** Characters of a name that a tab has room for. */
const MAX_SHOWN = 32;
/** What is left of its end, where the extension and a number stand. */
const TAIL = 12;

/** The name of a file as it can be shown: nothing hides in it, and a long one is cut in the middle. */
export const shortName = (name: string): string => {
  // By whole characters: a surrogate that is cut off would be escaped.
  const characters = [...name];
  const short =
    characters.length > MAX_SHOWN
      ? [...characters.slice(0, MAX_SHOWN - TAIL - 1), '…', ...characters.slice(-TAIL)]
      : characters;
  return visibleText(short.join(''));
};
