import { useLayoutEffect, useState } from 'preact/hooks';
import type { ExchangeRecord } from '../../core/capture/records.ts';
import { formatDuration } from '../../core/judge/duration.ts';
import { refreshedLate, supersededAt } from '../../core/judge/lineages.ts';
import { createTimeline } from '../model/timeline.ts';
import { usePanel } from './panel-context.ts';

/** Of a token that was refused: that a newer one of its lineage was there already, or that the refresh came too late. */
export const NewerToken = ({ token, exchange }: { token: string; exchange: ExchangeRecord }) => {
  const model = usePanel();
  const { source, dates, now, selection, show } = model;
  const [timeline] = useState(() => createTimeline(model));
  useLayoutEffect(() => timeline.dispose, [timeline]);
  const { lineages } = timeline.drawn.value;
  const newer = supersededAt(lineages, token, exchange.start);
  const late = refreshedLate(lineages, token, exchange.start);
  const next = newer?.token ?? late?.token;
  if (next === undefined || exchange.startUnknown) return null;
  const open = () => {
    selection.select(next);
    show('tokens');
  };
  return (
    <p class="newer">
      {newer && source.text('newer_here', dates.local(newer.since, now.peek()))}
      {!newer && late && source.text('newer_late', formatDuration(late.gap, source.text))}{' '}
      <button type="button" class="link" onClick={open}>
        {source.text('newer_show')}
      </button>
    </p>
  );
};
