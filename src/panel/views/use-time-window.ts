import { useMemo, useState } from 'preact/hooks';
import { presentOf } from '../model/present.ts';
import type { Row } from '../model/timeline.ts';
import { firstSeenOf, fitOf, fitRow, panned, steppedNow, type TimeWindow, zoomed } from '../model/timeline-window.ts';
import { usePanel } from './panel-context.ts';

/** One press of a button or key, and one notch of a wheel (100 px of it). */
const ZOOM = 1.5;
const ZOOM_PER_PX = 1.0025;

export interface ShownTime {
  readonly window: TimeWindow;
  /** It shows all, and follows what comes. */
  readonly isAll: boolean;
  /** Around a place from 0 to 1, the middle if none is given. */
  zoomIn(place?: number): void;
  zoomOut(place?: number): void;
  /** By a wheel turned so many px, around a place from 0 to 1. */
  zoomBy(px: number, place: number): void;
  pan(share: number): void;
  set(window: TimeWindow): void;
  showRow(row: Row): void;
  showAll(): void;
}

/** Which stretch of time is shown: all, until somebody zooms or moves. */
export const useTimeWindow = (rows: readonly Row[]): ShownTime => {
  const now = presentOf(usePanel());
  const [chosen, choose] = useState<TimeWindow>();
  const first = useMemo(() => firstSeenOf(rows), [rows]) ?? now.value;
  const last = steppedNow(first, now.value);
  const { from, to } = useMemo(() => fitOf(rows, first, last), [rows, first, last]);
  const all = useMemo(() => ({ from, to }), [from, to]);
  const window = chosen ?? all;
  const change = (by: (before: TimeWindow) => TimeWindow) => choose((before) => by(before ?? all));
  return {
    window,
    isAll: chosen === undefined,
    zoomIn: (place) => change((before) => zoomed(before, 1 / ZOOM, place)),
    zoomOut: (place) => change((before) => zoomed(before, ZOOM, place)),
    zoomBy: (px, place) => change((before) => zoomed(before, ZOOM_PER_PX ** px, place)),
    pan: (share) => change((before) => panned(before, share)),
    set: choose,
    showRow: (row) => choose(fitRow(row, now.peek())),
    showAll: () => choose(undefined),
  };
};
