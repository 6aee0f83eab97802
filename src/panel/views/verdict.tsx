import { useRef } from 'preact/hooks';
import { isNoticeable } from '../../core/judge/clock.ts';
import { formatDuration } from '../../core/judge/duration.ts';
import { summarise, summaryText } from '../../core/judge/summary.ts';
import type { TimeAnswer } from '../../core/judge/verdict.ts';
import { visibleText } from '../../core/token/visible.ts';
import type { Provenance, SignatureAnswer } from '../../core/trust/signature.ts';
import type { Entry } from '../model/log.ts';
import { usePanel } from './panel-context.ts';
import { problemSentence } from './problem-sentence.ts';
import { signatureReason } from './signature-reason.ts';
import { VisibleText } from './visible-text.tsx';
import { useWords } from './words.ts';

type Tone = 'good' | 'warn' | 'bad' | 'dim';

const Answer = ({
  name,
  sign,
  tone,
  children,
}: {
  name: string;
  sign: string;
  tone: Tone;
  children: preact.ComponentChildren;
}) => (
  <li>
    <strong class={tone}>
      <span aria-hidden="true">{sign} </span>
      {name}
    </strong>
    <small>{children}</small>
  </li>
);

const SIGNATURE: Readonly<Record<SignatureAnswer['state'], readonly [sign: string, tone: Tone]>> = {
  verified: ['✓', 'good'],
  mismatch: ['✕', 'bad'],
  no_key: ['?', 'dim'],
  key_does_not_fit: ['?', 'warn'],
  cannot_be_checked: ['–', 'dim'],
  unsecured: ['⚠', 'warn'],
  malformed: ['⚠', 'warn'],
};

const TIME: Readonly<Record<TimeAnswer['state'], readonly [sign: string, tone: Tone]>> = {
  valid: ['✓', 'good'],
  expiring: ['!', 'warn'],
  expired: ['✕', 'bad'],
  not_yet_valid: ['✕', 'bad'],
  never_expires: ['∞', 'warn'],
  unreadable: ['?', 'warn'],
};

const TRUST: Readonly<Record<Provenance, readonly [sign: string, tone: Tone]>> = {
  given: ['✓', 'good'],
  discovery: ['✓', 'good'],
  traffic: ['~', 'warn'],
  token: ['⚠', 'warn'],
};

/** Durations are cut to whole seconds; a measured one is rounded first. */
const toSecond = (ms: number) => Math.round(ms / 1000) * 1000;

/** Focuses the key box below. */
const toKeyBox = () => document.querySelector<HTMLElement>('.key-box textarea')?.focus();

const SignatureWords = ({ answer }: { answer: SignatureAnswer | undefined }) => {
  const { source } = usePanel();
  if (!answer) return source.text('signature_pending');
  const key = answer.key?.kid ?? (answer.key && source.text(`key_format_${answer.key.format}`));
  return (
    <>
      <span class="state">{source.text(`signature_${answer.state}`)}</span>
      {answer.state === 'verified' && ` · ${visibleText([answer.alg, key].filter(Boolean).join(' · '))}`}
      {(answer.reason === 'no_key_fits' || !['verified', 'no_key'].includes(answer.state)) && (
        <> · {signatureReason(source, answer)}</>
      )}
      {(answer.state === 'no_key' || answer.state === 'key_does_not_fit') && (
        <>
          {' '}
          <button type="button" class="link" onClick={toKeyBox}>
            {source.text('verdict_give_key')}
          </button>
        </>
      )}
    </>
  );
};

const TimeWords = ({ entry, time }: { entry: Entry; time: TimeAnswer }) => {
  const { source, clocks, dates, now } = usePanel();
  if (entry.decoded.form === 'jwe') return source.text('time_sealed');
  const clock = clocks.of(entry);
  const at = time.state === 'not_yet_valid' ? time.notBefore : time.expiresAt;
  return (
    <>
      <span class="state">{source.text(`time_${time.state}`)}</span>
      {at !== undefined && time.state !== 'unreadable' && (
        <span title={dates.utc(at)}>
          {' '}
          · {source.text(time.state === 'not_yet_valid' ? 'verdict_from' : 'verdict_until', dates.local(at, now.value))}
          , {dates.relative(at, now.value + (clock?.offset ?? 0))}
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
            formatDuration(toSecond(clock.offset), source.text),
          )}
        </span>
      )}
    </>
  );
};

/** One sentence, then the four answers, never merged: signature, time, policy, key trust. */
export const Verdict = ({ entry }: { entry: Entry }) => {
  const { source, now, timeOf, signatures, clocks } = usePanel();
  const words = useWords();
  signatures.revision.value;
  const time = timeOf(entry, now.value);
  const signature = signatures.of(entry);
  const clock = clocks.of(entry);
  const summary = summarise({
    decoded: entry.decoded,
    time,
    ...(signature && { signature }),
    ...(entry.lastSent && { lastExchange: entry.lastSent }),
    shared: entry.lastShared,
    ...(clock && { clock }),
  });
  const sentence = summaryText(summary, source.text);
  // Read aloud when it says something else, and not at each second of the countdown in it.
  const spoken = useRef({ code: summary.code, sentence });
  if (spoken.current.code !== summary.code) spoken.current = { code: summary.code, sentence };
  const [signatureSign, signatureTone] = signature ? SIGNATURE[signature.state] : (['…', 'dim'] as const);
  const sealed = entry.decoded.form === 'jwe';
  const [timeSign, timeTone] = sealed ? (['–', 'dim'] as const) : TIME[time.state];
  const trust = signature?.state === 'verified' ? signature.key?.provenance : undefined;
  const [trustSign, trustTone] = trust ? TRUST[trust] : (['–', 'dim'] as const);
  return (
    <>
      <div class={`say ${summary.tone}`}>
        <h1>
          <VisibleText text={sentence} />
        </h1>
        <p class="spoken" aria-live="polite">
          {spoken.current.sentence}
        </p>
        {summary.problem && <p>{problemSentence(source, summary.problem)}</p>}
        {entry.refused > 0 && entry.requests > 1 && (
          <p>{source.text('verdict_refused_of', String(entry.refused), words.count('requests', entry.requests))}</p>
        )}
      </div>
      <ul class="four" aria-label={source.text('verdict_name')}>
        <Answer name={source.text('verdict_signature')} sign={signatureSign} tone={signatureTone}>
          <SignatureWords answer={signature} />
        </Answer>
        <Answer name={source.text('verdict_time')} sign={timeSign} tone={timeTone}>
          <TimeWords entry={entry} time={time} />
        </Answer>
        <Answer name={source.text('verdict_policy')} sign="–" tone="dim">
          {source.text('verdict_no_policy')}
        </Answer>
        <Answer name={source.text('verdict_trust')} sign={trustSign} tone={trustTone}>
          {trust ? (
            <>
              {source.text(`provenance_${trust}`)} · {source.text(`provenance_${trust}_proves`)}
            </>
          ) : (
            source.text('verdict_no_trust')
          )}
        </Answer>
      </ul>
    </>
  );
};
