/**
 * In characters. Each token has a place of its own, and a page can make names and paths as long as its messages: uncut,
 * they would cost their length times the number of tokens.
 */
export const MAX_NAME = 200;

/** What names a place (a header, a cookie, a parameter, a path), cut to MAX_NAME with an ellipsis for its last character. */
export const shorten = (name: string): string => (name.length > MAX_NAME ? `${name.slice(0, MAX_NAME - 1)}…` : name);
