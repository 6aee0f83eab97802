/** Whether a token was alive when its request was judged (RFC 7519 sections 4.1.4 and 4.1.5). */
import { departure, moments } from '../departure.ts';
import type { Evidence } from '../diagnosis.ts';
import { judgeTime } from '../time.ts';
import type { ClockOffset, TimeAnswer } from '../verdict.ts';
import { type Case, claimsOf, evidence, found, type Look, type LookAt } from './look.ts';

/** Undefined too for a request that nobody saw leave: of that it cannot be said when it did. */
const timeOf = ({ token, input }: Case): TimeAnswer | undefined => {
  const claims = claimsOf(token);
  if (!claims || input.exchange.startUnknown) return undefined;
  const time = judgeTime(claims, input.exchange.start, { leeway: 0 });
  return time.state === 'unreadable' ? undefined : time;
};

/** `Date` counts in seconds: nobody needs to know it better. */
const FINEST = 1000;

const clockEvidence = (clock: ClockOffset | undefined): Evidence =>
  clock ? evidence('clock_measured', { ms: Math.max(FINEST, (clock.high - clock.low) / 2) }) : evidence('clock_device');

const expired = (expiresAt: number, { input: { exchange, clock } }: Case): Look => {
  const late = { ms: departure(exchange, clock) - expiresAt };
  return found('expired', clock ? 'expired' : 'expired_device', [late], [clockEvidence(clock)]);
};

/** Only what is so at every moment that the server's clock leaves open is said; between, nothing. */
export const lookAtTime: LookAt = (one) => {
  const { exchange, clock } = one.input;
  const { expiresAt, notBefore } = timeOf(one) ?? {};
  if (expiresAt === undefined && notBefore === undefined) return undefined;
  const { early, late } = moments(exchange, clock);
  if (expiresAt !== undefined && early >= expiresAt) return expired(expiresAt, one);
  if (notBefore !== undefined && late < notBefore) {
    const ms = notBefore - departure(exchange, clock);
    return found('not_yet_valid', 'not_yet_valid', [{ ms }], [clockEvidence(clock)]);
  }
  const isOpen = (expiresAt !== undefined && late >= expiresAt) || (notBefore !== undefined && early < notBefore);
  return isOpen ? undefined : 'in_order';
};

/** The answer came while it expired: likely the reason, but not certain. */
export const lookAround: LookAt = (one) => {
  const { exchange, clock } = one.input;
  const { expiresAt } = timeOf(one) ?? {};
  const { early, late } = moments(exchange, clock);
  if (expiresAt === undefined || late < expiresAt || early >= expiresAt) return undefined;
  return found('around_expiry', 'around_expiry', [], [clockEvidence(clock)]);
};

/** A claim that is there and no NumericDate (RFC 7519 section 2): libraries differ in what they make of it. */
export const unreadableTime = ({ token }: Case): readonly Evidence[] => {
  const claims = claimsOf(token);
  if (!claims) return [];
  const { problems, state } = judgeTime(claims, 0, { leeway: 0 });
  const claim = problems.find((one) => one.claim === 'exp' || one.claim === 'nbf')?.claim;
  return state === 'unreadable' && claim ? [evidence('time_unreadable', claim)] : [];
};
