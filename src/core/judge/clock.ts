import type { ExchangeRecord } from '../capture/records.ts';
import { parseHttpDate } from './http-date.ts';
import type { ClockOffset } from './verdict.ts';

/** One response, all in ms since the epoch: `sent` and `received` by the device's clock, `date` by the server's. */
export interface ClockSample {
  readonly sent: number;
  readonly received: number;
  readonly date: number;
}

/** What is known of one server: server minus device lies in [low, high], in ms. */
export interface ClockEstimate {
  readonly low: number;
  readonly high: number;
  readonly samples: number;
  /** What the latest samples say together when they all disagree with the above. */
  readonly rival?: ClockEstimate;
}

/** `Date` counts in whole seconds, cut off. */
const RESOLUTION = 1000;
/** An offset below this is nobody's problem. */
const NOTICEABLE = 1000;
/** So many samples in a row, agreeing with each other, that the server's clock is further back, are believed. */
const RIVAL_WINS = 3;
/** What browsers serve from their cache as a matter of course; its `Date` is that of the first fetch. */
const CACHED_RESOURCES: ReadonlySet<string> = new Set(['image', 'imageset', 'font', 'stylesheet', 'script', 'media']);

/**
 * Takes one more sample in. The server wrote `Date` between `sent` and `received`, so each sample bounds the offset, and
 * their intersection is narrower than any of them. When it is empty, one clock was stepped or the answer came out of a
 * cache. A cache only ever makes the server look late: a sample further ahead replaces the estimate at once, one further
 * back must be confirmed. A sample that makes no sense is ignored.
 */
export function addSample(estimate: ClockEstimate | undefined, sample: ClockSample): ClockEstimate | undefined {
  const low = sample.date - sample.received;
  const high = sample.date + RESOLUTION - sample.sent;
  if (!(Number.isFinite(low) && Number.isFinite(high) && sample.received >= sample.sent)) return estimate;
  const alone = { low, high, samples: 1 };
  if (estimate === undefined || low > estimate.high) return alone;
  if (high >= estimate.low) return meet(estimate, alone);
  const { rival: before } = estimate;
  const rival = before && low <= before.high && high >= before.low ? meet(before, alone) : alone;
  return rival.samples >= RIVAL_WINS ? rival : { ...estimate, rival };
}

const meet = (a: ClockEstimate, b: ClockEstimate): ClockEstimate => ({
  low: Math.max(a.low, b.low),
  high: Math.min(a.high, b.high),
  samples: a.samples + b.samples,
});

/** The estimate as the middle of its interval and half its width, in ms. */
export const offsetOf = (estimate: ClockEstimate): ClockOffset => ({
  offset: (estimate.low + estimate.high) / 2,
  uncertainty: (estimate.high - estimate.low) / 2,
  samples: estimate.samples,
});

/** Whether to tell the person that this clock differs: more than the measurement can be wrong, and more than a second. */
export const isNoticeable = (clock: ClockOffset): boolean =>
  Math.abs(clock.offset) > clock.uncertainty && Math.abs(clock.offset) > NOTICEABLE;

/** What one exchange tells of its server's clock; undefined when nothing, or nothing to rely on. */
export function sampleOf(
  exchange: ExchangeRecord,
): { readonly origin: string; readonly sample: ClockSample } | undefined {
  const { start: sent, end: received, date: header, error, resource, url } = exchange;
  if (received === undefined || header === undefined || error !== undefined) return undefined;
  if (CACHED_RESOURCES.has(resource) || !URL.canParse(url)) return undefined;
  const date = parseHttpDate(header, received);
  return date === undefined ? undefined : { origin: new URL(url).origin, sample: { sent, received, date } };
}

/** The clock of every origin that answered, from all exchanges in any order. */
export function clocksOf(exchanges: Iterable<ExchangeRecord>): ReadonlyMap<string, ClockOffset> {
  const estimates = new Map<string, ClockEstimate>();
  for (const exchange of [...exchanges].sort((a, b) => (a.end ?? a.start) - (b.end ?? b.start))) {
    const found = sampleOf(exchange);
    const next = found && addSample(estimates.get(found.origin), found.sample);
    if (found && next) estimates.set(found.origin, next);
  }
  return new Map([...estimates].map(([origin, estimate]) => [origin, offsetOf(estimate)]));
}
