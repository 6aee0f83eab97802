import { type ReadonlySignal, signal } from '@preact/signals';
import type { Entry } from './log.ts';

export interface Selection {
  readonly id: ReadonlySignal<string | undefined>;
  select(id: string | undefined): void;
  /** Moves by so many rows, from outside the list when nothing is selected; stays inside it. */
  move(rows: number): void;
}

/** Which row is selected. `shown` is the filtered list; a row that the filter hides stays selected. */
export const createSelection = (shown: ReadonlySignal<readonly Entry[]>): Selection => {
  const id = signal<string | undefined>(undefined);
  return {
    id,
    select(next) {
      id.value = next;
    },
    move(rows) {
      const list = shown.peek();
      const at = list.findIndex((entry) => entry.id === id.peek());
      const from = at >= 0 ? at : rows < 0 ? list.length : -1;
      id.value = list[Math.max(0, Math.min(list.length - 1, from + rows))]?.id ?? id.peek();
    },
  };
};
