/** The servers' clocks, one per origin, measured from the exchanges as they come. */
import type { ExchangeRecord } from '../../core/capture/records.ts';
import { addSample, type ClockEstimate, offsetOf, sampleOf } from '../../core/judge/clock.ts';
import type { ClockOffset } from '../../core/judge/verdict.ts';
import type { Entry } from './log.ts';

/** A page can talk to any number of hosts; a clock is a few numbers, and the first hosts are the page's own. */
const MAX_ORIGINS = 1000;

export interface Clocks {
  add(exchange: ExchangeRecord): void;
  /** The clock of the server that the token was last sent to. */
  of(entry: Entry): ClockOffset | undefined;
}

export const createClocks = (): Clocks => {
  const estimates = new Map<string, ClockEstimate>();
  // Every second each token is judged by its server's clock, and parsing a URL is most of what that takes.
  const origins = new WeakMap<ExchangeRecord, string>();
  const originOf = (exchange: ExchangeRecord): string => {
    const origin = origins.get(exchange) ?? (URL.canParse(exchange.url) ? new URL(exchange.url).origin : '');
    origins.set(exchange, origin);
    return origin;
  };
  return {
    add(exchange) {
      const found = sampleOf(exchange);
      if (found) origins.set(exchange, found.origin);
      if (!found || (estimates.size >= MAX_ORIGINS && !estimates.has(found.origin))) return;
      estimates.set(found.origin, addSample(estimates.get(found.origin), found.sample));
    },
    of({ last, lastSent = last }) {
      const estimate = lastSent && estimates.size > 0 ? estimates.get(originOf(lastSent)) : undefined;
      return estimate ? offsetOf(estimate) : undefined;
    },
  };
};
