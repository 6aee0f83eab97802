/** The stretch of time that the timeline shows. Pure; all times in ms since the epoch. */
import type { Row } from './timeline.ts';

export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

/** Marks of one request cannot be told apart any finer. */
const MIN_SPAN = 200;
/** A token that lives for a hundred years is drawn to its end, and dates behind that are no dates. */
const MAX_SPAN = 200 * 31_557_600_000;
/** ECMA-262 time values end here. */
const LAST_TIME = 8.64e15;
/** A fresh log shows at least so much around itself. */
const LEAST = 20_000;
/** Ends of lives that are near enough to be shown with what was seen. */
const NEAR = 120_000;
/** The window that shows all stands still, and makes a step of so much of its length (or twice) when now comes near its end. */
const STEP = 1 / 8;
/** Room on both sides of what is shown, as a share of it. */
const MARGIN = 0.04;

/** Inside the bounds of time and of zoom, the middle kept. */
const bounded = ({ from, to }: TimeWindow): TimeWindow => {
  const span = Math.min(MAX_SPAN, Math.max(MIN_SPAN, to - from));
  const middle = Math.min(LAST_TIME - MAX_SPAN, Math.max(-LAST_TIME + MAX_SPAN, (from + to) / 2));
  return { from: middle - span / 2, to: middle + span / 2 };
};

const around = (from: number, to: number): TimeWindow => {
  const room = Math.max(to - from, MIN_SPAN) * MARGIN;
  return bounded({ from: from - room, to: to + room });
};

/** Longer (factor above 1) or shorter, around a place in it from 0 to 1. */
export const zoomed = ({ from, to }: TimeWindow, factor: number, place = 0.5): TimeWindow => {
  const still = from + (to - from) * place;
  return bounded({ from: still - (still - from) * factor, to: still + (to - still) * factor });
};

/** Later by so much of its length, or earlier. */
export const panned = ({ from, to }: TimeWindow, share: number): TimeWindow =>
  bounded({ from: from + (to - from) * share, to: to + (to - from) * share });

/** When the first of the tokens was seen; undefined when there is none. */
export const firstSeenOf = (rows: readonly Row[]): number | undefined => {
  let first: number | undefined;
  for (const { links } of rows) for (const { seen } of links) if (first === undefined || seen < first) first = seen;
  return first;
};

/** A moment a little after now that stands still for a while: it moves on in steps, which grow with what there is to see. */
export const steppedNow = (first: number, now: number): number => {
  const step = 2 ** Math.ceil(Math.log2(Math.max(LEAST, now - first))) * STEP;
  return Math.ceil(now / step) * step + step / 2;
};

/**
 * All that was seen since `first`, up to `last` (`steppedNow`), and the ends of lives that are near. A life that began long
 * before or ends long after does not press the rest together: it goes on beyond the edge.
 */
export const fitOf = (rows: readonly Row[], first: number, last: number): TimeWindow => {
  const near = Math.max(NEAR, (last - first) / 2);
  let [from, to] = [first, Math.max(last, first + LEAST)];
  for (const { links } of rows) {
    for (const link of links) {
      if (link.from < from && link.from > first - near) from = link.from;
      if (link.until !== undefined && link.until > to && link.until < last + near) to = link.until;
    }
  }
  return around(from, to);
};

/** All of one row: its lives, and its requests. */
export const fitRow = ({ links }: Row, now: number): TimeWindow => {
  let [from, to] = [links[0].from, links[0].seen];
  for (const link of links) {
    from = Math.min(from, link.from, link.seen);
    to = Math.max(to, link.until ?? now, link.uses.at(-1)?.at ?? link.seen);
  }
  return around(from, to);
};
