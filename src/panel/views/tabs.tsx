import type { View } from '../model/model.ts';
import { usePanel } from './panel-context.ts';

const VIEWS: readonly View[] = ['tokens', 'exchanges', 'timeline', 'workbench'];
/** Where nothing is captured there are no requests. */
const PASTED: readonly View[] = ['tokens', 'workbench'];

/** The views of the panel, as tabs: arrow keys move, as in the browser's own (WAI-ARIA, tabs with automatic activation). */
export const Tabs = () => {
  const { source, imported, view, show, log } = usePanel();
  const views = source.captures || imported ? VIEWS : PASTED;
  log.revision.value;
  const counts: Readonly<Partial<Record<View, number>>> = { tokens: log.entries.value.length, exchanges: log.size() };

  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = views[views.indexOf(view.value) + by];
    if (by === 0 || !next) return;
    event.preventDefault();
    show(next);
    document.getElementById(`tab-${next}`)?.focus();
  };

  return (
    <div class="tabs" role="tablist" aria-label={source.text('tabs_name')} onKeyDown={onKeyDown}>
      {views.map((one) => (
        <button
          key={one}
          type="button"
          role="tab"
          id={`tab-${one}`}
          aria-selected={view.value === one}
          tabIndex={view.value === one ? 0 : -1}
          onClick={() => show(one)}
        >
          {source.text(`tab_${one}`)}
          {counts[one] !== undefined && <span class="dim"> {counts[one]}</span>}
        </button>
      ))}
    </div>
  );
};
