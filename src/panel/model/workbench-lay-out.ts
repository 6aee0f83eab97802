/** JSON over lines, or on one. Pure. */
import { type JsonMark, jsonMarks, MAX_TYPED } from '../../core/token/json-marks.ts';
import { layOut } from '../../core/token/lay-out.ts';
import { oneLine } from '../../core/token/one-line.ts';

/** Lines that a text may be laid out to: with an indent for each, few characters would become a great many. */
const MAX_LINES = 100_000;

/** What is not whole has no layout; that a member stands twice, or a number is lossy, is no hindrance. */
const BROKEN: ReadonlySet<JsonMark['code']> = new Set(['json', 'too_deep', 'too_large']);

/** Whether a text is meant to be an object or an array. */
export const isJsonStart = (text: string): boolean => /^\s*[{[]/.test(text);

/** Whether a text is a whole object or array. @param marks those of the text */
export const canLayOut = (text: string, marks: readonly JsonMark[]): boolean =>
  isJsonStart(text) && marks.every(({ code }) => !BROKEN.has(code));

const isWhole = (text: string): boolean => canLayOut(text, jsonMarks(text, 'payload'));

/** One member or element on each line. Undefined: the text is broken, or would become too long. */
export const overLines = (text: string): string | undefined => {
  if (!isWhole(text)) return;
  const lines = layOut(text, MAX_LINES);
  const next = lines.join('\n');
  return lines.length < MAX_LINES && next.length <= MAX_TYPED ? next : undefined;
};

/** Without white space, as libraries write it into tokens. Undefined: the text is broken. */
export const onOneLine = (text: string): string | undefined => (isWhole(text) ? oneLine(text) : undefined);
