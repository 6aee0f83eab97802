/** What a policy asks of a token's times, by the server's clock, as far as that is known. */
import type { JsonObject } from '../token/decoded.ts';
import type { Policy, PolicyCheck } from './policy.ts';
import { check } from './policy-token.ts';
import { judgeTime } from './time.ts';
import type { ClockOffset, TimeAnswer } from './verdict.ts';

/** The moment that a token is judged at, in ms since the epoch by the device's clock. */
export interface Moment {
  /** The request left; absent where nobody saw it leave. */
  readonly time?: number;
  /** The latest moment at which the server can have judged it; that of `time` where it is absent. */
  readonly until?: number;
  /** The server's clock; one that told no time is taken to go right within a second. */
  readonly clock?: ClockOffset;
}

/** What the device's clock may be off by, when the server told no time; ms. As in departure.ts. */
const UNMEASURED: ClockOffset = { offset: 0, low: -1000, high: 1000, samples: 0 };

/** The earliest and the latest moment, and the one to tell of, by the server's clock. */
const momentsOf = ({ time, until = time, clock = UNMEASURED }: Moment) => ({
  early: (time ?? Number.NEGATIVE_INFINITY) + clock.low,
  late: (until ?? Number.POSITIVE_INFINITY) + clock.high,
  told: (time ?? until ?? 0) + clock.offset,
});

type Life = 'alive' | 'expired' | 'not_yet_valid' | 'unreadable';

const lifeOf = ({ state }: TimeAnswer): Life =>
  state === 'expired' || state === 'not_yet_valid' || state === 'unreadable' ? state : 'alive';

/** `exp` and `nbf` (RFC 7519 sections 4.1.4 and 4.1.5): a failure only where it is one at each moment that may have been. */
export const checkTime = ({ leeway }: Policy, claims: JsonObject, at: Moment): PolicyCheck => {
  const { early, late, told } = momentsOf(at);
  const first = judgeTime(claims, early, { leeway });
  const life = lifeOf(first);
  if (life === 'unreadable') {
    const claim = first.problems.find((one) => one.claim === 'exp' || one.claim === 'nbf')?.claim ?? '';
    return check('time', 'unknown', 'time_unknown_unreadable', claim);
  }
  if (lifeOf(judgeTime(claims, late, { leeway })) !== life) return check('time', 'unknown', 'time_unknown_clock');
  const { expiresAt = 0, notBefore = 0 } = first;
  if (life === 'expired') return check('time', 'fail', 'time_fail_expired', { ms: Math.max(0, told - expiresAt) });
  if (life === 'not_yet_valid') {
    return check('time', 'fail', 'time_fail_not_yet_valid', { ms: Math.max(0, notBefore - told) });
  }
  return first.expiresAt === undefined
    ? check('time', 'pass', 'time_pass_never_expires')
    : check('time', 'pass', 'time_pass');
};

/** `iat` (RFC 7519 section 4.1.6), where the policy says how old a token may be; the leeway is granted here too. */
export const checkAge = ({ maxAge = 0, leeway }: Policy, claims: JsonObject, at: Moment): PolicyCheck => {
  if (!Object.hasOwn(claims, 'iat')) return check('age', 'fail', 'age_fail_missing');
  const { issuedAt, problems } = judgeTime(claims, 0, { leeway: 0 });
  const isOdd = problems.some(({ claim, code }) => claim === 'iat' && code !== 'negative');
  if (issuedAt === undefined || isOdd) return check('age', 'unknown', 'age_unknown_unreadable');
  const { early, late, told } = momentsOf(at);
  const limit = issuedAt + (maxAge + leeway) * 1000;
  const ages = [{ ms: Math.max(0, told - issuedAt) }, { ms: maxAge * 1000 }] as const;
  if (early > limit) return check('age', 'fail', 'age_fail', ...ages);
  return late > limit ? check('age', 'unknown', 'age_unknown_clock') : check('age', 'pass', 'age_pass', ...ages);
};
