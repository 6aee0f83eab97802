/** Bodies that are asked for at the same time. The browser's answer comes out of the page's own process, which has other work. */
const AT_ONCE = 6;
/** Bytes of them, unless it is one alone: what this page and the browser hold of bodies at a time. */
const MAX_BYTES_AT_ONCE = 16 * 1024 * 1024;
/** Bodies that wait; a page that loads more in a second than this is not held up. */
const MAX_WAITING = 500;
/** ms without a request that finished: then there is time for those that can wait. */
const CALM = 100;
/** ms that they wait at most. */
const MAX_DELAY = 1_000;

export interface Job {
  /** Bytes */
  readonly size: number;
  /** A page that leaves, as for a login, takes its bodies along: those that are likely to hold something come first. */
  readonly isUrgent: boolean;
  run(): Promise<void>;
}

/**
 * Runs urgent jobs at once, the others when the page is calm, AT_ONCE at most; `add` is false where too many wait. `now` in
 * ms, of a clock that only goes forward.
 */
export const createBodyQueue = (now: () => number): { add(job: Job): boolean } => {
  const urgent: Job[] = [];
  const patient: Job[] = [];
  let running = 0;
  let bytes = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waitingSince = 0;
  let isCalm = false;

  const start = async (job: Job): Promise<void> => {
    running += 1;
    bytes += job.size;
    await job.run().catch(() => undefined);
    running -= 1;
    bytes -= job.size;
    next();
  };
  const next = (): void => {
    while (running < AT_ONCE) {
      const from = urgent.length > 0 ? urgent : isCalm ? patient : [];
      const [job] = from;
      if (!job || (running > 0 && bytes + job.size > MAX_BYTES_AT_ONCE)) return;
      from.shift();
      void start(job);
    }
  };
  const calm = (): void => {
    timer = undefined;
    isCalm = true;
    next();
  };

  return {
    add(job) {
      if (urgent.length + patient.length >= MAX_WAITING) return false;
      if (patient.length === 0) waitingSince = now();
      (job.isUrgent ? urgent : patient).push(job);
      isCalm = false;
      clearTimeout(timer);
      timer = setTimeout(calm, Math.max(0, Math.min(CALM, waitingSince + MAX_DELAY - now())));
      next();
      return true;
    },
  };
};
