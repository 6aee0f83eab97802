import { createScanner } from 'jsonc-parser';

const INDENT = '  ';
/** Deeper levels stand under each other: with an indent for each, a few KB of `[` would lay out to megabytes. */
const MAX_INDENTED = 40;

/**
 * JSON text over lines, one member or element on each, every literal as it was written; text that is no JSON object or
 * array as it stands. What breaks the JSON stays where it is.
 * @returns at most `maxLines` lines; the work is linear in what they show
 */
export const layOut = (text: string, maxLines: number): readonly string[] => {
  if (!/^\s*[[{]/.test(text)) return text.split('\n', maxLines);
  const scanner = createScanner(text, true);
  const lines: string[] = [];
  let line = '';
  let depth = 0;
  let before = '';
  const end = (): void => {
    lines.push(line);
    line = INDENT.repeat(Math.min(depth, MAX_INDENTED));
  };
  while (lines.length < maxLines) {
    scanner.scan();
    const from = scanner.getTokenOffset();
    const token = text.slice(from, from + scanner.getTokenLength());
    if (token === '') {
      lines.push(line);
      break;
    }
    const opened = before === '{' || before === '[';
    const closes = token === '}' || token === ']';
    if (closes) depth = Math.max(0, depth - 1);
    if (before === ',' || opened !== closes) end();
    if (token === '{' || token === '[') depth += 1;
    line += before === ':' ? ` ${token}` : token;
    before = token;
  }
  return lines;
};
