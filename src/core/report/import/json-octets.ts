/** What JSON's structure is made of (RFC 8259 section 2), in UTF-8. */
export const [QUOTE, COMMA, COLON, BACKSLASH] = [0x22, 0x2c, 0x3a, 0x5c];
export const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/** `{` and `[`, `}` and `]` differ in one bit alone; no other octet is like them in all others. */
const BRACKET_BIT = 0x20;
export const opens = (octet: number): boolean => (octet | BRACKET_BIT) === OPEN_OBJECT;
export const closes = (octet: number): boolean => (octet | BRACKET_BIT) === CLOSE_OBJECT;

export const isSpace = (octet: number): boolean => octet === 0x20 || octet === 0x0a || octet === 0x0d || octet === 0x09;
