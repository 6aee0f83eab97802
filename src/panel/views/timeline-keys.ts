/** The keys of the timeline: of the plot itself they move and zoom, of what is drawn in it they walk and open. */
import type { TimelineItem } from './timeline-items.ts';
import type { ShownTime } from './use-time-window.ts';

/** One press of an arrow key, and one with Shift, as a share of what is shown. */
const PAN = 0.1;
const PAN_FAR = 0.6;

/** The id of what is drawn there. */
export const itemAt = (target: EventTarget | null): string | undefined =>
  target instanceof Element ? (target.closest('[data-item]')?.getAttribute('data-item') ?? undefined) : undefined;

interface Keyed {
  readonly plot: { readonly current: HTMLElement | null };
  readonly time: ShownTime;
  /** By rows. */
  readonly items: readonly (readonly TimelineItem[])[];
  readonly width: number;
  /** The item that Tab reaches. */
  readonly reached: string | undefined;
  open(id: string): void;
}

/** What a key does in the plot; a key that is not for it goes on to the browser. */
export const timelineKeys = ({ plot, time, items, width, reached, open }: Keyed) => {
  const find = (id: string | undefined) => items.flat().find((one) => one.id === id);

  const focusItem = (item: TimelineItem | undefined) => {
    const drawn = [...(plot.current?.querySelectorAll<HTMLElement>('[data-item]') ?? [])];
    drawn.find((one) => one.dataset.item === item?.id)?.focus();
  };

  /** To the item beside it, or to the nearest of the row above or below. */
  const walk = (id: string, across: number, down: number) => {
    const row = items.findIndex((all) => all.some((one) => one.id === id));
    const at = items[row]?.findIndex((one) => one.id === id) ?? -1;
    if (across !== 0) return focusItem(items[row]?.[at + across]);
    const x = items[row]?.[at]?.x ?? 0;
    const others = items[row + down] ?? [];
    const distance = (one: TimelineItem) => Math.abs(one.x - x);
    focusItem(others.toSorted((a, b) => distance(a) - distance(b))[0]);
  };

  const zooms: Readonly<Record<string, (place?: number) => void>> = {
    '+': time.zoomIn,
    '=': time.zoomIn,
    '-': time.zoomOut,
    '0': () => time.showAll(),
  };
  const arrows: Readonly<Record<string, readonly [across: number, down: number]>> = {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, -1],
    ArrowDown: [0, 1],
  };

  return (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const id = itemAt(event.target);
    const arrow = arrows[event.key];
    const zoom = zooms[event.key];
    const x = find(id)?.x ?? -1;
    if (zoom) zoom(x >= 0 && x <= width ? x / width : undefined);
    else if (id === undefined && arrow?.[0]) time.pan(arrow[0] * (event.shiftKey ? PAN_FAR : PAN));
    else if (id === undefined && event.key === 'Enter') focusItem(find(reached));
    else if (id !== undefined && arrow) walk(id, ...arrow);
    else if (id !== undefined && (event.key === 'Enter' || event.key === ' ')) open(id);
    else if (id !== undefined && event.key === 'Escape') plot.current?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
};
