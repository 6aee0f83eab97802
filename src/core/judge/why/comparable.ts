/** Which of the tokens that an API accepted say something about another one. */
import type { ExchangeRecord, Place } from '../../capture/records.ts';
import { isTaken } from '../answered.ts';
import type { AcceptedToken, SentToken } from '../diagnosis.ts';
import type { Case } from './look.ts';

const sameScheme = (a: Place, b: Place): boolean => (a.scheme ?? '').toLowerCase() === (b.scheme ?? '').toLowerCase();

const inSamePlace = (a: Place, b: Place): boolean => a.kind === b.kind && a.name === b.name && sameScheme(a, b);

/** Taken without a look at it, as far as can be seen: the answer says nothing of its claims. */
const isUnjudged = ({ decoded, signature }: SentToken): boolean =>
  decoded.form !== 'jws' || signature?.state === 'mismatch' || signature?.state === 'malformed';

const isAlike = (token: SentToken, { exchange, token: other }: AcceptedToken): boolean =>
  inSamePlace(other.place, token.place) && !other.sealed && !isUnjudged(other) && isTaken(exchange);

/** Tokens accepted in the same place, whatever they are. */
export const acceptedAlike = (token: SentToken, accepted: readonly AcceptedToken[]): readonly AcceptedToken[] =>
  accepted.filter((one) => isAlike(token, one));

/**
 * Those of the same kind, each token once, as it was accepted last: an ID token has another audience than an access token by
 * design.
 */
export const comparableTo = (token: SentToken, accepted: readonly AcceptedToken[]): readonly AcceptedToken[] => {
  const alike = acceptedAlike(token, accepted).filter((one) => one.token.kind === token.kind);
  // Found the first time, and so the newest.
  const known = new Set<string>();
  return alike.filter(({ token: { id } }) => known.size < known.add(id).size);
};

/** A record is compared with each refusal of its API, and parsing its URL is most of what that takes. */
const paths = new WeakMap<ExchangeRecord, string>();

const pathOf = (exchange: ExchangeRecord): string => {
  const path = paths.get(exchange) ?? URL.parse(exchange.url)?.pathname ?? exchange.url;
  paths.set(exchange, path);
  return path;
};

/** Of the comparable ones, what was accepted for the same method and path. */
export const acceptedHere = ({ token, input: { exchange, accepted } }: Case): readonly AcceptedToken[] => {
  const path = pathOf(exchange);
  const here = accepted.filter((one) => one.exchange.method === exchange.method && pathOf(one.exchange) === path);
  return comparableTo(token, here);
};
