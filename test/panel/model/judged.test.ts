import { expect, test } from 'vitest';
import type { Place } from '../../../src/core/capture/records.ts';
import { judgedIn } from '../../../src/panel/model/judged.ts';
import { BEARER, exchangeRecord, idOf, sightingRecord } from '../records.ts';

const COOKIE: Place = { kind: 'cookie', name: 'sid' };

const PROOF: Place = { kind: 'request_header', name: 'dpop' };

const judged = (
  places: readonly (readonly [token: string, place: Place])[],
  opaque?: readonly string[],
  wwwAuthenticate?: readonly string[],
) => {
  const sightings = places.map(([token, place]) => sightingRecord(token, 'x', { place }));
  const exchange = exchangeRecord('x', { ...(opaque && { opaque }), ...(wwwAuthenticate && { wwwAuthenticate }) });
  return [...judgedIn(exchange, sightings)];
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

test('the DPoP proof, where the server says that it was that', () => {
  const sent = [
    ['a', BEARER],
    ['p', PROOF],
  ] as const;
  for (const challenge of ['DPoP realm="x", error="use_dpop_nonce"', 'DPoP error=invalid_dpop_proof, algs="ES256"']) {
    expect(judged(sent, undefined, [challenge])).toEqual([idOf('p')]);
    expect(judged(sent, undefined, ['Bearer', challenge])).toEqual([idOf('p')]);
    // Nor is an opaque token accused, or a cookie that stood beside.
    expect(
      judged(
        [
          ['p', PROOF],
          ['c', COOKIE],
        ],
        ['authorization DPoP'],
        [challenge],
      ),
    ).toEqual([idOf('p')]);
    expect(judged([['a', BEARER]], undefined, [challenge])).toEqual([idOf('a')]);
  }
  expect(judged(sent, undefined, ['DPoP error="invalid_token"'])).toEqual([idOf('a')]);
  expect(judged(sent, undefined, ['DPoP error="use_dpop_nonces"'])).toEqual([idOf('a')]);
  expect(judged(sent)).toEqual([idOf('a')]);
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
