import { type ReadonlySignal, signal } from '@preact/signals';

/** The panel's clock: `now` in ms since the epoch, moved on at each full second. */
export const createTicker = (now: () => number): { readonly now: ReadonlySignal<number>; dispose(): void } => {
  const value = signal(now());
  let timer = 0;
  const schedule = () => {
    timer = window.setTimeout(tick, 1000 - (now() % 1000));
  };
  const tick = () => {
    value.value = now();
    schedule();
  };
  schedule();
  return { now: value, dispose: () => window.clearTimeout(timer) };
};
