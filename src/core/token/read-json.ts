import { type JsonProblem, MAX_DEPTH, readJsonTree } from './json-tree.ts';
import { visibleText } from './visible.ts';

export interface JsonText {
  /** What the text says, as far as it is JSON; absent where nothing of it is. Never nested deeper than MAX_DEPTH. */
  readonly value?: unknown;
  readonly problems: readonly JsonProblem[];
}

const NONE: readonly JsonProblem[] = [];

/** Members at any depth; NaN where the value nests too deeply. */
const countMembers = (value: unknown, depth: number): number => {
  if (typeof value !== 'object' || value === null) return 0;
  if (depth === 0) return Number.NaN;
  const children: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  let count = children === value ? 0 : children.length;
  for (const child of children) if (typeof child === 'object') count += countMembers(child, depth - 1);
  return count;
};

const countColons = (text: string): number => {
  let count = 0;
  for (let at = text.indexOf('":'); at >= 0; at = text.indexOf('":', at + 2)) count++;
  return count;
};

/**
 * Whether no member stands twice, told without reading the text again: each name ends in `":`, unless white space comes
 * between, and a quoted quote can only add to them. So where there are as many as the value has members, none was lost.
 */
const isPlain = (text: string, value: unknown): boolean =>
  countColons(text) === countMembers(value, MAX_DEPTH) && !/\s:/.test(text);

const readSuspicious = (text: string): JsonText => {
  const { readable, problems } = readJsonTree(text);
  return readable === '' ? { problems } : { value: JSON.parse(readable), problems };
};

/** RFC 8259 section 8.1 forbids it in what is sent, and lets the reader pass over it. */
const BYTE_ORDER_MARK = '\ufeff';

/**
 * Reads JSON (RFC 8259) with the engine's parser, and through the tree only what is suspicious.
 *
 * Takes any text; gives the value and the problems of `readJsonTree`; a byte order mark is a `json` problem too. Of a
 * member that stands twice the last counts, as in `JSON.parse`. Of broken JSON the value holds what was complete.
 * Linear; never throws.
 */
export const readJson = (text: string): JsonText => {
  try {
    const value: unknown = JSON.parse(text);
    if (isPlain(text, value)) return { value, problems: NONE };
  } catch {
    // Broken, or so deep that the engine's stack ends: the tree says which.
  }
  if (!text.startsWith(BYTE_ORDER_MARK)) return readSuspicious(text);
  const rest = readSuspicious(` ${text.slice(1)}`);
  const mark: JsonProblem = { code: 'json', offset: 0, line: 1, column: 1, detail: visibleText(BYTE_ORDER_MARK) };
  return { ...rest, problems: [mark, ...rest.problems] };
};
