/** What a log that came out of a file has beside its records. Shapes only; `imports.ts` makes it. */
import type { ReadonlySignal } from '@preact/signals';
import type { ImportEnd } from '../../core/report/import/imported.ts';

/** `waiting` for another file that is being read; `stopped` by the person; `broken` with the reader itself. */
export type ImportState = 'waiting' | 'reading' | 'read' | 'stopped' | 'broken';

export interface Imported {
  /** That of the file, whoever chose it. */
  readonly name: string;
  /** Octets of the file. */
  readonly size: number;
  /** Octets read so far. */
  readonly read: ReadonlySignal<number>;
  readonly state: ReadonlySignal<ImportState>;
  /** What the reader said in the end; there once it has read. */
  readonly end: ReadonlySignal<ImportEnd | undefined>;
  /** Stops the reading; what was read stays. */
  stop(): void;
  /** Something in it has a time: a HAR and an export have, a text only where its lines begin with one. */
  readonly isDated: ReadonlySignal<boolean>;
  /** True: each token is judged as of its own time in the file; false: as of now, as always where nothing has a time. */
  readonly isThen: ReadonlySignal<boolean>;
  judgeThen(then: boolean): void;
}
