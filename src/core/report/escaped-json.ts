/** Where texts, lists and objects end in JSON that may be escaped by backslashes or percent-encoded, as often as it likes. */

/** A quotation mark with the backslashes before it that escape it in the JSON around, all perhaps percent-encoded. */
export const MARK = String.raw`(?<!\\|%(?:25){0,9}5C)(?:\\|%(?:25)*5C)*(?:"|%(?:25)*22)|'|%(?:25)*27`;
/** What may stand between a name, its colon and a value; a plus is a space in a query. */
export const GAP = String.raw`(?:\s|\+|%(?:25)*(?:20|09|0[AD])|(?:\\|%(?:25)*5C)+[nrt])*`;
/** Also the arrow of Ruby and PHP, which programs write into their logs. */
export const COLON = String.raw`(?::|\s{0,3}=>|%(?:25)*3A|%(?:25)*3D%(?:25)*3E)`;

const OPEN = '[[{]|%(?:25)*(?:5B|7B)';
const CLOSE = String.raw`[\]}]|%(?:25)*(?:5D|7D)`;
const NEXT_MARK = new RegExp(MARK, 'gi');
const NEXT = new RegExp(`(${OPEN})|(${CLOSE})|${MARK}`, 'gi');
const BACKSLASH = /\\|%(?:25)*5C/gi;
const BARE_MARK = /(?:["']|%(?:25)*2[27])$/i;

/** The backslashes before a mark, and the mark itself. */
const readMark = (mark: string): readonly [backslashes: readonly string[], bare: string] => {
  const [bare = ''] = BARE_MARK.exec(mark) ?? [];
  return [mark.slice(0, mark.length - bare.length).match(BACKSLASH) ?? [], bare];
};

/**
 * Where the mark stands that closes a text, and where that mark ends; the end of all where none does. In JSON that is in
 * JSON n times, 2ⁿ - 1 backslashes stand before a mark; before one that is content an odd number of escaped ones more.
 * @param from behind the mark that opens the text
 */
export const closingOf = (text: string, from: number, opening: string): readonly [start: number, end: number] => {
  const [{ length: usual }, bare] = readMark(opening);
  NEXT_MARK.lastIndex = from;
  for (let found = NEXT_MARK.exec(text); found; found = NEXT_MARK.exec(text)) {
    const [backslashes, same] = readMark(found[0]);
    const more = backslashes.length - usual;
    // Fewer close the JSON around.
    if (same !== bare || (more > 0 && (more / (usual + 1)) % 2 !== 0)) continue;
    const content = backslashes.slice(0, Math.max(more, 0)).join('');
    return [found.index + content.length, NEXT_MARK.lastIndex];
  }
  return [text.length, text.length];
};

/** The index behind a list or an object that begins at `from`; the end of all where none ends it. */
export const behindBrackets = (text: string, from: number): number => {
  let depth = 0;
  NEXT.lastIndex = from;
  for (let found = NEXT.exec(text); found; found = NEXT.exec(text)) {
    const [mark, open, close] = found;
    if (open !== undefined) depth += 1;
    else if (close !== undefined) depth -= 1;
    else NEXT.lastIndex = closingOf(text, NEXT.lastIndex, mark)[1];
    if (depth === 0) return NEXT.lastIndex;
  }
  return text.length;
};
