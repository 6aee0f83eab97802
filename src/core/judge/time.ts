import type { JsonObject } from '../token/decoded.ts';
import type { TimeAnswer, TimeProblem, TimeProblemCode, TimeState } from './verdict.ts';

/** "Last tenth of its life, or last 60 s": whichever is longer … */
const EXPIRING_SHARE = 0.1;
const EXPIRING_AT_LEAST = 60_000;
/** … but never more than half a life, so that a token of 60 s is not "expiring" from birth. */
const EXPIRING_AT_MOST_SHARE = 0.5;

/** 9999-12-31T23:59:59Z in seconds: `DateTime.MaxValue` of .NET, in use as "for ever". Later is absurd. */
const LAST_SECOND = 253_402_300_799;
/** 2000-01-01 in milliseconds. As seconds it would be the year 31969, so from here on milliseconds were meant. */
const FIRST_MILLISECOND = 946_684_800_000;

/** A time claim as read: `ms` is good enough to show, and to judge by only where `sound`. */
interface Reading {
  readonly ms?: number;
  readonly problem?: TimeProblemCode;
  readonly sound: boolean;
}

/** A NumericDate (RFC 7519 section 2): seconds since the epoch, fractions allowed, rounded to the millisecond. */
function read(value: unknown): Reading {
  if (typeof value === 'string') {
    const meant = /^\d{1,16}$/.test(value) ? read(Number(value)).ms : undefined;
    return { ...(meant !== undefined && { ms: meant }), problem: 'string', sound: false };
  }
  if (typeof value !== 'number' || Number.isNaN(value)) return { problem: 'not_a_number', sound: false };
  if (value >= FIRST_MILLISECOND && value <= LAST_SECOND * 1000) {
    return { ms: Math.round(value), problem: 'milliseconds', sound: false };
  }
  if (Math.abs(value) > LAST_SECOND) return { problem: 'absurd', sound: false };
  const ms = Math.round(value * 1000);
  return value < 0 ? { ms, problem: 'negative', sound: true } : { ms, sound: true };
}

/** How long before `exp` a token counts as expiring; `start` is `nbf`, else `iat`. All in ms. */
function expiringWindow(start: number | undefined, end: number): number {
  const life = start === undefined ? 0 : end - start;
  if (life <= 0) return EXPIRING_AT_LEAST;
  return Math.floor(Math.min(Math.max(life * EXPIRING_SHARE, EXPIRING_AT_LEAST), life * EXPIRING_AT_MOST_SHARE));
}

/**
 * Where a token stands in its life (RFC 7519 sections 4.1.4 to 4.1.6).
 *
 * `now` is the device's clock in ms since the epoch, `offset` the server's minus the device's in ms, `leeway` in
 * seconds and granted at both ends. Without a payload (a JWE, or claims that cannot be read) the answer is `unreadable`
 * with no problem. A present `exp` or `nbf` that is no NumericDate is `unreadable` too, whatever the other says, since
 * libraries differ in what they then do. A negative one is a date before 1970, and is judged as such.
 * With time the state only moves forward: not_yet_valid → valid → expiring → expired, or not_yet_valid → never_expires.
 */
export function judgeTime(
  payload: JsonObject | undefined,
  now: number,
  options: { readonly offset?: number; readonly leeway: number },
): TimeAnswer {
  if (payload === undefined) return { state: 'unreadable', problems: [] };
  const problems: TimeProblem[] = [];
  const claim = (name: TimeProblem['claim']): Reading | undefined => {
    if (!Object.hasOwn(payload, name)) return undefined;
    const reading = read(payload[name]);
    if (reading.problem) problems.push({ claim: name, code: reading.problem });
    return reading;
  };
  const [exp, nbf, iat] = [claim('exp'), claim('nbf'), claim('iat')];
  claim('auth_time');

  const time = Math.floor(now + (options.offset ?? 0));
  const leeway = Math.round(options.leeway * 1000);
  const start = nbf?.sound ? nbf.ms : iat?.sound ? iat.ms : undefined;
  const end = exp?.sound ? exp.ms : undefined;
  const readable = exp?.sound !== false && nbf?.sound !== false;
  const { state, next } = readable ? stand(time, leeway, nbf?.ms, start, end) : { state: 'unreadable' as const };

  return {
    state,
    ...(iat?.ms !== undefined && { issuedAt: iat.ms }),
    ...(nbf?.ms !== undefined && { notBefore: nbf.ms }),
    ...(exp?.ms !== undefined && { expiresAt: exp.ms }),
    ...(start !== undefined &&
      end !== undefined &&
      end > start && { spent: Math.min(1, Math.max(0, (time - start) / (end - start))) }),
    ...(next !== undefined && { remaining: next - time }),
    ...(end !== undefined && { left: end - time + (state === 'expired' ? 0 : leeway) }),
    problems,
  };
}

/** The state at `time`, and the instant of the next one. All in ms. */
function stand(
  time: number,
  leeway: number,
  notBefore: number | undefined,
  start: number | undefined,
  end: number | undefined,
): { readonly state: TimeState; readonly next?: number } {
  const dead = end === undefined ? Number.POSITIVE_INFINITY : end + leeway;
  const born = notBefore === undefined ? Number.NEGATIVE_INFINITY : notBefore - leeway;
  if (time >= dead) return { state: 'expired' };
  if (time < born) return { state: 'not_yet_valid', next: Math.min(born, dead) };
  if (end === undefined) return { state: 'never_expires' };
  const expiring = end - expiringWindow(start, end);
  return time < expiring ? { state: 'valid', next: expiring } : { state: 'expiring', next: dead };
}
