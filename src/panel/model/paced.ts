/**
 * Work that keeps a distance to itself: done at once where the last time is long enough ago, else as soon as it is, once
 * for all that asked meanwhile.
 * @param pause ms from one time to the next
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
      const left = doneAt + pause() - performance.now();
      if (left > 0) timer = setTimeout(run, left);
      else run();
    },
    stop() {
      clearTimeout(timer);
    },
  };
};
