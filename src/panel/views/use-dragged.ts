import type { TimeWindow } from '../model/timeline-window.ts';
import { panned } from '../model/timeline-window.ts';

/** A hand that clicks moves a little, too, in px. */
const STEADY = 4;

/** What begins with a press in the plot: from so many px on it moves the time along, and is no click. */
export const useDragged =
  (width: number, window: TimeWindow, set: (window: TimeWindow) => void) =>
  (down: PointerEvent): void => {
    const plot = down.currentTarget;
    if (!(plot instanceof HTMLElement) || down.button !== 0 || down.pointerType === 'touch') return;
    let moving = false;
    const onMove = ({ clientX, pointerId }: PointerEvent) => {
      const moved = clientX - down.clientX;
      if (!moving && Math.abs(moved) < STEADY) return;
      // Captured, what is under the pointer at the end is not clicked.
      if (!moving) plot.setPointerCapture(pointerId);
      moving = true;
      set(panned(window, -moved / width));
    };
    const stop = new AbortController();
    plot.addEventListener('pointermove', onMove, stop);
    for (const end of ['pointerup', 'pointercancel']) plot.addEventListener(end, () => stop.abort(), stop);
  };
