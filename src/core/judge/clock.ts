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
/** A first sample that puts the server's clock this far back is more likely an answer out of a cache, in ms. */
const FAR_BEHIND = 60_000;
/** Before anything is known; `samples: 0` until something is. */
const UNKNOWN: ClockEstimate = { low: -FAR_BEHIND, high: Number.POSITIVE_INFINITY, samples: 0 };
/** What browsers serve from their cache as a matter of course; its `Date` is that of the first fetch. */
const CACHED_RESOURCES: ReadonlySet<string> = new Set(['image', 'imageset', 'font', 'stylesheet', 'script', 'media']);

/**
 * Takes one more sample in. The server wrote `Date` between `sent` and `received`, so each sample bounds the offset, and
 * their intersection is narrower than any of them. When it is empty, one clock was stepped or the answer came out of a
 * cache. A cache only ever makes the server look late: a sample further ahead replaces the estimate at once, one further
 * back must be confirmed, and so must a first one that is far back. A sample that makes no sense is ignored.
 */
export function addSample(estimate: ClockEstimate | undefined, sample: ClockSample): ClockEstimate {
  const known = estimate ?? UNKNOWN;
  const low = sample.date - sample.received;
  const high = sample.date + RESOLUTION - sample.sent;
  if (!(Number.isFinite(low) && Number.isFinite(high) && sample.received >= sample.sent)) return known;
  const alone = { low, high, samples: 1 };
  if (low > known.high) return alone;
  if (high >= known.low) return known.samples > 0 ? meet(known, alone) : alone;
  const { rival: before } = known;
  const rival = before && low <= before.high && high >= before.low ? meet(before, alone) : alone;
  return rival.samples >= RIVAL_WINS ? rival : { ...known, rival };
}

const meet = (a: ClockEstimate, b: ClockEstimate): ClockEstimate => ({
  low: Math.max(a.low, b.low),
  high: Math.min(a.high, b.high),
  samples: a.samples + b.samples,
});

/**
 * The offset to judge by, in ms; undefined while none is believed. Of all that are possible it is the one nearest to
 * zero: an answer that took a minute leaves a minute open, and clocks are right more often than in the middle of that.
 */
export const offsetOf = ({ low, high, samples }: ClockEstimate): ClockOffset | undefined =>
  samples > 0 ? { offset: Math.max(low, Math.min(high, 0)), low, high, samples } : undefined;

/** Whether to tell the person that this clock differs: for certain, and by more than a second. */
export const isNoticeable = ({ offset }: ClockOffset): boolean => Math.abs(offset) > NOTICEABLE;

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
