import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Lineages } from '../../core/judge/lineage.ts';
import { presentOf } from '../model/present.ts';
import type { Row } from '../model/timeline.ts';
import { layOutRow } from '../model/timeline-layout.ts';
import { usePanel } from './panel-context.ts';
import { TimelineAxis, TimelineNow } from './timeline-axis.tsx';
import { TimelineControls } from './timeline-controls.tsx';
import { itemsOf, type TimelineItem, toldOf } from './timeline-items.ts';
import { itemAt, timelineKeys } from './timeline-keys.ts';
import { NARROW, rowId, TimelineRow, WIDE } from './timeline-row.tsx';
import { timelineWords } from './timeline-words.ts';
import { useDragged } from './use-dragged.ts';
import { useTimeWindow } from './use-time-window.ts';
import { useWidth } from './use-width.ts';
import { useWindow } from './use-window.ts';
import { useWords } from './words.ts';

/** Of the names at the left; none where the plot is narrow, and the names stand above the bars. */
const LABELS_WIDTH = 200;
const WIDE_LABELS_WIDTH = 250;
const NARROW_WIDTH = 600;
const WIDE_WIDTH = 1000;

/** How many lives of these rows have begun and ended: only when it changes does a bar look another way. */
const passedBy = (rows: readonly Row[], now: number): number => {
  let passed = 0;
  for (const { links } of rows) {
    for (const { from, until } of links)
      passed += (from <= now ? 1 : 0) + (until !== undefined && until <= now ? 1 : 0);
  }
  return passed;
};

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
  const { source, log, selection, selected, show, selectExchange, timeOf } = model;
  const now = presentOf(model);
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

  const onKeyDown = timelineKeys({ plot: scroller, time, items, width, reached, open });

  // What had the focus may be one with its neighbour now.
  useLayoutEffect(() => {
    if (current === undefined || names.has(current)) return;
    setCurrent(undefined);
    if (document.activeElement === document.body) scroller.current?.focus();
  }, [names, current]);

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
