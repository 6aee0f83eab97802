import { useLayoutEffect, useMemo, useState } from 'preact/hooks';
import { createTimeline, type Row } from '../model/timeline.ts';
import { WhyNothing } from './empty-state.tsx';
import { usePanel } from './panel-context.ts';
import { TimelinePlot } from './timeline-plot.tsx';
import { TimelineTable } from './timeline-table.tsx';

/** What will appear here, and why nothing has. */
const NoTokens = () => {
  const { source } = usePanel();
  return (
    <main class="empty">
      <h1>{source.text('timeline_empty_title')}</h1>
      <p>{source.text('timeline_empty_body')}</p>
      <WhyNothing />
    </main>
  );
};

/** The rows with a token that passes the filter of the toolbar. */
const usePassing = (rows: readonly Row[]): readonly Row[] => {
  const { filter, shown } = usePanel();
  const passing = filter.value.trim() === '' ? undefined : shown.value;
  return useMemo(() => {
    if (!passing) return rows;
    const ids = new Set(passing.map(({ id }) => id));
    return rows.filter(({ links }) => links.some(({ token }) => ids.has(token)));
  }, [rows, passing]);
};

/** Each token's life, what was sent with it, and how it was renewed: as a picture, or the same as a table. */
export const Timeline = () => {
  const model = usePanel();
  const { source, log } = model;
  const timeline = useMemo(() => createTimeline(model), [model]);
  useLayoutEffect(() => timeline.dispose, [timeline]);
  const [asTable, showTable] = useState(false);
  const drawn = timeline.drawn.value;
  const rows = usePassing(drawn.rows);
  if (log.entries.value.length === 0) return <NoTokens />;
  const toggle = (
    <button type="button" class="toggle" aria-pressed={asTable} onClick={() => showTable(!asTable)}>
      {source.text('timeline_as_table')}
    </button>
  );
  return (
    <main class="view timeline">
      <h1 class="spoken">{source.text('tab_timeline')}</h1>
      {asTable ? (
        <>
          <div class="bar">
            <span class="grow" />
            {toggle}
          </div>
          <TimelineTable rows={rows} />
        </>
      ) : (
        <TimelinePlot rows={rows} lineages={drawn.lineages} toggle={toggle} />
      )}
      {rows.length === 0 && drawn.rows.length > 0 && <p class="nothing">{source.text('list_nothing_passes')}</p>}
    </main>
  );
};
