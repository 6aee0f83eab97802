/** An entry in the making: the records that hold it, and what follows from them in whatever order they came. */
import {
  type ExchangeRecord,
  NO_TAB,
  type PlaceKind,
  RECORD_VERSION,
  type SightingRecord,
  type TokenRecord,
} from '../../core/capture/records.ts';
import { decode } from '../../core/token/decode.ts';
import type { Decoded } from '../../core/token/decoded.ts';
import { kindOf } from '../../core/token/kind.ts';
import type { Opened } from '../../core/trust/opened.ts';
import { searchTextOf } from './filter.ts';
import { hostOf } from './host-of.ts';
import { isFromServer } from './judged.ts';
import type { Entry } from './log.ts';
import { claimsOf } from './opened.ts';

export interface Draft extends Entry {
  compact: string;
  firstSeen: number;
  decoded: Entry['decoded'];
  opened: Entry['opened'];
  claims: Entry['claims'];
  cookies: Entry['cookies'];
  kind: Entry['kind'];
  requests: number;
  refused: number;
  last: Entry['last'];
  lastSent: Entry['lastSent'];
  lastShared: boolean;
  hosts: Entry['hosts'];
  place: Entry['place'];
  searchText: string;
  searchUrl: string;
  readonly sightings: Map<string, SightingRecord>;
  /** The token records that hold it, captured or pasted, and when each first saw it. Without any it is no entry. */
  readonly held: Map<string, number>;
}

const NOTHING = decode('');

export const createDraft = (id: string): Draft => ({
  id,
  compact: '',
  firstSeen: 0,
  decoded: NOTHING,
  opened: undefined,
  claims: NOTHING,
  cookies: [],
  kind: 'token',
  sightings: new Map(),
  held: new Map(),
  requests: 0,
  refused: 0,
  last: undefined,
  lastSent: undefined,
  lastShared: false,
  hosts: new Set(),
  place: undefined,
  searchText: '',
  searchUrl: '',
});

const isRefusal = ({ status }: ExchangeRecord) => status === 401 || status === 403;

/** By time, and where that is the same by id, so that the order of arrival decides nothing. */
const isBefore = (time: number, id: string, otherTime: number, otherId: string) =>
  time < otherTime || (time === otherTime && id < otherId);

const later = (one: ExchangeRecord | undefined, other: ExchangeRecord) =>
  !one || isBefore(one.start, one.id, other.start, other.id) ? other : one;

const COOKIES: ReadonlySet<PlaceKind> = new Set(['cookie', 'set_cookie', 'cookie_jar']);

/** Cookie names that a sealed session is tried with; each costs a derivation. */
const MAX_COOKIES = 8;

/** Hosts that the filter finds a token by; a token that went to more is no longer told by its host. */
const MAX_HOSTS = 50;

/**
 * Brings all that follows from a draft's records up to date. Linear in its sightings, so once per slice of work.
 * @param judgedIn the tokens that the answer of an exchange can be about
 */
export const settle = (
  draft: Draft,
  exchangeOf: (id: string) => ExchangeRecord | undefined,
  judgedIn: (exchange: ExchangeRecord) => ReadonlySet<string>,
): void => {
  draft.firstSeen = Math.min(...draft.held.values());
  const counted = new Set<string>();
  let first: SightingRecord | undefined;
  let last: ExchangeRecord | undefined;
  let lastSent: ExchangeRecord | undefined;
  const sentIn = new Set<string>();
  const hosts = new Set<string>();
  const cookies = new Set<string>();
  let refused = 0;
  for (const sighting of draft.sightings.values()) {
    if (!first || isBefore(sighting.at, sighting.id, first.at, first.id)) first = sighting;
    const { exchange: id, place } = sighting;
    if (COOKIES.has(place.kind) && cookies.size < MAX_COOKIES) cookies.add(place.name);
    if (id === '') continue;
    const exchange = exchangeOf(id);
    if (exchange && !isFromServer(place) && !sentIn.has(id)) {
      sentIn.add(id);
      const judged = judgedIn(exchange);
      if (judged.has(draft.id)) {
        if (judged.size === 1 && isRefusal(exchange)) refused += 1;
        lastSent = later(lastSent, exchange);
      }
    }
    if (counted.has(id)) continue;
    counted.add(id);
    if (!exchange) continue;
    last = later(last, exchange);
    if (hosts.size < MAX_HOSTS) hosts.add(hostOf(exchange));
  }
  draft.requests = counted.size;
  draft.refused = refused;
  if (draft.last !== last) draft.searchUrl = last?.url.toLowerCase() ?? '';
  draft.last = last;
  draft.lastSent = lastSent;
  draft.lastShared = lastSent !== undefined && judgedIn(lastSent).size > 1;
  draft.hosts = hosts;
  if (draft.cookies.length !== cookies.size) draft.cookies = [...cookies];
  const isDescribed = draft.searchText !== '' && draft.place?.kind === first?.place.kind;
  const isNamed = draft.place?.name === first?.place.name && draft.place?.path === first?.place.path;
  draft.place = first?.place;
  if (isDescribed && isNamed) return;
  describe(draft);
};

/** A JWE whose content is known is what its content is; its own header names the kind of nothing but itself. */
const asContent = (claims: Decoded): Decoded =>
  claims.form === 'jwe' && claims.payloadText !== undefined ? { ...claims, form: 'jws', header: {} } : claims;

const describe = (draft: Draft): void => {
  draft.claims = claimsOf(draft);
  draft.kind = kindOf(asContent(draft.claims), draft.place);
  draft.searchText = searchTextOf(draft);
};

/** Reads the token of a draft that has none yet. */
export const fill = (draft: Draft, compact: string): void => {
  draft.compact = compact;
  draft.decoded = decode(compact);
  draft.opened = undefined;
  draft.claims = claimsOf(draft);
  draft.searchText = '';
};

/** Takes what keys opened of it. True where that changes what can be read. */
export const take = (draft: Draft, opened: Opened): boolean => {
  const { claims } = draft;
  const isRead = opened.layers.length > 1 || opened.layers.some(({ sd }) => sd);
  draft.opened = opened;
  if (!isRead && claimsOf(draft) === claims) return false;
  describe(draft);
  return true;
};

/** By the newest first; of one moment by id. */
export const byAge = (a: Entry, b: Entry): number => b.firstSeen - a.firstSeen || (a.id < b.id ? -1 : 1);

/** For export: of no tab, since it was held by any number of them, or by none when it was pasted. */
export const tokenRecordOf = ({ id, compact, firstSeen }: Entry): TokenRecord => ({
  v: RECORD_VERSION,
  type: 'token',
  id,
  tab: NO_TAB,
  compact,
  firstSeen,
});
