import { useMemo } from 'preact/hooks';
import { judgeTime } from '../../core/judge/time.ts';
import type { TimeAnswer } from '../../core/judge/verdict.ts';
import type { JsonObject } from '../../core/token/decoded.ts';
import { readJson } from '../../core/token/read-json.ts';
import { isObject } from '../../core/token/reading.ts';
import { visibleText } from '../../core/token/visible.ts';
import type { Built } from '../model/workbench-shape.ts';
import { Answer, type Mark } from './answer.tsx';
import { usePanel } from './panel-context.ts';
import { signatureReason } from './signature-reason.ts';
import { SIGNATURE_MARKS } from './signature-words.tsx';
import { TIME_MARKS } from './time-words.tsx';
import { useSigned } from './use-signed.ts';
import { useWorkbench } from './use-workbench.ts';

const NO_MARK: Mark = ['–', 'dim'];

/** What was checked, with whose key, and why it is no better. */
const SignatureSaid = ({ built }: { built: Built }) => {
  const { source } = usePanel();
  const { answer, byOwnKey } = built;
  if (!answer) return source.text('workbench_no_signature');
  const { state, alg, key } = answer;
  const name = key?.kid ?? (key && source.text(`key_format_${key.format}`));
  const whose = key && source.text(byOwnKey ? 'workbench_own_key' : `provenance_${key.provenance}`);
  return (
    <>
      <span class="state">{source.text(`signature_${state}`)}</span>
      {state === 'verified'
        ? ` · ${[visibleText([alg, name].filter(Boolean).join(' · ')), whose].filter(Boolean).join(', ')}`
        : ` · ${answer.reason === 'no_key_given' ? source.text('workbench_no_known_key') : signatureReason(source, answer)}`}
    </>
  );
};

/** The state of the typed claims, and its instant in words. */
const TimeSaid = ({ time }: { time: TimeAnswer }) => {
  const { source, dates, now } = usePanel();
  const isEarly = time.state === 'not_yet_valid';
  const at = isEarly ? time.notBefore : time.expiresAt;
  return (
    <>
      <span class="state">{source.text(`time_${time.state}`)}</span>
      {at !== undefined && time.state !== 'unreadable' && (
        <span title={dates.utc(at)}>
          {' '}
          · {source.text(isEarly ? 'verdict_from' : 'verdict_until', dates.local(at, now.value))},{' '}
          {dates.relative(at, now.value)}
        </span>
      )}
      {time.problems.map(({ claim, code }) => (
        <span key={claim}> · {source.text(`time_problem_${code}`, claim)}</span>
      ))}
    </>
  );
};

const claimsOf = (text: string): JsonObject | undefined => {
  const { value } = readJson(text);
  return isObject(value) ? value : undefined;
};

/** Signature and time of what is being edited; apart, as everywhere. */
export const WorkbenchAnswers = ({ built }: { built: Built }) => {
  const { source, now, settings } = usePanel();
  const typed = useWorkbench().payload.value;
  const jws = useSigned(built);
  const claims = useMemo(() => (jws ? jws.payload : claimsOf(typed)), [jws, typed]);
  // No server's clock: it is sent to none yet.
  const time = judgeTime(claims, now.value, { leeway: settings.value.leeway });
  const mark = built.answer ? SIGNATURE_MARKS[built.answer.state] : NO_MARK;
  return (
    <ul class={built.current ? 'four' : 'four stale'} aria-label={source.text('verdict_name')}>
      <Answer name={source.text('verdict_signature')} mark={mark}>
        <SignatureSaid built={built} />
      </Answer>
      <Answer name={source.text('verdict_time')} mark={TIME_MARKS[time.state]}>
        <TimeSaid time={time} />
      </Answer>
    </ul>
  );
};
