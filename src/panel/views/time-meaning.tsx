import { formatDuration } from '../../core/judge/duration.ts';
import type { Entry } from '../model/log.ts';
import { usePanel } from './panel-context.ts';

/** A NumericDate in words: local time, how far it is from now, UTC on hover; for `exp` the life, and how much is spent. */
export const TimeMeaning = ({ claim, seconds, entry }: { claim: string; seconds: number; entry: Entry }) => {
  const { source, now, dates, clocks, timeOf } = usePanel();
  const at = seconds * 1000;
  const answer = timeOf(entry, now.value);
  const start = answer.notBefore ?? answer.issuedAt;
  const life = claim === 'exp' && start !== undefined && at > start ? at - start : undefined;
  if (!Number.isFinite(new Date(at).getTime())) return null;
  return (
    <>
      <span title={dates.utc(at)}>
        {dates.local(at, now.value)}, {dates.relative(at, now.value + (clocks.of(entry)?.offset ?? 0))}
      </span>
      <span class="utc"> · {dates.utc(at)}</span>
      {life !== undefined && <span> · {source.text('time_life', formatDuration(life, source.text))}</span>}
      {life !== undefined && answer.spent !== undefined && (
        <meter
          class={`life ${answer.state}`}
          min={0}
          max={1}
          value={answer.spent}
          aria-label={source.text('time_spent', String(Math.round(answer.spent * 100)))}
        />
      )}
    </>
  );
};
