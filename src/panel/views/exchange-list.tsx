import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { exchangesOf } from '../model/exchanges.ts';
import { COLUMN_COUNT, ExchangeHead } from './exchange-head.tsx';
import { ExchangeRow } from './exchange-row.tsx';
import { usePanel } from './panel-context.ts';
import { reveal, stepOf, useWindow } from './use-window.ts';

/** Heights in px, of a row in one line and in two, and of the names above them; `exchanges.css` says the same. */
const ROW_HEIGHT = 24;
const NARROW_ROW_HEIGHT = 41;
const HEAD_HEIGHT = 24;
/** A list of this width or less has rows of two lines. */
const NARROW = 640;

/** Whether the list is narrow: beside the detail it is where the panel is not. */
const useNarrow = (list: { readonly current: HTMLElement | null }): boolean => {
  const [narrow, setNarrow] = useState(false);
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const measure = () => setNarrow(element.clientWidth > 0 && element.clientWidth <= NARROW);
    measure();
    const resized = new ResizeObserver(measure);
    resized.observe(element);
    return () => resized.disconnect();
  }, [list]);
  return narrow;
};

const focusDetail = () => document.querySelector<HTMLElement>('.detail')?.focus();

/** The exchanges that pass, as a grid by rows: arrow keys move, Enter opens, Escape closes. */
export const ExchangeList = () => {
  const model = usePanel();
  const { source, exchange, selectExchange, tell, log } = model;
  const { rows } = exchangesOf(model);
  const list = useRef<HTMLTableElement>(null);
  const narrow = useNarrow(list);
  const height = narrow ? NARROW_ROW_HEIGHT : ROW_HEIGHT;
  const all = rows.value;
  const { from, to } = useWindow(list, height, all.length);
  const inSight = all.slice(from, to);
  const id = exchange.value;
  const isOpening = useRef(false);

  const indexOf = (wanted: string | undefined) => rows.peek().findIndex((row) => row.exchange.id === wanted);

  useLayoutEffect(() => {
    const index = indexOf(id);
    if (index >= 0 && list.current) reveal(list.current, index, height, HEAD_HEIGHT);
    // The detail comes with the selection.
    if (isOpening.current) focusDetail();
    isOpening.current = false;
  }, [id, height]);

  const move = (by: number) => {
    const at = indexOf(id);
    const start = at >= 0 ? at : by < 0 ? all.length : -1;
    const next = all[Math.max(0, Math.min(all.length - 1, start + by))];
    if (next) selectExchange(next.exchange.id);
  };

  const copy = async (url: string) => tell(source.text((await source.copy(url)) ? 'exchanges_copied' : 'copy_failed'));

  const onKeyDown = (event: KeyboardEvent) => {
    // The buttons of the columns have keys of their own.
    if (event.target !== event.currentTarget) return;
    const current = id === undefined ? undefined : log.exchange(id);
    const by = stepOf(event.key, list.current, height);
    if (by) move(by);
    else if (event.key === 'Home' || event.key === 'End') {
      selectExchange(all.at(event.key === 'Home' ? 0 : -1)?.exchange.id ?? id);
    } else if (event.key === 'Enter') {
      if (current) focusDetail();
      else {
        // What moves nowhere opens nothing, now or later.
        isOpening.current = all.length > 0;
        move(1);
      }
    } else if (event.key === 'Escape' && id !== undefined) selectExchange(undefined);
    else if (event.key.toLowerCase() === 'c' && (event.ctrlKey || event.metaKey) && current) void copy(current.url);
    else return;
    event.preventDefault();
    // What is done here DevTools need not do too: its Escape opens the drawer.
    event.stopPropagation();
  };

  const onClick = (event: Event) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-id]') : undefined;
    if (row) selectExchange(row.dataset.id);
  };

  return (
    <table
      class={narrow ? 'list exchanges narrow' : 'list exchanges'}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is a table that one moves in (WAI-ARIA 1.2)
      role="grid"
      tabIndex={0}
      aria-label={source.text('exchanges_name')}
      aria-rowcount={all.length + 1}
      aria-colcount={COLUMN_COUNT}
      aria-activedescendant={inSight.some((row) => row.exchange.id === id) ? `exchange-${id}` : undefined}
      ref={list}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <ExchangeHead />
      <tbody class="rows" style={{ height: `${all.length * height}px` }}>
        {inSight.map((row, index) => (
          <ExchangeRow
            // By place, so that rows that scroll or come lend their elements to the next, which costs half.
            key={(from + index) % (to - from)}
            row={row}
            index={from + index}
            top={(from + index) * height}
            selected={row.exchange.id === id}
          />
        ))}
      </tbody>
      {all.length === 0 && <caption class="nothing">{source.text('exchanges_nothing_passes')}</caption>}
    </table>
  );
};
