/** The moments that tokens are judged at: now, and in a log out of a file the time that it tells of. */
import { computed, type ReadonlySignal } from '@preact/signals';
import type { Imported } from './imported.ts';
import type { Entry, Log } from './log.ts';

export interface Moments {
  /**
   * When a token is judged, in ms: now; in a log out of a file, when it was last sent there (else answered, else seen),
   * unless that is switched to now. A caller that does not follow the clock hands in its own `now`.
   */
  moment(entry: Entry, now?: number): number;
  /** When the log as a whole is looked at: now; of one out of a file the newest time in it, unless switched. */
  readonly present: ReadonlySignal<number>;
}

const thenOf = ({ lastSent, last, firstSeen }: Entry): number => lastSent?.start ?? last?.end ?? firstSeen;

/** 0 while there is nothing. */
const endOf = (log: Log): number => {
  log.revision.value;
  let end = 0;
  for (const entry of log.entries.value) end = Math.max(end, entry.firstSeen);
  for (const { start, end: answered = start } of log.exchanges()) end = Math.max(end, answered);
  return end;
};

export const createMoments = (log: Log, now: ReadonlySignal<number>, imported: Imported | undefined): Moments => ({
  moment: (entry, at) => (imported?.isThen.value ? thenOf(entry) : (at ?? now.value)),
  present: computed(() => (imported?.isThen.value && endOf(log)) || now.value),
});
