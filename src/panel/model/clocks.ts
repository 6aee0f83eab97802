/** The servers' clocks, one per origin, measured from the exchanges as they come. */
import type { ExchangeRecord } from '../../core/capture/records.ts';
import { addSample, type ClockEstimate, offsetOf, sampleOf } from '../../core/judge/clock.ts';
import type { ClockOffset } from '../../core/judge/verdict.ts';
import { originOf } from './address-of.ts';
import type { Entry } from './log.ts';

/** A page can talk to any number of hosts; a clock is a few numbers, and the first hosts are the page's own. */
const MAX_ORIGINS = 1000;

export interface Clocks {
  add(exchange: ExchangeRecord): void;
  /** The clock of the server that the token was last sent to. */
  of(entry: Entry): ClockOffset | undefined;
  /** The clock of the server that an exchange went to. */
  ofExchange(exchange: ExchangeRecord): ClockOffset | undefined;
  ofOrigin(origin: string): ClockOffset | undefined;
}

export const createClocks = (): Clocks => {
  const estimates = new Map<string, ClockEstimate>();
  const ofOrigin = (origin: string) => {
    const estimate = estimates.get(origin);
    return estimate && offsetOf(estimate);
  };
  const ofExchange = (exchange: ExchangeRecord) => (estimates.size > 0 ? ofOrigin(originOf(exchange)) : undefined);
  return {
    add(exchange) {
      const found = sampleOf(exchange);
      if (!found || (estimates.size >= MAX_ORIGINS && !estimates.has(found.origin))) return;
      estimates.set(found.origin, addSample(estimates.get(found.origin), found.sample));
    },
    of: ({ last, lastSent = last }) => lastSent && ofExchange(lastSent),
    ofExchange,
    ofOrigin,
  };
};
