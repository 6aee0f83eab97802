/** What changed, in order: each reader asks for what is new to it, and looks at nothing else. */

/** Entries kept, about twice the exchanges of a full log; who comes later than that looks at everything. */
export const MAX_ENTRIES = 20_000;

export interface Journal {
  /** Where it ends now: a mark to ask from later. */
  end(): number;
  /** What was noted since a mark, each once; undefined where the mark is too old to tell, or none. */
  since(mark: number | undefined): ReadonlySet<string> | undefined;
}

export const createJournal = (): Journal & { note(id: string): void } => {
  let entries: string[] = [];
  let dropped = 0;
  return {
    note(id) {
      entries.push(id);
      if (entries.length <= MAX_ENTRIES) return;
      const half = MAX_ENTRIES / 2;
      entries = entries.slice(half);
      dropped += half;
    },
    end: () => dropped + entries.length,
    since: (mark) => (mark === undefined || mark < dropped ? undefined : new Set(entries.slice(mark - dropped))),
  };
};
