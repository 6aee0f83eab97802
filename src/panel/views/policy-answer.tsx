import { decide } from '../../core/judge/decide-policy.ts';
import { ALL_APIS } from '../../core/judge/parse-policy.ts';
import type { Decision } from '../../core/judge/policy.ts';
import { decisionText } from '../../core/judge/policy-text.ts';
import type { Kind } from '../../core/token/decoded.ts';
import type { Entry } from '../model/log.ts';
import { apiOf, judgedToken, policiesOf } from '../model/policies.ts';
import { Answer, type Mark } from './answer.tsx';
import { usePanel } from './panel-context.ts';
import { VisibleText } from './visible-text.tsx';

export const DECISION_MARKS: Readonly<Record<Decision['decision'], Mark>> = {
  accept: ['✓', 'good'],
  reject: ['✕', 'bad'],
  undecided: ['?', 'dim'],
};

/** What no API takes for access, so that a gateway's policy says nothing of it. */
const NOT_FOR_ACCESS: ReadonlySet<Kind> = new Set([
  'dpop_proof',
  'key_binding',
  'logout_token',
  'security_event',
  'client_assertion',
  'userinfo',
]);
/** Sent to an API all the same, it was meant for access. */
const SELDOM_FOR_ACCESS: ReadonlySet<Kind> = new Set(['id_token', 'refresh_token']);

/** Whether it is meant for an API, so that a policy says something of it. */
export const isForAccess = ({ kind, lastSent }: Entry): boolean =>
  !NOT_FOR_ACCESS.has(kind) && (lastSent !== undefined || !SELDOM_FOR_ACCESS.has(kind));

/** What is shown of an origin: its host, whose protocol goes without saying. */
const hostOf = (origin: string): string => URL.parse(origin)?.host ?? origin;

/** What the gateway of the API would say now, which the token was last sent to; without a policy, the way to one. */
export const PolicyAnswer = ({ entry }: { entry: Entry }) => {
  const model = usePanel();
  const { source, log, moment, clocks, signatures, open } = model;
  const { stored, of } = policiesOf(model);
  stored.value;
  log.revision.value;
  signatures.revision.value;
  const api = apiOf(entry);
  const policy = of(api);
  const name = source.text('verdict_policy');
  if (!isForAccess(entry)) {
    return (
      <Answer name={name} mark={['–', 'dim']}>
        {source.text('policy_not_for_access')}
      </Answer>
    );
  }
  if (!policy) {
    return (
      <Answer name={name} mark={['–', 'dim']}>
        {api === '' ? source.text('policy_none') : <VisibleText text={source.text('policy_none_for', hostOf(api))} />} ·{' '}
        <button type="button" class="link" onClick={() => open('policy', api || ALL_APIS)}>
          {source.text('policy_make')}
        </button>
      </Answer>
    );
  }
  const clock = clocks.of(entry);
  const decision = decide(policy, judgedToken(entry), { time: moment(entry), ...(clock && { clock }) });
  return (
    <Answer name={name} mark={DECISION_MARKS[decision.decision]}>
      <VisibleText text={decisionText(decision, source.text)} /> ·{' '}
      <button type="button" class="link" onClick={() => open('policy', policy.origin)}>
        {policy.origin === ALL_APIS
          ? source.text('policy_edit_all')
          : source.text('policy_edit', hostOf(policy.origin))}
      </button>
    </Answer>
  );
};
