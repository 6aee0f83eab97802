/** Where the judgement of an exchange comes from: the reasons of the core, and the policies of the person. */
import type { ExchangeRecord } from '../../core/capture/records.ts';
import { decide } from '../../core/judge/decide-policy.ts';
import type { Diagnosis, WhyInput } from '../../core/judge/diagnosis.ts';
import type { Decision, Policy } from '../../core/judge/policy.ts';
import { isRefused } from '../../core/judge/refusal.ts';
import type { ClockOffset } from '../../core/judge/verdict.ts';
import type { Entry } from './entry.ts';
import { judgedToken } from './policies.ts';

/** One exchange, at its own moment. */
export interface Judged {
  readonly exchange: ExchangeRecord;
  /** The token that its answer is about. */
  readonly entry?: Entry;
  readonly clock?: ClockOffset;
}

/**
 * What a gateway with this policy would have said. Undefined where there is nothing to be decided: a page that needs no
 * token got none, and of an opaque credential nobody can tell.
 */
export const decisionOf = (policy: Policy, { exchange, entry, clock }: Judged): Decision | undefined => {
  if (!entry && (!isRefused(exchange) || exchange.opaque)) return undefined;
  const { start, end = start, startUnknown } = exchange;
  return decide(policy, entry && judgedToken(entry), {
    ...(!startUnknown && { time: start }),
    until: end,
    ...(clock && { clock }),
  });
};

// TODO(issue 4): why.ts is being written; these stand in for it.
export const diagnosisOf = (_input: WhyInput): Diagnosis | undefined => undefined;
export const reasonOf = (_why: Diagnosis, _text: (key: string) => string): string => '';
