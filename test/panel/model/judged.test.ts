import { expect, test } from 'vitest';
import type { Place } from '../../../src/core/capture/records.ts';
import { judgedIn } from '../../../src/panel/model/judged.ts';
import { BEARER, exchangeRecord, idOf, sightingRecord } from '../records.ts';

const COOKIE: Place = { kind: 'cookie', name: 'sid' };

const judged = (places: readonly (readonly [token: string, place: Place])[], opaque?: readonly string[]) => {
  const sightings = places.map(([token, place]) => sightingRecord(token, 'x', { place }));
  return [...judgedIn(exchangeRecord('x', opaque && { opaque }), sightings)];
};

test('without Authorization each token that was sent', () => {
  expect(judged([['a', COOKIE]])).toEqual([idOf('a')]);
  expect(
    judged([
      ['a', COOKIE],
      ['b', { kind: 'url_query', name: 't' }],
      ['a', { kind: 'request_header', name: 'x-token' }],
    ]),
  ).toEqual([idOf('a'), idOf('b')]);
});

test('what stands in Authorization alone, if there is any', () => {
  expect(
    judged([
      ['a', COOKIE],
      ['b', BEARER],
    ]),
  ).toEqual([idOf('b')]);
  expect(judged([['a', COOKIE]], ['authorization Basic'])).toEqual([]);
  expect(judged([['a', COOKIE]], ['authorization'])).toEqual([]);
  expect(judged([['a', COOKIE]], ['proxy-authorization Basic'])).toEqual([idOf('a')]);
});

test('nothing that the server sent', () => {
  expect(
    judged([
      ['a', { kind: 'set_cookie', name: 'sid' }],
      ['b', { kind: 'response_header', name: 'x-token' }],
      ['c', { kind: 'url_fragment', name: 'id_token', from: 'location' }],
    ]),
  ).toEqual([]);
});
