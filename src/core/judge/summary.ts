import type { ExchangeRecord } from '../capture/records.ts';
import type { Decoded, Problem } from '../token/decoded.ts';
import type { SignatureAnswer } from '../trust/signature.ts';
import { formatDuration, type Text } from './duration.ts';
import type { ClockOffset, TimeAnswer } from './verdict.ts';

/** `bad` (red) only where something was refused, or would be. */
export type Tone = 'good' | 'plain' | 'warn' | 'bad';

type Life = 'alive' | 'expiring' | 'never_expires';
type Checked = 'verified' | 'no_key' | 'key_does_not_fit' | 'cannot_be_checked' | 'pending';

/** Closed: each has its sentence, `summary_<code>`. `$1…` are the `detail` in order, durations formatted. */
export type SummaryCode =
  | 'malformed'
  | 'encrypted'
  | 'refused_malformed' // status
  | 'refused_expired' // status, how long before the request left, by the server's clock
  | 'refused_expired_device' // the same by the device's clock: the server told no time
  | 'refused_around_expiry' // status
  | 'refused_not_yet_valid' // status, how early
  | 'refused_signature' // status
  | 'refused_unsecured' // status
  | 'refused_saying' // status, the server's words (RFC 6750 section 3)
  | 'refused' // status
  | 'answered' // status; the request carried other tokens too, and any of them may be what was refused
  | 'accepted_expired' // how long after its expiry the request left, status
  | 'signature_mismatch'
  | 'would_be_refused_expired' // how long ago
  | 'would_be_refused_not_yet_valid' // for how long
  | 'unsecured'
  | 'not_claims'
  | 'time_unreadable' // the claim
  | `${Life}_${Checked}`; // how long, for alive and expiring

export interface Summary {
  readonly tone: Tone;
  readonly code: SummaryCode;
  readonly detail: readonly (string | { readonly ms: number })[];
  /** For the malformed: the first thing that is wrong, to be told with the decoder's own sentence. */
  readonly problem?: Problem;
}

export interface SummaryInput {
  readonly decoded: Decoded;
  readonly time: TimeAnswer;
  /** Absent while it is being computed. */
  readonly signature?: SignatureAnswer;
  /** The latest exchange whose request carried the token, and whose answer can be about it. */
  readonly lastExchange?: ExchangeRecord;
  /** That answer can as well be about another token of the request. */
  readonly shared?: boolean;
  /** The clock of that exchange's server. */
  readonly clock?: ClockOffset;
}

/** What the device's clock may be off by in a claim about one request, when the server told no time; ms. */
const UNMEASURED = 1000;
/** A challenge is read no further than this; real ones are shorter, and hostile ones must not cost time. */
const CHALLENGE_LIMIT = 2000;

/**
 * The sentence on top of a token: what a colleague would say looking over your shoulder. One thing only, the one that
 * matters most, from evidence: what the server did with it, then what is certain to be refused, then what is open.
 */
export function summarise(input: SummaryInput): Summary {
  const { decoded, time, signature, shared = false } = input;
  const malformed = decoded.form === 'malformed' || signature?.state === 'malformed';
  const [problem] = decoded.problems;
  const refused = shared ? undefined : refusal(input, malformed);
  if (refused) return malformed && problem ? { ...refused, problem } : refused;
  if (malformed) return { ...say('bad', 'malformed'), ...(problem && { problem }) };
  if (signature?.state === 'mismatch') return say('bad', 'signature_mismatch');
  const { left = 0 } = time;
  switch (time.state) {
    case 'expired':
      return acceptance(input) ?? say('bad', 'would_be_refused_expired', { ms: -left });
    case 'not_yet_valid':
      return say('bad', 'would_be_refused_not_yet_valid', { ms: time.remaining ?? 0 });
    default:
  }
  // What is certain of the token comes before an answer that may be about another.
  if (shared && isRefused(input.lastExchange)) return say('warn', 'answered', String(input.lastExchange.status));
  if (decoded.form === 'jwe') return say('plain', 'encrypted');
  if (time.state === 'unreadable') {
    const claim = time.problems.find((one) => one.claim === 'exp' || one.claim === 'nbf')?.claim;
    return claim ? say('warn', 'time_unreadable', claim) : say('plain', 'not_claims');
  }
  if (decoded.form === 'unsecured' || signature?.state === 'unsecured') return say('warn', 'unsecured');
  const checked = signature ? signature.state : 'pending';
  if (time.state === 'never_expires') return say('warn', `never_expires_${checked}`);
  if (time.state === 'expiring') return say('warn', `expiring_${checked}`, { ms: left });
  const tone = checked === 'verified' ? 'good' : checked === 'key_does_not_fit' ? 'warn' : 'plain';
  return say(tone, `alive_${checked}`, { ms: left });
}

/** A summary in words. */
export const summaryText = (summary: Summary, text: Text): string =>
  text(
    `summary_${summary.code}`,
    ...summary.detail.map((one) => (typeof one === 'string' ? one : formatDuration(one.ms, text))),
  );

const say = (tone: Tone, code: SummaryCode, ...detail: Summary['detail']): Summary => ({ tone, code, detail });

const isRefused = (exchange: ExchangeRecord | undefined): exchange is ExchangeRecord =>
  exchange?.status === 401 || exchange?.status === 403;

/** Why the server refused, as far as it shows. Product.md section 6 gives the order. */
function refusal(input: SummaryInput, malformed: boolean): Summary | undefined {
  const { decoded, time, signature, lastExchange } = input;
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
  if (decoded.form === 'unsecured') return say('bad', 'refused_unsecured', status);
  const words = serverWords(lastExchange.wwwAuthenticate ?? []);
  return words ? say('bad', 'refused_saying', status, words) : say('bad', 'refused', status);
}

/** An expired token that the server answered as if nothing were wrong; "would be refused" would be refuted by it. */
function acceptance({ time, lastExchange, clock }: SummaryInput): Summary | undefined {
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

/** `error_description`, else `error`, of the first challenge that has one (RFC 6750 section 3, RFC 9449 section 7.1). */
function serverWords(challenges: readonly string[]): string | undefined {
  const text = challenges.join(', ').slice(0, CHALLENGE_LIMIT);
  const found = /\berror_description="([^"]+)"/.exec(text) ?? /\berror="?([^",\s]+)/.exec(text);
  return found?.[1];
}
