/** The values of masked claims, wherever else they stand: in addresses, in other claims, in names of places. */
import { layersOf } from './unescape.ts';

/** What a value may be the whole of, in a sentence or an address. */
const WORD = /[^\s"'<>()[\]{}|,;&?#=\\/]+/g;
/**
 * What parts a word further: in an address that is percent-encoded in another, before a colon, at the end of a sentence.
 * That end is looked for once in a run of such marks, so that the time is linear.
 */
const PARTS = /(%(?:25)*(?:2F|3F|3D|26|23|22|3A)|[:!]|(?<![.…’”])[.…’”]+$)/i;

/** Addresses of mail are the same in capitals; of other words, `Bill` is not `bill`. */
const folded = (text: string): string => (text.includes('@') ? text.toLowerCase() : text);

/**
 * Takes a text, returns it with `mask()` for each of the values that is a whole word in it, or several, percent-encoded or
 * not. Linear in the text.
 */
export const maskedWords = (values: ReadonlySet<string>, mask: () => string): ((text: string) => string) => {
  if (values.size === 0) return (text) => text;
  const known = new Set([...values].map(folded));
  const lengths = lengthsByWord(known);
  const isValue = (word: string): boolean =>
    known.has(folded(word)) ||
    (/[%+\\]/.test(word) && layersOf(word.replaceAll('+', ' ')).some((layer) => known.has(folded(layer))));
  const masked = (word: string): string => {
    if (isValue(word)) return mask();
    return word
      .split(PARTS)
      .map((part) => (part !== word && isValue(part) ? mask() : part))
      .join('');
  };

  return (text) => {
    if (known.has(folded(text))) return mask();
    let out = '';
    let done = 0;
    for (const { 0: word, index } of text.matchAll(WORD)) {
      if (index < done) continue;
      const length = lengths.get(word)?.find((one) => known.has(folded(text.slice(index, index + one))));
      const end = index + (length ?? word.length);
      const isWhole = length !== undefined && !/[\p{L}\p{N}]/u.test(text.charAt(end));
      out += text.slice(done, index) + (isWhole ? mask() : masked(word));
      done = isWhole ? end : index + word.length;
    }
    return out + text.slice(done);
  };
};

/** How long the values of several words are that begin with a word, the longest first: no more than there are lengths. */
const lengthsByWord = (values: Iterable<string>): ReadonlyMap<string, readonly number[]> => {
  const lengths = new Map<string, Set<number>>();
  for (const value of values) {
    const [first] = value.match(WORD) ?? [];
    if (first === undefined || first === value || !value.startsWith(first)) continue;
    lengths.set(first, (lengths.get(first) ?? new Set()).add(value.length));
  }
  return new Map([...lengths].map(([word, of]) => [word, [...of].sort((a, b) => b - a)]));
};
