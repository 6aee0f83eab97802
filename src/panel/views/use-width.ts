import { useLayoutEffect, useState } from 'preact/hooks';

/** Before it has been measured. */
const FIRST_WIDTH = 800;

/** The width of what is in an element, without its scroll bar, in px; follows resizing. */
export const useWidth = (element: { readonly current: HTMLElement | null }): number => {
  const [width, setWidth] = useState(FIRST_WIDTH);
  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return;
    const measure = () => setWidth(current.clientWidth || FIRST_WIDTH);
    measure();
    const resized = new ResizeObserver(measure);
    resized.observe(current);
    return () => resized.disconnect();
  }, [element]);
  return width;
};
