import { type Header, headerValue, headerValues } from './headers.ts';
import type { ExchangeRecord } from './records.ts';

/** Out of a cache, which tells the age in seconds (RFC 9111 section 5.1) and leaves `Date` as it was. */
const isOld = (headers: readonly Header[]): boolean => Number.parseInt(headerValue(headers, 'age') ?? '', 10) > 0;

/**
 * What a response says beside its tokens, as members of the exchange's record. Takes the status, `end` in ms since the
 * epoch, the headers, and whether nobody saw the request leave. Only a `Date` that is a sample of the server's clock is kept.
 */
export const answer = (
  status: number,
  end: number,
  headers: readonly Header[],
  startUnknown = false,
): Partial<ExchangeRecord> => {
  const date = startUnknown || isOld(headers) ? undefined : headerValue(headers, 'date');
  const wwwAuthenticate = headerValues(headers, 'www-authenticate');
  return { status, end, ...(date && { date }), ...(wwwAuthenticate.length > 0 && { wwwAuthenticate }) };
};
