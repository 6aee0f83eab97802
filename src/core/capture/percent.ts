const ESCAPES = /(?:%[0-9a-f]{2})+/gi;

const decodeRun = (run: string): string => {
  try {
    return decodeURIComponent(run);
  } catch {
    return run;
  }
};

/** Percent-decoding (RFC 3986 section 2.1) that leaves what is malformed, or not UTF-8, as it stands. Never throws. */
export const percentDecode = (text: string): string =>
  text.includes('%') ? text.replaceAll(ESCAPES, decodeRun) : text;
