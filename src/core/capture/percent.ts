/** Bounded, because a regular expression that repeats for megabytes overflows the engine's backtracking stack. */
const ESCAPES = /(?:%[0-9a-f]{2}){1,4096}/gi;

const decode = (text: string, otherwise: (text: string) => string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return otherwise(text);
  }
};

/** Percent-decoding (RFC 3986 section 2.1) that leaves what is malformed, or not UTF-8, as it stands. Never throws. */
export const percentDecode = (text: string): string =>
  text.includes('%')
    ? decode(text, () => text.replaceAll(ESCAPES, (run) => decode(run, (malformed) => malformed)))
    : text;
