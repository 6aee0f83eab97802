import { useLayoutEffect, useRef } from 'preact/hooks';

/**
 * What has the focus may go with what a view draws anew, as a button that led elsewhere: `next` says what has it then. Left
 * to the browser it would be nobody's, and Tab begin at the top, in Chromium in DevTools itself.
 */
export const useKeptFocus = (next: () => HTMLElement | null | undefined): void => {
  const held = useRef<Element>(null);
  held.current = document.activeElement;
  useLayoutEffect(() => {
    const isLost = held.current?.isConnected === false && document.activeElement === document.body;
    // Kept until the next drawing, what has gone would keep its whole log.
    held.current = null;
    if (isLost) next()?.focus();
  });
};
