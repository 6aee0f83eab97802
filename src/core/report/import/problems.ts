import type { ImportProblem, ImportProblemCode } from './imported.ts';
import { utf8Of } from './utf8-of.ts';

/** Of these the detail is how many there were. */
const COUNTED: ReadonlySet<ImportProblemCode> = new Set(['entry', 'packed', 'too_long', 'too_many']);

interface Met {
  /** Octets before it, as UTF-8 without a byte order mark. */
  readonly offset: number;
  readonly detail: string | undefined;
  count: number;
}

/** What was met in a file, the first of each kind. */
export interface Problems {
  tell(code: ImportProblemCode, offset: number, detail?: string): void;
  has(code: ImportProblemCode): boolean;
  /** Forgets all: the file is read in another way. */
  clear(): void;
  /**
   * All of them, in the order of the file, by line and column: for these the file is read again to where the last one is,
   * since few files have any, and the others should not pay for it.
   */
  locate(file: AsyncIterable<Uint8Array<ArrayBuffer>>): Promise<readonly ImportProblem[]>;
}

const LINE_FEED = '\n';

/** Walks through a text in pieces, and tells where in it an octet is. */
const createWalk = () => {
  let octets = 0;
  let units = 0;
  let line = 1;
  let lineStart = 0;
  return {
    octets: () => octets,
    place: () => ({ line, column: units - lineStart + 1, units }),
    /** Over a text of so many octets. */
    pass(text: string, length: number) {
      let at = text.indexOf(LINE_FEED);
      for (; at >= 0; at = text.indexOf(LINE_FEED, at + 1)) {
        line += 1;
        lineStart = units + at + 1;
      }
      units += text.length;
      octets += length;
    },
  };
};

export const createProblems = (): Problems => {
  const met = new Map<ImportProblemCode, Met>();

  const detailOf = (code: ImportProblemCode, { detail, count }: Met) => {
    const told = COUNTED.has(code) ? String(count) : detail;
    return told !== undefined && { detail: told };
  };

  return {
    tell(code, offset, detail) {
      const known = met.get(code);
      if (known) known.count += 1;
      else met.set(code, { offset, detail, count: 1 });
    },
    has: (code) => met.has(code),
    clear: () => met.clear(),
    async locate(file) {
      const open = [...met].toSorted(([, a], [, b]) => a.offset - b.offset);
      const found: ImportProblem[] = [];
      if (open.length === 0) return found;
      const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
      const walk = createWalk();
      const settle = (isUtf8: boolean, mark: number): void => {
        const [code, problem] = open.shift() ?? [];
        if (!code || !problem) return;
        const { line, column, units } = walk.place();
        const offset = mark + (isUtf8 ? problem.offset : units * 2);
        found.push({ code, offset, line, column, ...detailOf(code, problem) });
      };
      let last = { isUtf8: true, mark: 0 };
      for await (const { octets, encoding } of utf8Of(file)) {
        last = { isUtf8: encoding.name === 'utf-8', mark: encoding.mark };
        let at = 0;
        const start = walk.octets();
        for (let next = open[0]; next && next[1].offset <= start + octets.length; next = open[0]) {
          const stop = next[1].offset - start;
          walk.pass(decoder.decode(octets.subarray(at, stop), { stream: true }), stop - at);
          at = stop;
          settle(last.isUtf8, last.mark);
        }
        if (open.length === 0) return found;
        walk.pass(decoder.decode(octets.subarray(at), { stream: true }), octets.length - at);
      }
      while (open.length > 0) settle(last.isUtf8, last.mark);
      return found;
    },
  };
};
