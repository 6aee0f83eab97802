import type { ExchangeRecord } from '../../core/capture/records.ts';

/** Of a URL; '' where it has none. */
interface Address {
  /** Port included. */
  readonly host: string;
  readonly origin: string;
  readonly path: string;
}

const NONE: Address = { host: '', origin: '', path: '' };

/** A record lives until it is replaced, and is asked many times; parsing a URL is most of what that takes. */
const addresses = new WeakMap<ExchangeRecord, Address>();

/** Where an exchange went to. */
export const addressOf = (exchange: ExchangeRecord): Address => {
  const known = addresses.get(exchange);
  if (known) return known;
  const { host, origin, pathname: path } = URL.parse(exchange.url) ?? { ...NONE, pathname: '' };
  const address = { host, origin, path };
  addresses.set(exchange, address);
  return address;
};

export const hostOf = (exchange: ExchangeRecord): string => addressOf(exchange).host;
export const originOf = (exchange: ExchangeRecord): string => addressOf(exchange).origin;
