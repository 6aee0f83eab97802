import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { lazy } from './lazy.tsx';
import { usePanel } from './panel-context.ts';
import type { MenuPlace } from './row-menu.tsx';
import { TokenRow } from './token-row.tsx';
import { reveal, stepOf, useWindow } from './use-window.ts';

/**
 * Height of a row in px; the style sheet's `.row` says the same. Rows of one height need no measuring, and so no
 * library: @tanstack/virtual-core alone would be a quarter of the panel's first load.
 */
const ROW_HEIGHT = 45;

const RowMenu = lazy(() => import('./row-menu.tsx').then((module) => module.RowMenu));

const rowOf = ({ target }: Event) => (target instanceof Element ? target.closest<HTMLElement>('.row') : null);

/** The tokens, newest first. Only the rows in sight are in the document. */
export const TokenList = () => {
  const { source, shown, selection, selected, tell } = usePanel();
  const list = useRef<HTMLDivElement>(null);
  const entries = shown.value;
  const { from, to } = useWindow(list, ROW_HEIGHT, entries.length);
  const inSight = entries.slice(from, to);
  const id = selection.id.value;
  const [menu, openMenu] = useState<MenuPlace>();

  useLayoutEffect(() => {
    const index = shown.peek().findIndex((entry) => entry.id === id);
    if (index >= 0 && list.current) reveal(list.current, index, ROW_HEIGHT);
  }, [id, shown]);

  // Not moves: from a row that the filter hides they would begin at the other end.
  const ends: Readonly<Record<string, number>> = { Home: 0, End: -1 };

  const copy = async (compact: string) =>
    tell(source.text((await source.copy(compact)) ? 'copied_token' : 'copy_failed'));

  const onKeyDown = (event: KeyboardEvent) => {
    const current = selected.peek();
    const by = stepOf(event.key, list.current, ROW_HEIGHT);
    const end = ends[event.key];
    if (by) selection.move(by);
    else if (end !== undefined) selection.select(entries.at(end)?.id ?? current?.id);
    else if (event.key === 'Enter') {
      if (!current) selection.move(0);
      document.querySelector<HTMLElement>('.detail')?.focus();
    } else if (event.key === 'Escape' && current) selection.select(undefined);
    else if (event.key.toLowerCase() === 'c' && (event.ctrlKey || event.metaKey) && current) void copy(current.compact);
    // The browser's own event for these keys knows no row, and a Mac has none.
    else if ((event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) && current) openMenu({});
    else return;
    event.preventDefault();
    // What is done here DevTools need not do too: its Escape opens the drawer.
    event.stopPropagation();
  };

  const onClick = (event: Event) => {
    const row = rowOf(event);
    if (row) selection.select(row.dataset.id);
  };

  const onContextMenu = (event: MouseEvent) => {
    if (!rowOf(event)) return;
    onClick(event);
    openMenu({ x: event.clientX, y: event.clientY });
    event.preventDefault();
  };

  return (
    <>
      <div
        class="list"
        role="listbox"
        tabIndex={0}
        aria-label={source.text('list_name')}
        aria-activedescendant={inSight.some((entry) => entry.id === id) ? `row-${id}` : undefined}
        ref={list}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onContextMenu={onContextMenu}
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
      {menu && <RowMenu at={menu} onClose={() => openMenu(undefined)} />}
    </>
  );
};
