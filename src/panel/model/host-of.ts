import type { ExchangeRecord } from '../../core/capture/records.ts';

/** A record lives until it is replaced, and is asked for its host many times; parsing a URL is most of what that takes. */
const hosts = new WeakMap<ExchangeRecord, string>();

/** The host that an exchange went to, port included; '' where its URL has none. */
export const hostOf = (exchange: ExchangeRecord): string => {
  const host = hosts.get(exchange) ?? URL.parse(exchange.url)?.host ?? '';
  hosts.set(exchange, host);
  return host;
};
