/** What an answer says of a request, by its status alone. */
import type { ExchangeRecord } from '../capture/records.ts';

/** Answered 401 or 403. */
export const isRefused = (exchange: ExchangeRecord | undefined): exchange is ExchangeRecord =>
  exchange?.status === 401 || exchange?.status === 403;

/** GraphQL answers 200 whatever it thought of the token, and tells in the body (GraphQL over HTTP, section 6.4.1). */
const GRAPHQL = /\/(?:graphql|gql)\/?(?:[?#]|$)/i;

/** Answered 2xx, where that says something. */
export const isTaken = ({ status = 0, url }: ExchangeRecord): boolean =>
  status >= 200 && status <= 299 && !GRAPHQL.test(url);
