/**
 * Text as a literal of a programming language. Each is in visible ASCII, on one line, and its value is the text: claims
 * and addresses are chosen by strangers, and must not become code. (No text of theirs ever stands in a comment: Java
 * reads `\u000a` there as the end of it.)
 */

const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, '0');

/** Quotation mark, backslash, and all that is not visible ASCII; by UTF-16 unit, or (`u`) by code point. */
const UNIT = /[^\x20-\x7e]|["\\]/g;
const POINT = /[^\x20-\x7e]|["\\]/gu;

const literal =
  (pattern: RegExp, escapeOf: (code: number) => string) =>
  (text: string): string => {
    const escaped = text.replace(pattern, (character) =>
      character === '"' || character === '\\' ? `\\${character}` : escapeOf(character.codePointAt(0) ?? 0),
    );
    return `"${escaped}"`;
  };

const unit = literal(UNIT, (code) => `\\u${hex(code, 4)}`);

/** JavaScript; also inside of a `script` element, which `</script>` and `<!--` would end. */
export const scriptText = (text: string): string => unit(text).replaceAll('<', '\\u003c');

/** Python: code points beyond four digits in eight; a lone surrogate is itself. */
export const pythonText = literal(POINT, (code) => (code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`));

/** Java replaces `\u` before it looks for the end of a literal (JLS section 3.3), so control characters are in octal. */
export const javaText = literal(UNIT, (code) =>
  code < 0x80 ? `\\${code.toString(8).padStart(3, '0')}` : `\\u${hex(code, 4)}`,
);

/** Go's text is UTF-8, which has no lone surrogate: it is U+FFFD, as in Go's own reading of JSON. */
export const goText = literal(POINT, (code) => {
  const point = code >= 0xd800 && code <= 0xdfff ? 0xfffd : code;
  return point > 0xffff ? `\\U${hex(point, 8)}` : `\\u${hex(point, 4)}`;
});

/** C#, regular string. */
export const sharpText = unit;
