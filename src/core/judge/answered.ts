/** What an answer says of a request, by its status alone. */
import type { ExchangeRecord } from '../capture/records.ts';

/** Answered 401 or 403. */
export const isRefused = (exchange: ExchangeRecord | undefined): exchange is ExchangeRecord =>
  exchange?.status === 401 || exchange?.status === 403;

/** Answered 2xx. */
export const isTaken = ({ status = 0 }: ExchangeRecord): boolean => status >= 200 && status <= 299;
