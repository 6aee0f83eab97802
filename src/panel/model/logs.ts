/** The open logs: the live one and those out of files. Each has a model of its own, so that nothing of one is in another. */
import { batch, type ReadonlySignal, signal } from '@preact/signals';
import type { Model } from './model.ts';

export interface OpenLog {
  /** 0 is the live one. */
  readonly id: number;
  readonly model: Model;
}

export interface Logs {
  readonly live: Model;
  /** The live one first; it is always there. */
  readonly all: ReadonlySignal<readonly OpenLog[]>;
  readonly current: ReadonlySignal<OpenLog>;
  show(id: number): void;
  /** Adds it behind the others, not yet shown. */
  add(model: Model): OpenLog;
  /** Forgets all that is in it; the live one stays. Shows its neighbour where it was shown. */
  close(id: number): void;
  dispose(): void;
}

export const createLogs = (live: Model): Logs => {
  const first: OpenLog = { id: 0, model: live };
  const all = signal<readonly OpenLog[]>([first]);
  const current = signal(first);
  let added = 0;
  return {
    live,
    all,
    current,
    show(id) {
      current.value = all.peek().find((log) => log.id === id) ?? current.peek();
    },
    add(model) {
      added += 1;
      const log = { id: added, model };
      all.value = [...all.peek(), log];
      return log;
    },
    close(id) {
      const before = all.peek();
      const at = before.findIndex((log) => log.id === id);
      const gone = before[at];
      if (!gone || at === 0) return;
      const rest = before.filter((log) => log !== gone);
      batch(() => {
        if (current.peek() === gone) current.value = rest[at] ?? rest[at - 1] ?? first;
        all.value = rest;
        gone.model.dispose();
      });
    },
    dispose() {
      for (const { model } of all.peek()) model.dispose();
    },
  };
};
