/** When a request left, by the clock of the server that judged it. */
import type { ExchangeRecord } from '../capture/records.ts';
import type { ClockOffset } from './verdict.ts';

/** What the device's clock may be off by in a claim about one request, when the server told no time; ms. */
const UNMEASURED = 1000;

/** As well as it is known; ms since the epoch. */
export const departure = (exchange: ExchangeRecord, clock: ClockOffset | undefined): number =>
  exchange.start + (clock?.offset ?? 0);

/** The earliest and the latest moment, by the server's clock, at which the server can have judged the request; ms since the epoch. */
export const moments = (
  exchange: ExchangeRecord,
  clock: ClockOffset | undefined,
): { readonly early: number; readonly late: number } => {
  const { low, high } = clock ?? { low: -UNMEASURED, high: UNMEASURED };
  return { early: exchange.start + low, late: (exchange.end ?? exchange.start) + high };
};
