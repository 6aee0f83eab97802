/** How long one slice of work may hold the panel's thread, in ms: half a frame, so that input and painting get theirs. */
export const SLICE_MS = 8;

/** Settles once the browser had its turn. */
export const nextTask = () =>
  new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });

/**
 * A queue that works through its items in slices of a few milliseconds, in order.
 * @param work one item
 * @param sliced called after each slice, with whether the queue is empty
 */
export const inSlices = <Item>(work: (item: Item) => void, sliced: (empty: boolean) => void) => {
  let queue: Item[] = [];
  let running = false;
  let stopped = false;

  const run = async () => {
    running = true;
    while (queue.length > 0 && !stopped) {
      const batch = queue;
      queue = [];
      let end = performance.now() + SLICE_MS;
      for (const item of batch) {
        work(item);
        if (performance.now() < end) continue;
        sliced(false);
        await nextTask();
        if (stopped) return;
        end = performance.now() + SLICE_MS;
      }
    }
    running = false;
    if (!stopped) sliced(true);
  };

  return {
    add(items: readonly Item[]) {
      for (const item of items) queue.push(item);
      if (!running) void run();
    },
    stop() {
      stopped = true;
    },
  };
};
