/** Bodies of which a browser has only the beginning. */

/** Octets at which Firefox 140 cuts a body. */
const CUT_AT = 1_048_576;
/** What Firefox 153 puts in the place of each octet behind them. */
const LOST = '\0';

/** @param size octets of the whole body, as the browser tells */
export const isCut = (content: string, size: number): boolean =>
  content.endsWith(LOST) ||
  (size > CUT_AT && content.length <= CUT_AT && new TextEncoder().encode(content).length < size);

/** What is left of a body that was cut. */
export const withoutLost = (content: string): string =>
  content.endsWith(LOST) ? content.slice(0, content.indexOf(LOST)) : content;
