/** How a token's first letter stands in JSON where it is escaped, as by serialisers that escape everything. */
export const ESCAPED_LETTER = 'u0065';

/** A letter, a digit, or what else a token is made of, behind the backslashes of JSON in JSON. */
const ESCAPE = /\\+u00([2-7][0-9a-f])/gi;
const OF_TOKENS = /[\w.~-]/;

/** The text with the letters of tokens as they are, if a token's first one is escaped anywhere. Linear. */
export const withoutEscapedLetters = (text: string): string => {
  if (!text.includes(ESCAPED_LETTER)) return text;
  return text.replace(ESCAPE, (escaped, code: string) => {
    const letter = String.fromCharCode(Number.parseInt(code, 16));
    return OF_TOKENS.test(letter) ? letter : escaped;
  });
};
