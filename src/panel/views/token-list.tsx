import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
  type VirtualizerOptions,
} from '@tanstack/virtual-core';
import { useEffect, useLayoutEffect, useReducer, useRef, useState } from 'preact/hooks';
import { usePanel } from './panel-context.ts';
import { TokenRow } from './token-row.tsx';

/** Height of a row in px; the style sheet's `.row` says the same. */
const ROW_HEIGHT = 45;
/** Rows drawn beyond what is visible, so that a fast scroll meets rows and not emptiness. */
const OVERSCAN = 8;

const useVirtual = (count: number, list: { readonly current: HTMLElement | null }) => {
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const options: VirtualizerOptions<HTMLElement, HTMLElement> = {
    count,
    overscan: OVERSCAN,
    estimateSize: () => ROW_HEIGHT,
    getScrollElement: () => list.current,
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    onChange: () => redraw(0),
  };
  const [virtual] = useState(() => new Virtualizer(options));
  virtual.setOptions(options);
  useEffect(() => virtual._didMount(), [virtual]);
  useLayoutEffect(() => virtual._willUpdate());
  return virtual;
};

/** The tokens, newest first. Only the rows in sight are in the document. */
export const TokenList = () => {
  const { source, shown, selection, selected, tell } = usePanel();
  const list = useRef<HTMLDivElement>(null);
  const entries = shown.value;
  const virtual = useVirtual(entries.length, list);
  const page = () => Math.max(1, Math.floor((list.current?.clientHeight ?? ROW_HEIGHT) / ROW_HEIGHT) - 1);

  const id = selection.id.value;
  useEffect(() => {
    const index = shown.peek().findIndex((entry) => entry.id === id);
    if (index >= 0) virtual.scrollToIndex(index, { align: 'auto' });
  }, [id, virtual, shown]);

  const moves: Readonly<Record<string, () => number>> = {
    ArrowDown: () => 1,
    ArrowUp: () => -1,
    PageDown: page,
    PageUp: () => -page(),
    Home: () => -entries.length,
    End: () => entries.length,
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const by = moves[event.key];
    if (by) {
      event.preventDefault();
      selection.move(by());
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (!selected.peek()) selection.move(0);
      document.querySelector<HTMLElement>('.detail')?.focus();
    } else if (event.key === 'Escape' && selected.peek()) {
      event.preventDefault();
      selection.select(undefined);
    } else if (event.key.toLowerCase() === 'c' && (event.ctrlKey || event.metaKey) && selected.peek()) {
      if (document.getSelection()?.isCollapsed === false) return;
      event.preventDefault();
      const compact = selected.peek()?.compact ?? '';
      void source.copy(compact).then((done) => tell(source.text(done ? 'copied_token' : 'copy_failed')));
    }
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
      aria-activedescendant={id === undefined ? undefined : `row-${id}`}
      ref={list}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <div class="rows" role="presentation" style={{ height: `${virtual.getTotalSize()}px` }}>
        {virtual.getVirtualItems().map((item) => {
          const entry = entries[item.index];
          return (
            entry && (
              <TokenRow key={entry.id} entry={entry} index={item.index} count={entries.length} top={item.start} />
            )
          );
        })}
      </div>
      {entries.length === 0 && <p class="nothing">{source.text('list_nothing_passes')}</p>}
    </div>
  );
};
