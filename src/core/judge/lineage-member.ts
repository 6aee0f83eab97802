/** What one token says of its lineage: whose it is, when it lived, what brought it. Linear in its sightings. */
import type { ExchangeRecord } from '../capture/records.ts';
import type { JsonObject, Kind } from '../token/decoded.ts';
import type { LineageSighting, LineageToken, Link, Use } from './lineage.ts';
import { judgeTime } from './time.ts';

/** Characters by which names are told apart; claims may be of any length. */
const MAX_NAME = 1000;
/** Audiences, or scopes, of one token that are looked at. */
const MAX_NAMES = 200;

/** What is renewed. A proof or an assertion is made anew for each request, and a credential stands for itself. */
const RENEWED: ReadonlySet<Kind> = new Set([
  'access_token',
  'id_token',
  'refresh_token',
  'session',
  'encrypted',
  'token',
]);

/** An exchange that can have brought a token, by where in it the token stood; the earliest of each kind. */
export interface Brought {
  readonly body?: ExchangeRecord;
  /** An authorization response, which brought it in the address. */
  readonly address?: ExchangeRecord;
  readonly cookie?: ExchangeRecord;
}

export interface Member {
  readonly token: string;
  readonly kind: Kind;
  readonly issuer: string | undefined;
  readonly client: string | undefined;
  readonly subject: string | undefined;
  /** Tokens of another key are of another lineage. */
  readonly key: string;
  /** The scopes: two sets that are in use at the same time are two lineages. */
  readonly scope: string;
  /** By which the tokens of a lineage are put in order, in ms. */
  readonly issued: number;
  readonly from: number;
  readonly until: number | undefined;
  readonly seen: number;
  /** From its first sighting to its last. */
  readonly last: number;
  readonly uses: readonly Use[];
  readonly brought: Brought;
}

const nameOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== ''
    ? value.slice(0, MAX_NAME)
    : typeof value === 'number'
      ? String(value)
      : undefined;

/** A claim that is one name, a list of them, or names between spaces (RFC 6749 section 3.3): sorted, each once. */
const setOf = (value: unknown, separator?: string): string => {
  const text = typeof value === 'string' && separator ? value.slice(0, MAX_NAMES * MAX_NAME).split(separator) : value;
  const list = Array.isArray(text) ? text.slice(0, MAX_NAMES) : [text];
  return JSON.stringify([...new Set(list.flatMap((name) => nameOf(name) ?? []))].sort());
};

const clientOf = (kind: Kind, { client_id, azp, appid, cid, aud }: JsonObject): string | undefined =>
  nameOf(client_id) ??
  nameOf(azp) ??
  nameOf(appid) ??
  nameOf(cid) ??
  (kind === 'id_token' ? nameOf(Array.isArray(aud) ? aud[0] : aud) : undefined);

const hostOf = (exchange: ExchangeRecord | undefined): string => (exchange && URL.parse(exchange.url)?.host) ?? '';

const useOf = ({ exchange, judged }: LineageSighting & { readonly exchange: ExchangeRecord }): Use => {
  const { id, start, status } = exchange;
  return {
    exchange: id,
    at: start,
    ...(status !== undefined && { status }),
    refused: judged && (status === 401 || status === 403),
    accepted: judged && status !== undefined && status >= 200 && status < 300,
  };
};

/** The requests that carried it, each once, in order. */
const usesOf = (sightings: readonly LineageSighting[]): readonly Use[] => {
  const uses = new Map<string, Use>();
  for (const sighting of sightings) {
    const { exchange, sent } = sighting;
    if (sent && exchange && !uses.has(exchange.id)) uses.set(exchange.id, useOf({ ...sighting, exchange }));
  }
  return [...uses.values()].sort((a, b) => a.at - b.at);
};

const broughtBy = (sightings: readonly LineageSighting[]): Brought => {
  const found: { -readonly [Way in keyof Brought]: ExchangeRecord } = {};
  for (const { place, exchange } of sightings) {
    const { kind, from } = place;
    const isAddress = from === 'location' || kind === 'url_fragment' || kind === 'url_query';
    const way =
      kind === 'response_body' ? 'body' : isAddress ? 'address' : kind === 'set_cookie' ? 'cookie' : undefined;
    const before = way && found[way];
    if (way && exchange && (!before || exchange.start < before.start)) found[way] = exchange;
  }
  return found;
};

/** When it lived, by its claims as far as they can be read and judged by. */
const lifeOf = ({ claims, firstSeen, takenBy = 0, madeBy = takenBy }: LineageToken) => {
  const { state, issuedAt, notBefore, expiresAt } = judgeTime(claims, firstSeen, { leeway: 0 });
  const made = Math.max(issuedAt ?? Number.NEGATIVE_INFINITY, notBefore ?? Number.NEGATIVE_INFINITY);
  return {
    issued: issuedAt ?? notBefore ?? firstSeen,
    from: Number.isFinite(made) ? made - madeBy : firstSeen,
    until: state === 'unreadable' || expiresAt === undefined ? undefined : expiresAt - takenBy,
  };
};

/** Reads one token; also one that has no lineage, which `isRenewed` tells. Never throws, whatever the claims are. */
export const memberOf = (token: LineageToken): Member => {
  const { id, kind, firstSeen, sightings } = token;
  const claims = token.claims ?? {};
  const [issuer, client, subject] = [nameOf(claims.iss), clientOf(kind, claims), nameOf(claims.sub)];
  const isNamed = issuer !== undefined && subject !== undefined;
  const cookie = sightings.find(({ place }) => place.kind === 'cookie' || place.kind === 'set_cookie')?.place.name;
  // Where the claims do not say whose it is, it is the server's to which it goes.
  const home = sightings.find(({ sent, exchange }) => sent && exchange) ?? sightings.find(({ exchange }) => exchange);
  const stand = isNamed && kind !== 'session' ? '' : cookie;
  const host = isNamed ? '' : hostOf(home?.exchange);
  const isNobodys = issuer === undefined && subject === undefined && home === undefined;
  const audience = kind === 'id_token' ? '' : setOf(claims.aud);
  const times = sightings.map(({ at }) => at);
  return {
    ...{ token: id, kind, issuer, client, subject },
    key: JSON.stringify([kind, issuer, client, subject, audience, stand, host, isNobodys ? id : '']),
    scope: kind === 'id_token' ? '' : setOf(claims.scope ?? claims.scp, ' '),
    ...lifeOf(token),
    seen: times.reduce((a, b) => Math.min(a, b), firstSeen),
    last: times.reduce((a, b) => Math.max(a, b), firstSeen),
    uses: usesOf(sightings),
    brought: broughtBy(sightings),
  };
};

/** Whether tokens of its kind replace each other. */
export const isRenewed = ({ kind }: Pick<Member, 'kind'>): boolean => RENEWED.has(kind);

/** The life of a token that replaced none. */
export const linkOf = ({ token, from, until, seen, uses }: Member): Link => ({
  ...{ token, from, seen, uses },
  ...(until !== undefined && { until }),
  refusedInGap: 0,
});
