import type { Decision, PolicyCheck } from '../../core/judge/policy.ts';
import { checkText } from '../../core/judge/policy-text.ts';
import { visibleText } from '../../core/token/visible.ts';
import type { Mark } from './answer.tsx';
import { usePanel } from './panel-context.ts';

const MARKS: Readonly<Record<PolicyCheck['state'], Mark>> = {
  pass: ['✓', 'good'],
  fail: ['✕', 'bad'],
  unknown: ['–', 'dim'],
};

/** Every check of a decision in its order: sign and word, its name, and what there is to say. */
export const PolicyChecks = ({ decision, label }: { decision: Decision; label: string }) => {
  const { source } = usePanel();
  return (
    <ul class="checks policy-checks" aria-label={label}>
      {decision.checks.map((check, index) => {
        const [sign, tone] = MARKS[check.state];
        return (
          <li key={index}>
            <span class={tone}>
              <span aria-hidden="true">{sign} </span>
              {source.text(`policy_state_${check.state}`)}
            </span>
            <b>{source.text(`policy_name_${check.name}`)}</b>
            <span>{visibleText(checkText(check, source.text))}</span>
          </li>
        );
      })}
    </ul>
  );
};
