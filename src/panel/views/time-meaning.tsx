import { formatDuration } from '../../core/judge/duration.ts';
import type { JsonObject } from '../../core/token/decoded.ts';
import type { Entry } from '../model/log.ts';
import { usePanel } from './panel-context.ts';
import { relativeTime } from './relative-time.ts';

interface TimeProps {
  /** Whose servers' clock counts. */
  readonly entry: Entry;
  /** The claims that it stands among. */
  readonly payload: JsonObject | undefined;
}

/** A NumericDate in words: local time, how far it is from the moment of the verdict, UTC; for `exp` the length of the life. */
export const TimeMeaning = ({ claim, seconds, entry, payload }: TimeProps & { claim: string; seconds: number }) => {
  const model = usePanel();
  const { source, now, moment, dates, timeOf } = model;
  const at = seconds * 1000;
  const answer = timeOf(entry, moment(entry), payload);
  const start = answer.notBefore ?? answer.issuedAt;
  const life = claim === 'exp' && start !== undefined && at > start ? at - start : undefined;
  return (
    <>
      <span title={dates.utc(at)}>
        {dates.local(at, now.value)}, {relativeTime(model, entry, at)}
      </span>
      <span class="utc"> · {dates.utc(at)}</span>
      {life !== undefined && <span> · {source.text('time_life', formatDuration(life, source.text))}</span>}
    </>
  );
};

/** How much of the life is spent, as a bar. */
export const LifeBar = ({ entry, payload }: TimeProps) => {
  const { source, moment, timeOf } = usePanel();
  const { spent, state } = timeOf(entry, moment(entry), payload);
  if (spent === undefined) return null;
  return (
    <meter
      class={`life ${state}`}
      min={0}
      max={1}
      value={spent}
      aria-label={source.text('time_spent', String(Math.round(spent * 100)))}
    />
  );
};
