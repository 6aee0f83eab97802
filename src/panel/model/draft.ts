/** An entry in the making: the records that hold it, and what follows from them in whatever order they came. */
import { NO_TAB, RECORD_VERSION, type SightingRecord, type TokenRecord } from '../../core/capture/records.ts';
import { decode } from '../../core/token/decode.ts';
import type { Decoded } from '../../core/token/decoded.ts';
import { kindOf } from '../../core/token/kind.ts';
import type { Opened } from '../../core/trust/opened.ts';
import { searchTextOf } from './filter.ts';
import type { Entry } from './log.ts';
import { claimsOf } from './opened.ts';

export interface Draft extends Entry {
  compact: string;
  firstSeen: number;
  removed: Entry['removed'];
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
  place: Entry['place'];
  searchText: string;
  searchUrl: string;
  hosts: Set<string>;
  readonly sightings: Map<string, SightingRecord>;
  /** The first of them. */
  first: SightingRecord | undefined;
  /** Those that nothing follows from yet. */
  fresh: SightingRecord[];
  /** ExchangeRecord.id → what it counts for, in the bits of `settle`. */
  readonly uses: Map<string, number>;
  /** ExchangeRecord.id of those that changed since. */
  readonly changed: Set<string>;
  /** Something went: all of it is to be looked at again. */
  isStale: boolean;
  /** The token records that hold it, captured or pasted, and when each first saw it. Without any it is no entry. */
  readonly held: Map<string, number>;
}

const NOTHING = decode('');

export const createDraft = (id: string): Draft => ({
  id,
  compact: '',
  firstSeen: 0,
  removed: undefined,
  decoded: NOTHING,
  opened: undefined,
  claims: NOTHING,
  cookies: [],
  kind: 'token',
  sightings: new Map(),
  first: undefined,
  fresh: [],
  uses: new Map(),
  changed: new Set(),
  isStale: false,
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

/** A JWE whose content is known is what its content is; its own header names the kind of nothing but itself. */
const asContent = (claims: Decoded): Decoded =>
  claims.form === 'jwe' && claims.payloadText !== undefined ? { ...claims, form: 'jws', header: {} } : claims;

/** What is said of it, from what can be read and where it was seen first. */
export const describe = (draft: Draft): void => {
  draft.claims = claimsOf(draft);
  draft.kind = kindOf(asContent(draft.claims), draft.place);
  draft.searchText = searchTextOf(draft);
};

/** Reads the token of a draft that has none yet. */
export const fill = (draft: Draft, { compact, removed }: Pick<TokenRecord, 'compact' | 'removed'>): void => {
  draft.compact = compact;
  draft.removed = removed;
  const decoded = decode(compact);
  // What is wrong with the putting together is no fault of the token.
  draft.decoded = removed ? { ...decoded, problems: removed.problems, whole: removed.segments } : decoded;
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
export const tokenRecordOf = ({ id, compact, firstSeen, removed }: Entry): TokenRecord => ({
  v: RECORD_VERSION,
  type: 'token',
  id,
  tab: NO_TAB,
  compact,
  firstSeen,
  ...(removed && { removed }),
});
