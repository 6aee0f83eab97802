/** A log by hand, as lineage reads it: tokens as an identity provider makes them, where they stood and when. */
import type { ExchangeRecord, Place } from '../../../src/core/capture/records.ts';
import type { LineageSighting, LineageToken } from '../../../src/core/judge/lineage.ts';
import { memberOf } from '../../../src/core/judge/lineage-member.ts';
import { lineagesOf } from '../../../src/core/judge/lineages.ts';
import { loginsIn } from '../../../src/core/judge/oidc-logins.ts';
import { decode } from '../../../src/core/token/decode.ts';
import { kindOf } from '../../../src/core/token/kind.ts';
import { hmacToken } from '../../fixtures/tokens.ts';

/** ms since the epoch; everything below is in ms after it. */
export const START = 1_800_000_000_000;

const BEARER: Place = { kind: 'request_header', name: 'authorization', scheme: 'Bearer' };
export const inBody = (path: string): Place => ({ kind: 'response_body', name: '', path });
export const cookie = (kind: 'cookie' | 'set_cookie', name: string): Place => ({ kind, name });

export const exchange = (at: number, change: Partial<ExchangeRecord> = {}): ExchangeRecord => ({
  ...{ v: 1, type: 'exchange', tab: 1, frame: 0, method: 'GET', resource: 'fetch', witness: 'both' },
  ...{ id: `x${at}`, url: 'https://api.test/orders', start: START + at, end: START + at + 20, status: 200 },
  ...change,
});

export const tokenRequest = (at: number, grant?: string): ExchangeRecord =>
  exchange(at, { url: 'https://login.test/token', method: 'POST', ...(grant && { grant }) });

export const sentIn = (one: ExchangeRecord, place = BEARER): LineageSighting => ({
  ...{ place, at: one.start, exchange: one, sent: true, judged: true },
});

export const cameIn = (one: ExchangeRecord, place = inBody('access_token')): LineageSighting => ({
  ...{ place, at: one.end ?? one.start, exchange: one, sent: false, judged: false },
});

/** RFC 9068, as oidc-provider makes them. */
export const accessClaims = (from: number, until: number, more = {}) => ({
  ...{ iss: 'https://login.test', sub: 'alice', aud: 'https://api.test', client_id: 'spa', scope: 'orders:read' },
  ...{ iat: (START + from) / 1000, exp: (START + until) / 1000, jti: `${from}`, ...more },
});

export const token = (claims: object, sightings: readonly LineageSighting[], more = {}): LineageToken => {
  const compact = hmacToken('a secret', { payload: claims });
  const decoded = decode(compact);
  const firstSeen = Math.min(...sightings.map(({ at }) => at));
  return {
    ...{ id: compact, kind: kindOf(decoded, sightings[0]?.place), claims: decoded.payload, firstSeen, sightings },
    ...more,
  };
};

export const lineagesIn = (tokens: readonly LineageToken[], others: readonly ExchangeRecord[] = []) =>
  lineagesOf(tokens.map(memberOf), loginsIn(others));
