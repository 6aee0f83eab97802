/** What follows from an entry's records, brought up to date at the cost of what changed. */
import { type ExchangeRecord, isFromServer, type PlaceKind, type SightingRecord } from '../../core/capture/records.ts';
import { hostOf } from './address-of.ts';
import { type Draft, describe } from './draft.ts';

/** What one exchange counts for, as bits. */
const SENT = 1;
const KNOWN = 2;
const JUDGED = 4;
const REFUSED = 8;

/** Where an entry's exchanges are found, and the tokens that the answer of one can be about. */
export interface Around {
  exchangeOf(id: string): ExchangeRecord | undefined;
  judgedIn(exchange: ExchangeRecord): ReadonlySet<string>;
}

const isRefusal = ({ status }: ExchangeRecord) => status === 401 || status === 403;

/** By time, and where that is the same by id, so that the order of arrival decides nothing. */
const isBefore = (time: number, id: string, otherTime: number, otherId: string) =>
  time < otherTime || (time === otherTime && id < otherId);

const later = (one: ExchangeRecord | undefined, other: ExchangeRecord) =>
  !one || one.id === other.id || isBefore(one.start, one.id, other.start, other.id) ? other : one;

const COOKIES: ReadonlySet<PlaceKind> = new Set(['cookie', 'set_cookie', 'cookie_jar']);

/** Cookie names that a sealed session is tried with; each costs a derivation. */
const MAX_COOKIES = 8;

/** Hosts that the filter finds a token by; a token that went to more is no longer told by its host. */
const MAX_HOSTS = 50;

const forgetAll = (draft: Draft): void => {
  draft.isStale = false;
  draft.first = undefined;
  draft.last = undefined;
  draft.lastSent = undefined;
  draft.refused = 0;
  draft.cookies = [];
  draft.hosts.clear();
  draft.uses.clear();
  draft.fresh = [...draft.sightings.values()];
};

const takeSighting = (draft: Draft, sighting: SightingRecord): void => {
  const { first, cookies, uses } = draft;
  const { exchange, place } = sighting;
  if (!first || isBefore(sighting.at, sighting.id, first.at, first.id)) draft.first = sighting;
  const isCookie = COOKIES.has(place.kind) && cookies.length < MAX_COOKIES;
  if (isCookie && !cookies.includes(place.name)) draft.cookies = [...cookies, place.name];
  if (exchange === '') return;
  uses.set(exchange, (uses.get(exchange) ?? 0) | (isFromServer(place) ? 0 : SENT));
  draft.changed.add(exchange);
};

const bitsOf = (draft: Draft, exchange: ExchangeRecord, sent: number, judgedIn: Around['judgedIn']): number => {
  if (!sent) return KNOWN;
  const judged = judgedIn(exchange);
  if (!judged.has(draft.id)) return sent | KNOWN;
  return sent | KNOWN | JUDGED | (judged.size === 1 && isRefusal(exchange) ? REFUSED : 0);
};

/** Whether what counted for something does so no more, so that another one may have to step in. */
const isWithdrawn = ({ last, lastSent }: Draft, id: string, exchange?: ExchangeRecord): boolean =>
  [last, lastSent].some((one) => one?.id === id && (exchange?.start ?? Number.NEGATIVE_INFINITY) < one.start);

const takeExchange = (draft: Draft, id: string, { exchangeOf, judgedIn }: Around): void => {
  const before = draft.uses.get(id);
  if (before === undefined) return;
  const exchange = exchangeOf(id);
  const bits = exchange ? bitsOf(draft, exchange, before & SENT, judgedIn) : before & SENT;
  draft.uses.set(id, bits);
  draft.refused += (bits & REFUSED ? 1 : 0) - (before & REFUSED ? 1 : 0);
  const isLess = (before & ~bits & (KNOWN | JUDGED)) > 0;
  if (isLess || isWithdrawn(draft, id, exchange)) draft.isStale = true;
  if (!exchange) return;
  draft.last = later(draft.last, exchange);
  if (bits & JUDGED) draft.lastSent = later(draft.lastSent, exchange);
  if (draft.hosts.size < MAX_HOSTS) draft.hosts.add(hostOf(exchange));
};

/** Brings all that follows from a draft's records up to date: linear in those that came or changed, in all where one went. */
export const settle = (draft: Draft, around: Around): void => {
  draft.firstSeen = Math.min(...draft.held.values());
  const { last: lastBefore, cookies } = draft;
  do {
    if (draft.isStale) forgetAll(draft);
    for (const sighting of draft.fresh) takeSighting(draft, sighting);
    draft.fresh = [];
    for (const id of draft.changed) takeExchange(draft, id, around);
    draft.changed.clear();
  } while (draft.isStale);
  const { first, last, lastSent } = draft;
  draft.requests = draft.uses.size;
  // Another array makes sealed tokens be tried again.
  const isSame = draft.cookies.length === cookies.length && draft.cookies.every((name) => cookies.includes(name));
  if (isSame) draft.cookies = cookies;
  if (lastBefore !== last) draft.searchUrl = last?.url.toLowerCase() ?? '';
  draft.lastShared = lastSent !== undefined && around.judgedIn(lastSent).size > 1;
  const isDescribed = draft.searchText !== '' && draft.place?.kind === first?.place.kind;
  const isNamed = draft.place?.name === first?.place.name && draft.place?.path === first?.place.path;
  draft.place = first?.place;
  if (!isDescribed || !isNamed) describe(draft);
};
