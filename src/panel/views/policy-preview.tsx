import { decide } from '../../core/judge/decide-policy.ts';
import type { Policy } from '../../core/judge/policy.ts';
import type { Entry } from '../model/log.ts';
import { judgedToken } from '../model/policies.ts';
import { usePanel } from './panel-context.ts';
import { DECISION_MARKS } from './policy-answer.tsx';
import { PolicyChecks } from './policy-checks.tsx';

/** What the policy, as it is being typed, says of the selected token now. */
export const PolicyPreview = ({ policy, entry }: { policy: Policy | undefined; entry: Entry | undefined }) => {
  const { source, moment, clocks, signatures } = usePanel();
  signatures.revision.value;
  if (!entry) return <p class="hint">{source.text('policy_preview_none')}</p>;
  if (!policy) return <p class="hint">{source.text('policy_preview_errors')}</p>;
  const clock = clocks.of(entry);
  const decision = decide(policy, judgedToken(entry), { time: moment(entry), ...(clock && { clock }) });
  const [sign, tone] = DECISION_MARKS[decision.decision];
  return (
    <section class="policy-preview">
      <h2>
        {source.text('policy_preview')} ·{' '}
        <span class={tone}>
          <span aria-hidden="true">{sign} </span>
          {source.text(`policy_word_${decision.decision}`)}
        </span>
      </h2>
      <PolicyChecks decision={decision} label={source.text('policy_preview')} />
    </section>
  );
};
