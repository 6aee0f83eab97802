/** The one place of the tests that waits for time to pass. (So does vitest's `expect.poll`, by the same two numbers.) */
export const INTERVAL_MS = 40;
/** Ten times what the slowest step takes on two busy cores. */
export const WAIT_MS = 15_000;

export type Truthy<T> = Exclude<T, null | undefined | false | 0 | ''>;

/**
 * Asks until the answer is truthy, and resolves with it. A probe that throws has no answer yet.
 * Rejects after `timeout` ms with what was waited for and the last error or answer.
 */
export const poll = async <T>(what: string, probe: () => Promise<T>, timeout = WAIT_MS) => {
  const end = performance.now() + timeout;
  let last = 'it was never asked';
  do {
    try {
      const answer = await probe();
      if (answer) return answer as Truthy<T>;
      last = `the last answer was ${JSON.stringify(answer)}`;
    } catch (error) {
      last = String(error);
    }
    await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
  } while (performance.now() < end);
  throw new Error(`Waited ${timeout / 1000} s for ${what}; ${last}`);
};

/** Runs what asks for several things and expects something of each, until all of it holds. Rejects with what did not. */
export const eventually = async (block: () => Promise<void>): Promise<void> => {
  let failure: unknown;
  const holds = async () => {
    failure = await block().then(
      () => undefined,
      (error: unknown) => error ?? 'nothing',
    );
    return failure === undefined;
  };
  await poll('all that is expected', holds).catch(() => {
    throw failure;
  });
};

/** Rejects if the work takes longer than `timeout` ms; the work itself goes on. */
export const within = async <T>(what: string, work: Promise<T>, timeout = WAIT_MS): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took more than ${timeout / 1000} s`)), timeout);
  });
  return Promise.race([work, tooLate]).finally(() => clearTimeout(timer));
};
