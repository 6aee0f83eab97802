/** What is to be marked in a text that is typed as JSON, with its places. */
import { type JsonNode, type JsonProblem, readJsonTree } from './json-tree.ts';

export interface JsonMark {
  /**
   * `lossy_number`: who reads it as a number has another (detail: which). An error, as a member that stands twice is: nobody
   * can tell which of two the reader of the token will have. Where the original has the same literal it is `other_number`.
   * `other_number`: who reads it as a number and writes it again writes something else (detail: what).
   * `rewritten_number`: such a one in a text that is itself written anew, and goes into the token so.
   * `period`: a payload that goes into the token as it is may have none (RFC 7797 section 5.2).
   * `too_large`: longer than MAX_TYPED; detail: the bound.
   * `set_elsewhere`: a member that is none of this text's (detail: its name).
   * `replaced`: what stands here is no character, and U+FFFD goes into the token (detail) where the text is encoded anew.
   */
  readonly code:
    | 'json'
    | 'not_object'
    | 'duplicate_member'
    | 'lossy_number'
    | 'other_number'
    | 'rewritten_number'
    | 'too_deep'
    | 'period'
    | 'set_elsewhere'
    | 'replaced'
    | 'too_large';
  /** In UTF-16 units of the text, `to` behind the last of it. */
  readonly from: number;
  readonly to: number;
  /** 1-based */
  readonly line: number;
  readonly column: number;
  readonly detail?: string;
  readonly severity: 'error' | 'warning';
}

/** Characters: four times what any token has, and read within a few tenths of a second. */
export const MAX_TYPED = 4_194_304;

/** Of one text. A hostile one has them by the thousand; a person mends a few at a time. */
const MAX_MARKS = 100;

/** Characters of what is marked. */
const MAX_MARKED = 200;

/** What is marked from where it breaks: a string, a word, or one character. */
const WORD = /^(?:"(?:[^"\\\r\n]|\\.)*"?|[^\s,:[\]{}"]+|\S)/u;

const BYTE_ORDER_MARK = '\ufeff';

/** Tells line and column of places in the order in which they stand. */
const createCounter = (text: string) => {
  let line = 1;
  let lineStart = 0;
  let next = text.search(/[\r\n]/);
  return (offset: number) => {
    while (next >= 0 && next < offset) {
      const end = text.startsWith('\r\n', next) ? next + 2 : next + 1;
      if (end > offset) break;
      line += 1;
      lineStart = end;
      const rest = /[\r\n]/g;
      rest.lastIndex = end;
      next = rest.exec(text)?.index ?? -1;
    }
    return { line, column: offset - lineStart + 1 };
  };
};

const wordEnd = (text: string, offset: number): number =>
  offset + (WORD.exec(text.slice(offset, offset + MAX_MARKED))?.[0].length ?? 0);

const problemMark = (text: string, { code, offset, line = 1, column = 1, detail }: JsonProblem): JsonMark => ({
  code: code === 'truncated' ? 'json' : code,
  from: offset,
  to: code === 'truncated' ? text.length : wordEnd(text, offset),
  line,
  column,
  ...(detail !== undefined && { detail }),
  severity: 'error',
});

/** What JavaScript, and most other readers with it, makes of a number; undefined where it writes the same. */
const asNumber = (source: string): string | undefined => {
  const written = String(Number(source));
  return written === source ? undefined : written;
};

/** A number literal without what two of the same value may differ in: `-1.50e3` and `-1500` give one text. Linear. */
const normal = (literal: string): string => {
  const [, sign, whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(literal) ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  let end = digits.length;
  while (digits[end - 1] === '0') end -= 1;
  const power = Number(exponent) - fraction.length + digits.length - end;
  return end === 0 ? '0' : `${sign}${digits.slice(0, end)}e${power}`;
};

const childrenOf = (node: JsonNode): readonly JsonNode[] => {
  if (node.kind === 'array') return node.items;
  return node.kind === 'object' ? node.members.map(({ value }) => value) : [];
};

/** The numbers of a JSON value, in the order of the text. */
function* numbersIn(root: JsonNode) {
  const waiting = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.kind === 'number') yield node;
    // Not spread: an array of a million is as many arguments.
    for (const child of childrenOf(node).toReversed()) waiting.push(child);
  }
}

