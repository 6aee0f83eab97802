/**
 * Making what is newest, one after the other: what comes while something is being made waits, and of all that waits only the
 * last is made. So a slow signature never stands over a newer text's, and a fast typist still sees what becomes of it.
 */
import { batch, type ReadonlySignal, signal } from '@preact/signals';
import type { BuildFailure, Built } from './workbench-shape.ts';

export type Made = Omit<Built, 'current'>;

export interface Building {
  readonly built: ReadonlySignal<Built | undefined>;
  readonly failure: ReadonlySignal<BuildFailure | undefined>;
  readonly busy: ReadonlySignal<boolean>;
  /** Something changed. */
  ask(): void;
  /** Something else went wrong; until the next token is made. */
  fail(failure: BuildFailure): void;
  /** What was made, and is being made, is of another token. */
  forget(): void;
  /** When what was asked for is there, or why it is not. */
  settled(): Promise<void>;
  stop(): void;
}

/** A chunk that did not load: the browser lacks what was in it. */
const NOT_LOADED: BuildFailure = { state: 'cannot_be_checked', reason: 'alg_unsupported_here', detail: [''] };

/** @param make gives undefined where the texts are broken, which their marks tell */
export const createBuilding = (make: () => Promise<Made | BuildFailure | undefined>): Building => {
  const built = signal<Built | undefined>(undefined);
  const failure = signal<BuildFailure | undefined>(undefined);
  const busy = signal(false);
  let isAsked = false;
  let isStopped = false;
  /** Counts the tokens that were begun with. */
  let token = 0;
  let running: Promise<void> | undefined;

  const publish = (made: Made | BuildFailure | undefined) =>
    batch(() => {
      const last = built.peek();
      if (made && !('state' in made)) {
        built.value = { ...made, current: true };
        failure.value = undefined;
        return;
      }
      if (last?.current) built.value = { ...last, current: false };
      failure.value = made;
    });

  const run = async () => {
    while (isAsked && !isStopped) {
      isAsked = false;
      const begun = token;
      const made = await make().catch(() => NOT_LOADED);
      if (begun === token && !isStopped) publish(made);
    }
    running = undefined;
    busy.value = false;
  };

  return {
    built,
    failure,
    busy,
    ask() {
      isAsked = true;
      busy.value = true;
      running ??= run();
    },
    fail(why) {
      failure.value = why;
    },
    forget() {
      token += 1;
      batch(() => {
        built.value = undefined;
        failure.value = undefined;
      });
    },
    settled: async () => running,
    stop() {
      isStopped = true;
      built.value = undefined;
    },
  };
};
