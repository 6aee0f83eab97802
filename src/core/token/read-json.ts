import { type JsonProblem, MAX_DEPTH, readJsonTree } from './json-tree.ts';
import { visibleText } from './visible.ts';

export interface JsonText {
  /** What the text says, as far as it is JSON; absent where nothing of it is. Never nested deeper than MAX_DEPTH. */
  readonly value?: unknown;
  readonly problems: readonly JsonProblem[];
}

const NONE: readonly JsonProblem[] = [];

const isWithin = (value: unknown, depth: number): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (depth > 0 && Object.values(value).every((child) => isWithin(child, depth - 1)));

/** Each level takes two characters, so a short text cannot be too deep. */
const isShallow = (text: string, value: unknown): boolean => text.length <= 2 * MAX_DEPTH || isWithin(value, MAX_DEPTH);

const readSuspicious = (text: string): JsonText => {
  const { readable, problems } = readJsonTree(text);
  return readable === '' ? { problems } : { value: JSON.parse(readable), problems };
};

/** RFC 8259 section 8.1 forbids it in what is sent, and lets the reader pass over it. */
const BYTE_ORDER_MARK = '\ufeff';

/**
 * Reads JSON (RFC 8259) with the engine's parser, and through the tree only what is suspicious. A text that
 * `JSON.stringify` writes back letter by letter has no member twice: most tokens end here.
 *
 * Takes any text; gives the value and the problems of `readJsonTree`; a byte order mark is a `json` problem too. Of a
 * member that stands twice the last counts, as in `JSON.parse`. Of broken JSON the value holds what was complete.
 * Linear; never throws.
 */
export const readJson = (text: string): JsonText => {
  try {
    const value: unknown = JSON.parse(text);
    if (JSON.stringify(value) === text && isShallow(text, value)) return { value, problems: NONE };
  } catch {
    // Broken, or so deep that the engine's stack ends: the tree says which.
  }
  if (!text.startsWith(BYTE_ORDER_MARK)) return readSuspicious(text);
  const rest = readSuspicious(` ${text.slice(1)}`);
  const mark: JsonProblem = { code: 'json', offset: 0, line: 1, column: 1, detail: visibleText(BYTE_ORDER_MARK) };
  return { ...rest, problems: [mark, ...rest.problems] };
};
