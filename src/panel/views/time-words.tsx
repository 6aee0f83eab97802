import { isNoticeable } from '../../core/judge/clock.ts';
import { formatDuration } from '../../core/judge/duration.ts';
import type { TimeAnswer } from '../../core/judge/verdict.ts';
import type { Entry } from '../model/log.ts';
import { isSealed } from '../model/opened.ts';
import type { Mark } from './answer.tsx';
import { clockPrecision } from './clock-words.tsx';
import { usePanel } from './panel-context.ts';
import { relativeTime } from './relative-time.ts';
import { isForOneRequest, useWords } from './words.ts';

export const TIME_MARKS: Readonly<Record<TimeAnswer['state'], Mark>> = {
  valid: ['✓', 'good'],
  expiring: ['!', 'warn'],
  expired: ['✕', 'bad'],
  not_yet_valid: ['✕', 'bad'],
  never_expires: ['∞', 'warn'],
  unreadable: ['?', 'warn'],
};

export const timeMark = (entry: Entry, time: TimeAnswer): Mark =>
  isSealed(entry) || isForOneRequest(entry, time) ? ['–', 'dim'] : TIME_MARKS[time.state];

/** Durations are cut to whole seconds; a measured one is rounded first. */
const toSecond = (ms: number) => Math.round(ms / 1000) * 1000;

/** The state of the time, its instant in words, what is wrong with the claims, and how far the server's clock is off. */
export const TimeWords = ({ entry, time }: { entry: Entry; time: TimeAnswer }) => {
  const model = usePanel();
  const { source, clocks, dates, now } = model;
  const words = useWords();
  if (isSealed(entry)) return source.text('time_sealed');
  const clock = clocks.of(entry);
  const once = isForOneRequest(entry, time);
  const at = once ? time.issuedAt : time.state === 'not_yet_valid' ? time.notBefore : time.expiresAt;
  const word = once ? 'verdict_made' : time.state === 'not_yet_valid' ? 'verdict_from' : 'verdict_until';
  return (
    <>
      <span class="state">{once ? source.text('life_once') : source.text(`time_${time.state}`)}</span>
      {at !== undefined && time.state !== 'unreadable' && (
        <span title={dates.utc(at)}>
          {' '}
          · {source.text(word, dates.local(at, now.value))}, {relativeTime(model, entry, at)}
        </span>
      )}
      {time.problems.map(({ claim, code }) => (
        <span key={claim}> · {source.text(`time_problem_${code}`, claim)}</span>
      ))}
      {clock && isNoticeable(clock) && (
        <span>
          {' '}
          ·{' '}
          {source.text(
            clock.offset < 0 ? 'clock_behind' : 'clock_ahead',
            formatDuration(toSecond((clock.low + clock.high) / 2), source.text),
          )}{' '}
          ({clockPrecision(source, words, clock)})
        </span>
      )}
    </>
  );
};
