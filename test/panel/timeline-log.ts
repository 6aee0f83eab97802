/** A log of a tab in which a refresh came too late: a login, calls, an expiry, refusals, a refresh, a call. */
import type { Place } from '../../src/core/capture/records.ts';
import { NOW } from '../fixtures/fake-source.ts';
import { hmacToken } from '../fixtures/tokens.ts';
import { exchangeRecord, seen, sightingRecord } from './records.ts';

const IN_BODY: Place = { kind: 'response_body', name: '', path: 'access_token', format: 'json' };
const PROOF: Place = { kind: 'request_header', name: 'dpop' };

/** All times in seconds from now. */
const secondsFrom = (at: number): number => NOW + at * 1000;

export const accessToken = (from: number, until: number, more = {}): string =>
  hmacToken('a secret of the server, long enough', {
    payload: {
      ...{ iss: 'https://login.test', sub: 'alice', aud: 'https://api.test', client_id: 'spa', scope: 'orders' },
      ...{ iat: secondsFrom(from) / 1000, exp: secondsFrom(until) / 1000, ...more },
    },
  });

const call = (token: string, at: number, status: number) => {
  const id = `call${at}`;
  return [
    exchangeRecord(id, { url: 'https://api.test/orders', start: secondsFrom(at), end: secondsFrom(at) + 20, status }),
    sightingRecord(token, id, { at: secondsFrom(at) }),
  ];
};

const brought = (token: string, at: number, grant: string) =>
  seen(token, {
    ...{ id: `token${at}`, url: 'https://login.test/token', method: 'POST', status: 200, grant, place: IN_BODY },
    ...{ start: secondsFrom(at), end: secondsFrom(at) },
  });

export const OLD = accessToken(-100, -40);
export const FRESH = accessToken(-26, 34);

export const LATE_REFRESH = [
  ...brought(OLD, -100, 'authorization_code'),
  ...call(OLD, -90, 200),
  ...call(OLD, -89, 200),
  ...call(OLD, -38, 401),
  ...call(OLD, -30, 401),
  ...brought(FRESH, -26, 'refresh_token'),
  ...call(FRESH, -25, 200),
  ...seen(hmacToken('x', { header: { typ: 'dpop+jwt' }, payload: { htm: 'GET', htu: 'https://api.test/' } }), {
    ...{ id: 'proof', place: PROOF, start: secondsFrom(-25) },
  }),
];
