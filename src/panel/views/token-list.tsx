import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { usePanel } from './panel-context.ts';
import { TokenRow } from './token-row.tsx';

/**
 * Height of a row in px; the style sheet's `.row` says the same. Rows of one height need no measuring, and so no
 * library: @tanstack/virtual-core alone would be a quarter of the panel's first load.
 */
const ROW_HEIGHT = 45;
/** Rows drawn beyond what is visible, so that a fast scroll meets rows and not emptiness. */
const OVERSCAN = 8;
/** Rows drawn before the list has been measured. */
const FIRST_ROWS = 20;

/** The first row in sight and how many fit, following scrolling and resizing. */
const useWindow = (list: { readonly current: HTMLElement | null }) => {
  const [inSight, setInSight] = useState({ first: 0, count: FIRST_ROWS });
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const measure = () =>
      setInSight((before) => {
        const first = Math.floor(element.scrollTop / ROW_HEIGHT);
        const count = Math.ceil(element.clientHeight / ROW_HEIGHT) + 1;
        return before.first === first && before.count === count ? before : { first, count };
      });
    const resized = new ResizeObserver(measure);
    resized.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      resized.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, [list]);
  return inSight;
};

/** Scrolls just so far that the row is in sight. */
const reveal = (list: HTMLElement, index: number) => {
  const top = index * ROW_HEIGHT;
  if (top < list.scrollTop) list.scrollTop = top;
  else if (top + ROW_HEIGHT > list.scrollTop + list.clientHeight) list.scrollTop = top + ROW_HEIGHT - list.clientHeight;
};

/** The tokens, newest first. Only the rows in sight are in the document. */
export const TokenList = () => {
  const { source, shown, selection, selected, tell } = usePanel();
  const list = useRef<HTMLDivElement>(null);
  const { first, count } = useWindow(list);
  const entries = shown.value;
  const from = Math.max(0, Math.min(first, entries.length - count) - OVERSCAN);
  const inSight = entries.slice(from, from + count + 2 * OVERSCAN);
  const id = selection.id.value;

  useLayoutEffect(() => {
    const index = shown.peek().findIndex((entry) => entry.id === id);
    if (index >= 0 && list.current) reveal(list.current, index);
  }, [id, shown]);

  const page = () => Math.max(1, Math.floor((list.current?.clientHeight ?? ROW_HEIGHT) / ROW_HEIGHT) - 1);
  const moves: Readonly<Record<string, () => number>> = {
    ArrowDown: () => 1,
    ArrowUp: () => -1,
    PageDown: page,
    PageUp: () => -page(),
  };
  // Not moves: from a row that the filter hides they would begin at the other end.
  const ends: Readonly<Record<string, number>> = { Home: 0, End: -1 };

  const copy = async (compact: string) =>
    tell(source.text((await source.copy(compact)) ? 'copied_token' : 'copy_failed'));

  const onKeyDown = (event: KeyboardEvent) => {
    const current = selected.peek();
    const by = moves[event.key];
    const end = ends[event.key];
    if (by) selection.move(by());
    else if (end !== undefined) selection.select(entries.at(end)?.id ?? current?.id);
    else if (event.key === 'Enter') {
      if (!current) selection.move(0);
      document.querySelector<HTMLElement>('.detail')?.focus();
    } else if (event.key === 'Escape' && current) selection.select(undefined);
    else if (event.key.toLowerCase() === 'c' && (event.ctrlKey || event.metaKey) && current) void copy(current.compact);
    else return;
    event.preventDefault();
    // What is done here DevTools need not do too: its Escape opens the drawer.
    event.stopPropagation();
  };

  const onClick = (event: Event) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('.row') : undefined;
    if (row) selection.select(row.dataset.id);
  };

  return (
    <div
      class="list"
      role="listbox"
      tabIndex={0}
      aria-label={source.text('list_name')}
      aria-activedescendant={inSight.some((entry) => entry.id === id) ? `row-${id}` : undefined}
      ref={list}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <div class="rows" role="presentation" style={{ height: `${entries.length * ROW_HEIGHT}px` }}>
        {inSight.map((entry, index) => (
          <TokenRow
            key={entry.id}
            entry={entry}
            index={from + index}
            count={entries.length}
            top={(from + index) * ROW_HEIGHT}
          />
        ))}
      </div>
      {entries.length === 0 && <p class="nothing">{source.text('list_nothing_passes')}</p>}
    </div>
  );
};
