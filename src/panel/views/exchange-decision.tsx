import type { ExchangeRecord } from '../../core/capture/records.ts';
import type { Decision, PolicyCheck } from '../../core/judge/policy.ts';
import { checkText, decisionText } from '../../core/judge/policy-text.ts';
import { originOf } from '../model/address-of.ts';
import { policiesOf } from '../model/policies.ts';
import type { Mark } from './answer.tsx';
import { DECISION_MARKS } from './exchange-row.tsx';
import { usePanel } from './panel-context.ts';
import { VisibleText } from './visible-text.tsx';

const MARKS: Readonly<Record<PolicyCheck['state'], Mark>> = {
  pass: ['✓', 'good'],
  fail: ['✕', 'bad'],
  unknown: ['?', 'dim'],
};

/** What a gateway with the API's policy would have said, check by check; or the way to a policy. */
export const ExchangeDecision = ({
  exchange,
  decision,
}: {
  exchange: ExchangeRecord;
  decision: Decision | undefined;
}) => {
  const model = usePanel();
  const { source, open } = model;
  const origin = originOf(exchange);
  const policy = policiesOf(model).of(origin);
  const [sign, tone] = decision ? DECISION_MARKS[decision.decision] : (['–', 'dim'] as const);
  return (
    <>
      <h2>
        {source.text('exchange_gateway')}
        {policy && (
          <button type="button" class="link end" onClick={() => open('policy', policy.origin)}>
            {source.text('exchange_policy_edit')}
          </button>
        )}
      </h2>
      {decision ? (
        <>
          <p class={`line ${tone}`}>
            <span aria-hidden="true">{sign} </span>
            <VisibleText text={decisionText(decision, source.text)} />
          </p>
          <ul class="checks" aria-label={source.text('exchange_checks_name')}>
            {decision.checks.map((check, index) => {
              const [checkSign, checkTone] = MARKS[check.state];
              return (
                <li key={index}>
                  <span class={checkTone}>
                    <span aria-hidden="true">{checkSign} </span>
                    {source.text(`policy_state_${check.state}`)}
                  </span>
                  <b>{source.text(`policy_name_${check.name}`)}</b>
                  <span>
                    <VisibleText text={checkText(check, source.text)} />
                  </span>
                </li>
              );
            })}
          </ul>
        </>
      ) : policy ? (
        <p class="line dim">{source.text('exchange_undecided')}</p>
      ) : (
        <p class="line dim">
          {source.text('exchanges_no_policy')}{' '}
          <button type="button" class="link" onClick={() => open('policy', origin)}>
            {source.text('exchange_policy_make', origin)}
          </button>
        </p>
      )}
    </>
  );
};
