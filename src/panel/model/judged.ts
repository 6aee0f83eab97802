/** Whom an answer is about: a 401 to a bad Bearer says nothing of the healthy cookie beside it. */
import type { ExchangeRecord, Place, SightingRecord } from '../../core/capture/records.ts';

/** A token that the server sent was not judged by that answer. */
export const isFromServer = ({ kind, from }: Place) =>
  from === 'location' || kind === 'set_cookie' || kind === 'response_header';

const isAuthorization = ({ kind, name }: Place) => kind === 'request_header' && name === 'authorization';

const hasOpaque = ({ opaque = [] }: ExchangeRecord) =>
  opaque.some((one) => one === 'authorization' || one.startsWith('authorization '));

/**
 * The tokens (TokenRecord.id) that the answer of an exchange can be about. What stands in `Authorization` is what a
 * server decides by, a JWT or not; without it each token of the request may be.
 * @param sightings those in the exchange
 */
export const judgedIn = (exchange: ExchangeRecord, sightings: readonly SightingRecord[]): ReadonlySet<string> => {
  const sent = sightings.filter(({ place }) => !isFromServer(place));
  const named = sent.filter(({ place }) => isAuthorization(place));
  const judged = named.length > 0 || hasOpaque(exchange) ? named : sent;
  return new Set(judged.map(({ token }) => token));
};
