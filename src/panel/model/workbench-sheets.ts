/**
 * What is edited, one sheet at a time. One that was changed is no loss when another takes its place: it waits as it was left,
 * until somebody turns to it again. Nobody is asked; a question at each token that one wants to look into would be in the way.
 */
import { batch, type ReadonlySignal, signal } from '@preact/signals';

/** A copy of a token, or a blank one; the same object each time. */
export interface Sheet {
  readonly id: number;
  /** The token as captured; undefined of a blank one. */
  readonly original: string | undefined;
}

/** As many as can be told apart in a row, since each may hold megabytes. Of more, that which was left first is forgotten. */
const MAX_ASIDE = 8;

interface Waiting<Draft> {
  readonly sheet: Sheet;
  readonly draft: Draft;
}

export interface Sheets<Draft> {
  readonly current: ReadonlySignal<Sheet>;
  /** Those that wait, the one that was left last first. */
  readonly aside: ReadonlySignal<readonly Waiting<Draft>[]>;
  /** A new one, in place of the current one. */
  begin(original: string | undefined): void;
  /** One of those that wait, in place of the current one. Gives what it held; undefined where it does not wait. */
  turnTo(sheet: Sheet): Draft | undefined;
  /** All that wait. */
  forget(): void;
}

/** @param hold what the current sheet holds; undefined where it was not changed, so that nothing is lost with it */
export const createSheets = <Draft>(hold: () => Draft | undefined): Sheets<Draft> => {
  const current = signal<Sheet>({ id: 0, original: undefined });
  const aside = signal<readonly Waiting<Draft>[]>([]);
  let lastId = 0;

  const replace = (sheet: Sheet) => {
    const draft = hold();
    const left = draft === undefined ? [] : [{ sheet: current.peek(), draft }];
    const others = aside.peek().filter((one) => one.sheet !== sheet);
    batch(() => {
      aside.value = [...left, ...others].slice(0, MAX_ASIDE);
      current.value = sheet;
    });
  };

  return {
    current,
    aside,
    begin(original) {
      lastId += 1;
      replace({ id: lastId, original });
    },
    turnTo(sheet) {
      const draft = aside.peek().find((one) => one.sheet === sheet)?.draft;
      if (draft !== undefined) replace(sheet);
      return draft;
    },
    forget() {
      aside.value = [];
    },
  };
};
