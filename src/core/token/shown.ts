/** Characters of a value that a sentence can hold; a hostile one is as long as it likes. */
const MAX_SHOWN = 200;

/** Any JSON value as text for a sentence: strings bare, the rest as JSON, cut at MAX_SHOWN; '' for undefined. Never throws. */
export const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN - 1)}…` : text;
};

/** The same of any number of texts. */
export const shownAll = (texts: readonly string[]): string => shown(texts.join(', '));

/** ECMAScript's dates end here, in ms from the epoch. */
const LAST_DATE = 8.64e15;

/** ms since the epoch as UTC to the second, `2026-11-21T14:02:11Z`; beyond all dates the number itself. */
export const shownTime = (ms: number): string =>
  Math.abs(ms) <= LAST_DATE ? `${new Date(ms).toISOString().slice(0, -'.000Z'.length)}Z` : shown(ms);
