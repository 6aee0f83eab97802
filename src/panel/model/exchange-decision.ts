/** What the person's policies say of an exchange. */
import type { ExchangeRecord } from '../../core/capture/records.ts';
import { isRefused } from '../../core/judge/answered.ts';
import { decide } from '../../core/judge/decide-policy.ts';
import type { Decision, Policy } from '../../core/judge/policy.ts';
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
