interface BrowserEvent<Args extends readonly unknown[]> {
  addListener(listener: (...args: Args) => void): void;
  removeListener(listener: (...args: Args) => void): void;
}

/** Listens to a browser's event; gives the undo. */
export const subscribe = <Args extends readonly unknown[]>(
  event: BrowserEvent<Args>,
  listener: (...args: Args) => void,
): (() => void) => {
  event.addListener(listener);
  return () => event.removeListener(listener);
};
