import { createScanner } from 'jsonc-parser';

/**
 * Whole JSON text without the white space between its tokens (RFC 8259 section 2); every literal, and the order of the
 * members, as it was written. Of text that is no JSON the result means nothing. Linear; never throws.
 */
export const oneLine = (text: string): string => {
  const scanner = createScanner(text, true);
  let line = '';
  for (;;) {
    scanner.scan();
    const from = scanner.getTokenOffset();
    // Not by its length: behind a comment that has no end the scanner gives that of the end as 1, for ever.
    const token = text.slice(from, from + scanner.getTokenLength());
    if (token === '') return line;
    line += token;
  }
};