/** As they are written; of a text that is no JSON none. */
const literalsIn = (text: string): ReadonlySet<string> => {
  const { root } = readJsonTree(text);
  return new Set(root && [...numbersIn(root)].map(({ source }) => source));
};

const numberMarks = (text: string, root: JsonNode, original: string): readonly JsonMark[] => {
  const placeOf = createCounter(text);
  const marks: JsonMark[] = [];
  let inOriginal: ReadonlySet<string> | undefined;
  for (const { source, offset: from, length } of numbersIn(root)) {
    const detail = asNumber(source);
    if (detail === undefined) continue;
    const isOther = normal(source) !== normal(detail);
    if (isOther) inOriginal ??= literalsIn(original);
    const what =
      isOther && !inOriginal?.has(source)
        ? ({ code: 'lossy_number', severity: 'error' } as const)
        : ({ code: 'other_number', severity: 'warning' } as const);
    marks.push({ ...what, from, to: from + length, ...placeOf(from), detail });
    if (marks.length === MAX_MARKS) break;
  }
  return marks;
};

/** A mark over the beginning of the text. */
const atStart = (code: JsonMark['code'], to: number, severity: JsonMark['severity'], detail?: string): JsonMark => ({
  code,
  from: 0,
  to,
  line: 1,
  column: 1,
  ...(detail !== undefined && { detail }),
  severity,
});

/** Of a text that may be any. */
export const sizeMarks = (text: string): readonly JsonMark[] =>
  text.length > MAX_TYPED ? [atStart('too_large', 0, 'error', String(MAX_TYPED))] : [];

/**
 * The marks of a text that is to be JSON, as they stand in it: `json` where it breaks, `duplicate_member`, `lossy_number` and
 * `too_deep` are errors; `other_number` is a warning; that it is no object is an error in a header, and in a payload a
 * warning, since a JWS may carry anything (RFC 7515 section 3). Linear; never throws.
 * @param original the text that this one began as
 */
export const jsonMarks = (text: string, part: 'header' | 'payload', original = ''): readonly JsonMark[] => {
  if (text.length > MAX_TYPED) return sizeMarks(text);
  if (text.startsWith(BYTE_ORDER_MARK)) return [atStart('json', 1, 'error', 'U+FEFF')];
  const { root, problems } = readJsonTree(text);
  const marks = problems.map((problem) => problemMark(text, problem));
  if (root && marks.length === 0 && root.kind !== 'object') {
    const end = Math.min(root.offset + root.length, root.offset + MAX_MARKED);
    marks.push(atStart('not_object', end, part === 'header' ? 'error' : 'warning'));
  }
  if (root) marks.push(...numberMarks(text, root, original));
  return marks.sort((a, b) => a.from - b.from);
};

/** Where a payload that is not encoded has its first period; undefined where it has none. */
export const periodMark = (text: string): JsonMark | undefined => {
  const from = text.indexOf('.');
  if (from < 0) return;
  return { code: 'period', from, to: from + 1, ...createCounter(text)(from), severity: 'error' };
};

/**
 * Where a text has what is no character: half of a surrogate pair, or, `wasReplaced`, a U+FFFD that stands for octets that
 * were not UTF-8. The first such place; undefined where there is none.
 */
export const replacedMark = (text: string, wasReplaced: boolean): JsonMark | undefined => {
  if (!wasReplaced && text.isWellFormed()) return;
  const from = text.search(wasReplaced ? /\p{Surrogate}|\ufffd/u : /\p{Surrogate}/u);
  if (from < 0) return;
  const place = createCounter(text)(from);
  return { code: 'replaced', from, to: from + 1, ...place, detail: 'U+FFFD', severity: 'warning' };
};

/** A mark, an error, over the name of each member of the object that is one of these. Nothing of a text that is broken. */
export const memberMarks = (text: string, names: ReadonlySet<string>, code: JsonMark['code']): readonly JsonMark[] => {
  const root = text.length > MAX_TYPED ? undefined : readJsonTree(text).root;
  if (root?.kind !== 'object') return [];
  const placeOf = createCounter(text);
  return root.members
    .filter(({ name }) => names.has(name))
    .slice(0, MAX_MARKS)
    .map(({ name, offset: from, length }) => {
      return { code, from, to: from + length, ...placeOf(from), detail: name, severity: 'error' };
    });
};
