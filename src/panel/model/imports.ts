/**
 * The reading of files, each into a log of its own; loads when the first file is there. One file after the other: a
 * reader is a worker and a share of memory.
 */
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { CaptureRecord } from '../../core/capture/records.ts';
// What was pasted may have gone into a file.
import '../../core/token/json-serialization.ts';
import type { ImportEnd, ImportPiece } from '../../core/report/import/imported.ts';
import type { PanelSource } from '../source.ts';
import { shortName } from './file-name.ts';
import type { Imported, ImportState } from './imported.ts';
import { createImportedSource, type ImportedSource } from './imported-source.ts';
import type { Logs } from './logs.ts';
import { createModel, type Model } from './model.ts';

/** Files taken at once; a hand that drops more has dropped a folder's worth by mistake. */
export const MAX_FILES = 20;

export interface Import {
  /** OpenLog.id; that log is gone where nothing came out of the file. */
  readonly id: number;
  readonly imported: Imported;
}

export interface Imports {
  /** Those that the dialogue is about: begun since it was left last, or not ended. */
  readonly batch: ReadonlySignal<readonly Import[]>;
  /** How many files were given that are more than are taken. */
  readonly leftOut: ReadonlySignal<number>;
  start(files: readonly File[]): void;
  /** Stops one, and forgets what was read. */
  discard(id: number): void;
  /** The dialogue was left: what has ended was seen, the rest goes on. */
  leave(): void;
}

/** One file on its way. */
interface Run {
  readonly id: number;
  readonly file: File;
  readonly model: Model;
  readonly imported: Imported;
  readonly put: ImportedSource['put'];
  readonly read: Signal<number>;
  readonly state: Signal<ImportState>;
  readonly end: Signal<ImportEnd | undefined>;
  readonly isDated: Signal<boolean>;
  readonly stopping: AbortController;
}

const isRunning = ({ imported: { state } }: Import): boolean => ['waiting', 'reading'].includes(state.peek());

/** Whether its time is one out of the file: what has none there gets that of the reading. */
const isOlder = (record: CaptureRecord, reading: number): boolean =>
  (record.type === 'token' && record.firstSeen < reading) || (record.type === 'exchange' && record.start < reading);

/** That there were too many of them, and how many. */
export const tooManyText = ({ text, language }: PanelSource, leftOut: number): string =>
  text('import_too_many_files', ...[MAX_FILES, leftOut].map((many) => many.toLocaleString(language)));

const createImports = (logs: Logs): Imports => {
  const batch = signal<readonly Import[]>([]);
  const leftOut = signal(0);
  const isOpen = (id: number) => logs.all.peek().some((log) => log.id === id);
  const real = logs.live.source;

  /** All of it was read, and nothing is to be said about it. */
  const isClean = ({ id, imported: { state, end } }: Import): boolean =>
    isOpen(id) && state.peek() === 'read' && end.peek()?.problems.length === 0 && !end.peek()?.sanitized;

  /** Two files of one name are two logs. */
  const freeName = (name: string): string => {
    const taken = new Set(logs.all.peek().map(({ model }) => model.imported?.name));
    let free = name;
    for (let count = 2; taken.has(free); count += 1) free = `${name} (${count})`;
    return free;
  };

  const prepare = (file: File): Run => {
    const [read, state, end] = [signal(0), signal<ImportState>('waiting'), signal<ImportEnd | undefined>(undefined)];
    const [isDated, isThenWanted] = [signal(false), signal(true)];
    const stopping = new AbortController();
    const imported: Imported = {
      ...{ name: freeName(file.name), size: file.size, read, state, end, isDated },
      isThen: computed(() => isDated.value && isThenWanted.value),
      stop: () => stopping.abort(),
      judgeThen(then) {
        isThenWanted.value = then;
      },
    };
    const { source, put } = createImportedSource(logs.live, () => logs.close(id));
    const model = createModel(source, imported);
    const { id } = logs.add(model);
    model.onDispose(imported.stop);
    return { id, file, model, imported, put, read, state, end, isDated, stopping };
  };

  const forget = (id: number) => {
    batch.value = batch.peek().filter((one) => one.id !== id);
  };

  const readFile = async ({ id, file, put, read, state, end, isDated, stopping }: Run): Promise<void> => {
    let isEmpty = true;
    try {
      stopping.signal.throwIfAborted();
      state.value = 'reading';
      const begun = real.now();
      const take = (piece: ImportPiece) => {
        read.value = piece.read;
        isEmpty &&= piece.records.every(({ type }) => type === 'tab');
        isDated.value ||= piece.records.some((record) => isOlder(record, begun));
        put(piece);
      };
      end.value = await real.importFile(file, take, stopping.signal);
      state.value = 'read';
    } catch {
      state.value = stopping.signal.aborted ? 'stopped' : 'broken';
    }
    // Whoever closes a log that is being read waits for nothing.
    if (!isOpen(id)) forget(id);
    else if (isEmpty) logs.close(id);
  };

  /** Says how it went: shows the log where all went well and somebody waits for it, else what there is to know. */
  const finish = () => {
    const done = batch.peek();
    if (done.some(isRunning)) return;
    const waited = logs.current.peek().model;
    const isWaitedFor = waited.dialog.peek() === 'import';
    const [first] = done;
    if (first && done.every(isClean)) {
      if (isWaitedFor) {
        waited.open(undefined);
        logs.show(first.id);
      }
      batch.value = [];
    } else if (waited.dialog.peek() === undefined && done.some(({ id }) => !isOpen(id))) waited.open('import');
    const { source, tell } = logs.current.peek().model;
    const told = (key: string, some: readonly Import[]) =>
      some.length > 0 ? [source.text(key, some.map(({ imported }) => shortName(imported.name)).join(', '))] : [];
    const isKept = ({ id }: Import) => isOpen(id);
    const texts = [
      ...(leftOut.peek() > 0 ? [tooManyText(source, leftOut.peek())] : []),
      ...told('import_done', done.filter(isKept)),
      ...told(
        'import_nothing',
        done.filter((one) => !isKept(one)),
      ),
    ];
    if (logs.current.peek().model.dialog.peek() !== 'import') leftOut.value = 0;
    if (texts.length > 0) tell(texts.join(' '));
  };

  let running = Promise.resolve();
  return {
    batch,
    leftOut,
    start(files) {
      const runs = files.slice(0, MAX_FILES).map(prepare);
      leftOut.value = files.length - runs.length;
      batch.value = [...batch.peek().filter(isRunning), ...runs.map(({ id, imported }) => ({ id, imported }))];
      for (const run of runs) running = running.then(() => readFile(run)).then(finish);
    },
    discard(id) {
      forget(id);
      logs.close(id);
    },
    leave() {
      if (!batch.peek().some(isRunning)) leftOut.value = 0;
      batch.value = batch.peek().filter(isRunning);
    },
  };
};

const all = new WeakMap<Logs, Imports>();

/** The imports of a panel; the same for all that ask. */
export const importsOf = (logs: Logs): Imports => {
  const known = all.get(logs) ?? createImports(logs);
  all.set(logs, known);
  return known;
};
