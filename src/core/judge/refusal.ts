/** What the server made of a token, as far as it shows. */
import type { ExchangeRecord } from '../capture/records.ts';
import { type Summary, type SummaryInput, say } from './saying.ts';
import type { ClockOffset } from './verdict.ts';

/** What the device's clock may be off by in a claim about one request, when the server told no time; ms. */
const UNMEASURED = 1000;
/** A challenge is read no further than this; real ones are shorter, and hostile ones must not cost time. */
const CHALLENGE_LIMIT = 2000;

/** Answered 401 or 403. */
export const isRefused = (exchange: ExchangeRecord | undefined): exchange is ExchangeRecord =>
  exchange?.status === 401 || exchange?.status === 403;

/** Why the server refused, as far as it shows. Product.md section 6 gives the order. */
export function refusal(input: SummaryInput, malformed: boolean): Summary | undefined {
  const { decoded, time, signature, lastExchange, disagreements = [] } = input;
  if (!isRefused(lastExchange)) return undefined;
  const status = String(lastExchange.status);
  if (malformed) return say('bad', 'refused_malformed', status);
  // Of a request that nobody saw leave it cannot be said when it did.
  if (time.state !== 'unreadable' && !lastExchange.startUnknown) {
    const { early, late } = moments(lastExchange, input.clock);
    const { expiresAt, notBefore } = time;
    if (expiresAt !== undefined && early >= expiresAt) {
      const code = input.clock ? 'refused_expired' : 'refused_expired_device';
      return say('bad', code, status, { ms: departure(lastExchange, input.clock) - expiresAt });
    }
    if (expiresAt !== undefined && late >= expiresAt) return say('bad', 'refused_around_expiry', status);
    if (notBefore !== undefined && late < notBefore) {
      return say('bad', 'refused_not_yet_valid', status, { ms: notBefore - departure(lastExchange, input.clock) });
    }
  }
  if (signature?.state === 'mismatch') return say('bad', 'refused_signature', status);
  // A server that misses a scope has found nothing wrong with the proof.
  if (disagreements.length > 0 && !wantsScope(lastExchange.wwwAuthenticate ?? [])) {
    return say('bad', 'refused_proof', status, disagreements.join(', '));
  }
  if (decoded.form === 'unsecured') return say('bad', 'refused_unsecured', status);
  const words = serverWords(lastExchange.wwwAuthenticate ?? []);
  return words ? say('bad', 'refused_saying', status, words) : say('bad', 'refused', status);
}

/** An expired token that the server answered as if nothing were wrong; "would be refused" would be refuted by it. */
export function acceptance({ time, lastExchange, clock }: SummaryInput): Summary | undefined {
  if (lastExchange?.status === undefined || lastExchange.status < 200 || lastExchange.status > 299) return undefined;
  if (time.expiresAt === undefined || lastExchange.startUnknown) return undefined;
  if (moments(lastExchange, clock).early < time.expiresAt) return undefined;
  const late = { ms: departure(lastExchange, clock) - time.expiresAt };
  return say('warn', 'accepted_expired', late, String(lastExchange.status));
}

/** When the request left, by the server's clock as well as it is known; ms since the epoch. */
const departure = (exchange: ExchangeRecord, clock: ClockOffset | undefined): number =>
  exchange.start + (clock?.offset ?? 0);

/** The earliest and the latest moment, by the server's clock, at which the server can have judged the request. */
function moments(exchange: ExchangeRecord, clock: ClockOffset | undefined) {
  const { low, high } = clock ?? { low: -UNMEASURED, high: UNMEASURED };
  return { early: exchange.start + low, late: (exchange.end ?? exchange.start) + high };
}

const cut = (challenges: readonly string[]): string => challenges.join(', ').slice(0, CHALLENGE_LIMIT);

/** RFC 6750 section 3.1. */
const wantsScope = (challenges: readonly string[]): boolean => /\berror="?insufficient_scope\b/.test(cut(challenges));

/** `error_description`, else `error`, of the first challenge that has one (RFC 6750 section 3, RFC 9449 section 7.1). */
function serverWords(challenges: readonly string[]): string | undefined {
  const text = cut(challenges);
  const found = /\berror_description="([^"]+)"/.exec(text) ?? /\berror="?([^",\s]+)/.exec(text);
  return found?.[1];
}
