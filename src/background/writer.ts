import type { Log } from '../core/capture/log-shape.ts';
import type { Edges } from './edges.ts';

/**
 * Nothing waits longer to be written: what a killed worker held is lost. Nor does it go sooner after the last write,
 * since each of them, with the panel's look at it, takes its time from the page. Alone, a record is written at once.
 */
export const WRITE_WITHIN = 50;

export interface Writer {
  /** The log has changed. */
  wrote(): void;
  /** Settles once all that the log holds now is in storage, or was dropped. */
  flushed(): Promise<void>;
}

/**
 * Brings the log to storage:
 *
 *   idle ──change──▶ due (now, or when the last write is WRITE_WITHIN old; counters alone: WRITE_WITHIN) ──▶ writing ──▶ idle
 *
 * While one write is under way changes gather for the next, at most WRITE_WITHIN ms; then it starts beside the first.
 * What storage refuses is offered again after the log made room for it.
 */
export const createWriter = (log: Log, { now, after, session }: Pick<Edges, 'now' | 'after' | 'session'>): Writer => {
  const writing = new Set<Promise<void>>();
  let due = Number.POSITIVE_INFINITY;
  let last = 0;

  const write = async (): Promise<void> => {
    const { set, remove } = log.take();
    const keys = Object.keys(set);
    // Not awaited one after the other: the browser takes them in this order, and room is made first.
    const removing = remove.length > 0 ? session.remove(remove).catch(() => undefined) : undefined;
    try {
      if (keys.length > 0) await session.write(set);
    } catch {
      log.refused(keys);
    }
    await removing;
  };

  const flush = (): void => {
    due = Number.POSITIVE_INFINITY;
    if (!log.pending()) return;
    last = now();
    const writeNow = write().finally(() => {
      writing.delete(writeNow);
      wrote();
    });
    writing.add(writeNow);
  };

  const wrote = (): void => {
    const pending = log.pending();
    if (!pending) return;
    const at = now();
    // A clock that was set back makes the last write lie ahead.
    const age = Math.max(0, at - last);
    const wait = pending === 'counters' || writing.size > 0 ? WRITE_WITHIN : Math.max(0, WRITE_WITHIN - age);
    if (at + wait >= due) return;
    due = at + wait;
    const mine = due;
    const start = (): void => {
      if (due === mine) flush();
    };
    if (wait === 0) queueMicrotask(start);
    else after(wait, start);
  };

  const flushed = async (): Promise<void> => {
    while (writing.size > 0 || log.pending()) {
      if (log.pending()) flush();
      await Promise.all(writing);
    }
  };

  return { wrote, flushed };
};
