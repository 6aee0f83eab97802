/**
 * Work that keeps a distance to itself: once for all that ask in the meantime, and in a task of its own, since who asks
 * has worked already.
 * @param pause ms from one time to the next, asked each time; 0 where the work is so little that it is done at once
 */
export const paced = (pause: () => number, work: () => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let doneAt = Number.NEGATIVE_INFINITY;
  const run = () => {
    timer = undefined;
    doneAt = performance.now();
    work();
  };
  return {
    ask() {
      if (timer !== undefined) return;
      const wait = pause();
      if (wait === 0) run();
      else timer = setTimeout(run, Math.max(0, doneAt + wait - performance.now()));
    },
    stop() {
      clearTimeout(timer);
    },
  };
};
