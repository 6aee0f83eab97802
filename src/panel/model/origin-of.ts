import type { ExchangeRecord } from '../../core/capture/records.ts';

/** Every second each token is judged by its server's clock, and parsing a URL is most of what that takes. */
const origins = new WeakMap<ExchangeRecord, string>();

/** The origin that an exchange went to; '' where its URL is none. */
export const originOf = (exchange: ExchangeRecord): string => {
  const origin = origins.get(exchange) ?? URL.parse(exchange.url)?.origin ?? '';
  origins.set(exchange, origin);
  return origin;
};
