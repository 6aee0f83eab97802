/** Long lists of rows of one height, of which only those in sight are in the document. */
import { useLayoutEffect, useState } from 'preact/hooks';

/** Rows drawn beyond what is visible, so that a fast scroll meets rows and not emptiness. */
const OVERSCAN = 8;
/** Rows drawn before the list has been measured. */
const FIRST_ROWS = 20;

/** The rows to be drawn, out of so many, following scrolling and resizing: from the first to the one before `to`. */
export const useWindow = (list: { readonly current: HTMLElement | null }, rowHeight: number, total: number) => {
  const [inSight, setInSight] = useState({ first: 0, count: FIRST_ROWS });
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const measure = () =>
      setInSight((before) => {
        const first = Math.floor(element.scrollTop / rowHeight);
        const count = Math.ceil(element.clientHeight / rowHeight) + 1;
        return before.first === first && before.count === count ? before : { first, count };
      });
    const resized = new ResizeObserver(measure);
    resized.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      resized.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, [list, rowHeight]);
  const { first, count } = inSight;
  const from = Math.max(0, Math.min(first, total - count) - OVERSCAN);
  return { from, to: from + count + 2 * OVERSCAN };
};

/** Scrolls just so far that the row is in sight, and not below what sticks to the top. */
export const reveal = (list: HTMLElement, index: number, rowHeight: number, above = 0): void => {
  const top = index * rowHeight;
  const height = list.clientHeight - above;
  if (top < list.scrollTop) list.scrollTop = top;
  else if (top + rowHeight > list.scrollTop + height) list.scrollTop = top + rowHeight - height;
};

/** How far a key moves in a list; undefined for one that does not. Home and End are for the list itself. */
export const stepOf = (key: string, list: HTMLElement | null, rowHeight: number): number | undefined => {
  const page = Math.max(1, Math.floor((list?.clientHeight ?? rowHeight) / rowHeight) - 1);
  const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page };
  return steps[key];
};
