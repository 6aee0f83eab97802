/** The smallest changes that make one text of another, so that what stands between them keeps cursor, folds and undo. */

export interface TextChange {
  /** UTF-16 units of the text before. */
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** So many an editor takes in at once; more are not worth their time. */
const MAX_CHANGES = 1000;

/** White space of JSON, RFC 8259 section 2. */
const BLANK = /[ \t\r\n]/;

const blankEnd = (text: string, from: number): number => {
  let at = from;
  while (at < text.length && BLANK.test(text.charAt(at))) at += 1;
  return at;
};

/** Of the rest that is not alike: all but what both end with. */
const replaceRest = (before: string, after: string, from: number, start: number): TextChange => {
  let [to, end] = [before.length, after.length];
  while (to > from && end > start && before[to - 1] === after[end - 1]) {
    to -= 1;
    end -= 1;
  }
  return { from, to, insert: after.slice(start, end) };
};

/**
 * Where two texts differ in white space alone, as laid out JSON does from what it was, only that is changed; from the
 * first other difference on, and where there are too many, it is one change. In order, not overlapping; none for equal
 * texts. Linear; never throws.
 */
export const changesBetween = (before: string, after: string): readonly TextChange[] => {
  const changes: TextChange[] = [];
  let [from, start] = [0, 0];
  while (from < before.length || start < after.length) {
    if (from < before.length && before[from] === after[start]) {
      from += 1;
      start += 1;
      continue;
    }
    const [to, end] = [blankEnd(before, from), blankEnd(after, start)];
    const isBlank = (to > from || end > start) && before[to] === after[end];
    if (!isBlank || changes.length === MAX_CHANGES) return [...changes, replaceRest(before, after, from, start)];
    changes.push({ from, to, insert: after.slice(start, end) });
    [from, start] = [to, end];
  }
  return changes;
};
