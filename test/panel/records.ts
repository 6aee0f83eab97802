/** Records of a tab, as the background writes them. */
import { createHash } from 'node:crypto';
import {
  type ExchangeRecord,
  type Place,
  RECORD_VERSION,
  type SightingRecord,
  type TabRecord,
  type TokenRecord,
} from '../../src/core/capture/records.ts';
import { NOW } from '../fixtures/fake-source.ts';

const v = RECORD_VERSION;
const tab = 1;

export const BEARER: Place = { kind: 'request_header', name: 'authorization', scheme: 'Bearer' };

export const idOf = (compact: string): string => createHash('sha256').update(compact).digest('base64url');

export const tokenRecord = (compact: string, firstSeen = NOW): TokenRecord => ({
  v,
  type: 'token',
  id: idOf(compact),
  tab,
  compact,
  firstSeen,
});

export const sightingRecord = (
  compact: string,
  exchange: string,
  change: Partial<SightingRecord> = {},
): SightingRecord => ({
  v,
  type: 'sighting',
  id: `${exchange}-${idOf(compact)}-${change.place?.kind ?? ''}-${change.place?.name ?? ''}`,
  tab,
  token: idOf(compact),
  exchange,
  place: BEARER,
  at: NOW,
  ...change,
});

export const exchangeRecord = (id: string, change: Partial<ExchangeRecord> = {}): ExchangeRecord => ({
  v,
  type: 'exchange',
  id,
  tab,
  frame: 0,
  method: 'GET',
  url: 'https://api.test/me',
  resource: 'xmlhttprequest',
  start: NOW,
  witness: 'background',
  ...change,
});

export const tabRecord = (counts: Partial<Pick<TabRecord, 'requests' | 'opaque' | 'dropped'>>): TabRecord => ({
  v,
  type: 'tab',
  tab,
  requests: 0,
  opaque: 0,
  dropped: 0,
  ...counts,
});

/** A token with the one request that carried it. */
export const seen = (compact: string, exchange: Partial<ExchangeRecord> & { readonly place?: Place } = {}) => {
  const { place = BEARER, ...change } = exchange;
  const id = change.id ?? `x-${idOf(compact)}`;
  const at = change.start ?? NOW;
  return [exchangeRecord(id, change), tokenRecord(compact, at), sightingRecord(compact, id, { place, at })] as const;
};
