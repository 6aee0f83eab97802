import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Lineages } from '../../core/judge/lineage.ts';
import type { Row } from '../model/timeline.ts';
import { layOutRow } from '../model/timeline-layout.ts';
import { usePanel } from './panel-context.ts';
import { TimelineAxis, TimelineNow } from './timeline-axis.tsx';
import { TimelineControls } from './timeline-controls.tsx';
import { itemsOf, type TimelineItem, toldOf } from './timeline-items.ts';
import { NARROW, rowId, TimelineRow, WIDE } from './timeline-row.tsx';
import { timelineWords } from './timeline-words.ts';
import { useDragged } from './use-dragged.ts';
import { useTimeWindow } from './use-time-window.ts';
import { useWindow } from './use-window.ts';
import { useWords } from './words.ts';

/** Of the names at the left; none where the plot is narrow, and the names stand above the bars. */
const LABELS_WIDTH = 200;
const WIDE_LABELS_WIDTH = 250;
const NARROW_WIDTH = 600;
const WIDE_WIDTH = 1000;
/** Before the plot has been measured. */
const FIRST_WIDTH = 800;
/** One press of an arrow key, and one with Shift, as a share of what is shown. */
const PAN = 0.1;
const PAN_FAR = 0.6;

/** The width that the rows have, without the scroll bar. */
const useWidth = (element: { readonly current: HTMLElement | null }): number => {
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

/** How many lives of these rows have begun and ended: only when it changes does a bar look another way. */
const passedBy = (rows: readonly Row[], now: number): number => {
  let passed = 0;
  for (const { links } of rows) {
    for (const { from, until } of links)
      passed += (from <= now ? 1 : 0) + (until !== undefined && until <= now ? 1 : 0);
  }
  return passed;
};

const itemAt = (target: EventTarget | null): string | undefined =>
  target instanceof Element ? (target.closest('[data-item]')?.getAttribute('data-item') ?? undefined) : undefined;

/** Lives as bars, requests as ticks, refusals as crosses, refreshes as joints: zoomed, moved, and walked through by keys. */
export const TimelinePlot = ({
  rows,
  lineages,
  toggle,
}: {
  rows: readonly Row[];
  lineages: Lineages;
  toggle: ComponentChildren;
}) => {
  const model = usePanel();
  const { source, log, now, selection, selected, show, selectExchange, timeOf } = model;
  const plainWords = useWords();
  const words = useMemo(() => timelineWords(model, plainWords), [model, plainWords]);
  const scroller = useRef<HTMLElement>(null);
  const [current, setCurrent] = useState<string>();
  const [pointed, point] = useState<string>();
  const time = useTimeWindow(rows);
  const { window } = time;
  const whole = useWidth(scroller);
  const isNarrow = whole < NARROW_WIDTH;
  const geometry = isNarrow ? NARROW : WIDE;
  const left = isNarrow ? 0 : whole < WIDE_WIDTH ? LABELS_WIDTH : WIDE_LABELS_WIDTH;
  const width = Math.max(1, whole - left);
  const { from, to } = useWindow(scroller, geometry.height, rows.length);
  const inSight = useMemo(() => rows.slice(from, to), [rows, from, to]);
  const passed = passedBy(inSight, now.value);

  const layouts = useMemo(() => {
    const isReadable = (token: string) => {
      const entry = log.entry(token);
      return entry !== undefined && timeOf(entry, now.peek()).state !== 'unreadable';
    };
    return inSight.map((row) => layOutRow(row, window, width, now.peek(), isReadable));
  }, [inSight, window, width, passed, log, now, timeOf]);
  const said = { lineages, log, words };
  const items = useMemo(() => layouts.map((layout) => itemsOf(layout, said)), [layouts]);
  const names = useMemo(() => new Map(items.flat().map(({ id, name }) => [id, name])), [items]);
  const reached = current !== undefined && names.has(current) ? current : items[0]?.[0]?.id;
  const picked = selected.value?.id;
  // Neither a second that passes nor a pointer that moves draws them anew.
  const drawn = useMemo(
    () =>
      layouts.map((layout, index) => (
        <TimelineRow
          key={rowId(layout)}
          {...{ layout, geometry, left, width, words, names }}
          top={(from + index) * geometry.height}
          current={reached}
          selected={picked}
        />
      )),
    [layouts, geometry, left, width, words, names, from, reached, picked],
  );
  const dragged = useDragged(width, window, time.set);

  const itemOf = (id: string | undefined): TimelineItem | undefined =>
    id === undefined ? undefined : items.flat().find((one) => one.id === id);

  const open = (id: string | undefined) => {
    const item = itemOf(id);
    if (item?.row) time.showRow(item.row);
    else if (item?.exchange !== undefined) {
      selectExchange(item.exchange);
      show('exchanges');
    } else if (item?.token !== undefined) {
      selection.select(item.token);
      show('tokens');
    }
  };

  const focusItem = (item: TimelineItem | undefined) => {
    if (!item) return;
    scroller.current?.querySelector<HTMLElement>(`[data-item=${JSON.stringify(item.id)}]`)?.focus();
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

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const id = itemAt(event.target);
    const arrow = arrows[event.key];
    const zoom = zooms[event.key];
    const x = itemOf(id)?.x ?? -1;
    if (zoom) zoom(x >= 0 && x <= width ? x / width : undefined);
    else if (id === undefined && arrow?.[0]) time.pan(arrow[0] * (event.shiftKey ? PAN_FAR : PAN));
    else if (id === undefined && event.key === 'Enter') focusItem(itemOf(reached));
    else if (id !== undefined && arrow) walk(id, ...arrow);
    else if (id !== undefined && (event.key === 'Enter' || event.key === ' ')) open(id);
    else if (id !== undefined && event.key === 'Escape') scroller.current?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const onWheel = (event: WheelEvent) => {
    const { current: plot } = scroller;
    if (!plot) return;
    const scrolls = plot.scrollHeight > plot.clientHeight;
    const isAcross = Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (isAcross || event.shiftKey) time.pan((isAcross ? event.deltaX : event.deltaY) / width);
    else if (event.ctrlKey || event.metaKey || !scrolls) {
      const place = (event.clientX - plot.getBoundingClientRect().left - left) / width;
      time.zoomBy(event.deltaY, Math.max(0, Math.min(1, place)));
    } else return;
    event.preventDefault();
  };

  return (
    <>
      <TimelineControls time={time} toggle={toggle} />
      <div class={isNarrow ? 'timeline-plot narrow' : 'timeline-plot'}>
        <TimelineAxis window={window} left={left} width={width} />
        <section
          class="timeline-rows"
          aria-label={source.text('timeline_name')}
          aria-describedby="timeline-hint"
          tabIndex={0}
          ref={scroller}
          onKeyDown={onKeyDown}
          onWheel={onWheel}
          onClick={(event) => open(itemAt(event.target))}
          onPointerDown={dragged}
          onPointerOver={(event) => point(itemAt(event.target))}
          onPointerLeave={() => point(undefined)}
          onFocusIn={(event) => {
            setCurrent(itemAt(event.target) ?? current);
            point(itemAt(event.target));
          }}
          onFocusOut={() => point(undefined)}
        >
          <div style={{ height: `${rows.length * geometry.height}px` }}>{drawn}</div>
        </section>
        <TimelineNow window={window} left={left} width={width} />
      </div>
      <p class="timeline-tip">
        {toldOf(pointed, layouts, said) ?? <span class="dim">{source.text('timeline_hint')}</span>}
      </p>
      <span class="spoken" id="timeline-hint">
        {source.text('timeline_hint')}
      </span>
    </>
  );
};
