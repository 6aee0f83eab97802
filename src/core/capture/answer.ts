import { type Header, headerValue, headerValues } from './headers.ts';
import type { ExchangeRecord } from './records.ts';

/** Of a header kept as evidence; servers send 16 KB of headers at most. A longer one is left out: cut, it would prove nothing. */
export const MAX_EVIDENCE = 32_768;

/** Out of a cache, which tells the age in seconds (RFC 9111 section 5.1) and leaves `Date` as it was. */
const isOld = (headers: readonly Header[]): boolean => Number.parseInt(headerValue(headers, 'age') ?? '', 10) > 0;

const evidence = (headers: readonly Header[], name: string): string => {
  const value = headerValue(headers, name) ?? '';
  return value.length > MAX_EVIDENCE ? '' : value;
};

/**
 * What a response says beside its tokens, as members of the exchange's record. Takes the status, `end` in ms since the
 * epoch, the headers, and whether nobody saw the request leave. Only a `Date` that is a sample of the server's clock is
 * kept, and only the `Location` of a redirect.
 */
export const answer = (
  status: number,
  end: number,
  headers: readonly Header[],
  startUnknown = false,
): Partial<ExchangeRecord> => {
  const date = startUnknown || isOld(headers) ? undefined : headerValue(headers, 'date');
  const wwwAuthenticate = headerValues(headers, 'www-authenticate');
  const dpopNonce = evidence(headers, 'dpop-nonce');
  const location = status >= 300 && status < 400 ? evidence(headers, 'location') : '';
  return {
    status,
    end,
    ...(date && { date }),
    ...(wwwAuthenticate.length > 0 && { wwwAuthenticate }),
    ...(dpopNonce && { dpopNonce }),
    ...(location && { location }),
  };
};
