import { describe, expect, test } from 'vitest';
import { readKey } from '../../../src/core/trust/read-key.ts';
import type { RingKey } from '../../../src/core/trust/signature.ts';
import { trials } from '../../../src/core/trust/trials.ts';
import { ecPair, given, publicJwk } from '../../fixtures/keys.ts';

const SOURCE = 'https://login.test/jwks';
const ringKey = (members: Partial<RingKey> & { readonly kid?: string }): RingKey => {
  const { kid, ...rest } = members;
  return { ...given(publicJwk(ecPair('P-256'), kid === undefined ? {} : { kid }), 'discovery'), ...rest };
};
const tried = (keys: readonly RingKey[], kid?: string) =>
  trials(
    keys.map((key) => ({ given: key, reading: readKey(key.text) })),
    kid,
  ).tries;
const ids = (keys: readonly RingKey[], kid?: string) => tried(keys, kid).map((trial) => trial.given.id);
const details = (keys: readonly RingKey[], kid: string) =>
  tried(keys, kid).map(({ otherwise }) => otherwise?.detail?.[1]);

describe('in order', () => {
  test('given or pinned, then discovery, traffic, token; of equals the last that came', () => {
    const keys = [
      ringKey({ id: 'token', provenance: 'token' }),
      ringKey({ id: 'traffic', provenance: 'traffic', addedAt: 9 }),
      ringKey({ id: 'discovery' }),
      ringKey({ id: 'given', provenance: 'given', addedAt: 1 }),
      ringKey({ id: 'pinned', provenance: 'traffic', pinned: true, addedAt: 2 }),
    ];
    expect(ids(keys)).toEqual(['pinned', 'given', 'discovery', 'traffic', 'token']);
  });

  test('the kid before all that, but for a key out of a token', () => {
    const keys = [
      ringKey({ id: 'given', provenance: 'given' }),
      ringKey({ id: 'traffic', provenance: 'traffic', kid: 'a1' }),
      ringKey({ id: 'token', provenance: 'token', kid: 'a1' }),
    ];
    expect(ids(keys, 'a1')).toEqual(['traffic', 'given', 'token']);
  });
});

describe('keys of one source are one set', () => {
  const b2 = ringKey({ id: 'b2', kid: 'b2', source: SOURCE });
  const c3 = ringKey({ id: 'c3', kid: 'c3', source: SOURCE });
  const other = ringKey({ id: 'd4', kid: 'd4', source: 'https://elsewhere.test/jwks' });

  test('of which the kid picks one', () => {
    expect(ids([b2, c3, other], 'c3')).toEqual(['c3', 'd4']);
  });

  test('which lacks a kid as one', () => {
    expect(details([b2, c3, other], 'a1')).toEqual(['b2, c3', 'b2, c3', 'd4']);
  });

  test('nothing is lacking where a key of it has no name', () => {
    expect(details([b2, ringKey({ id: 'x', source: SOURCE })], 'a1')).toEqual([undefined, undefined]);
  });

  test('a key without a source is a set of its own', () => {
    expect(details([b2, ringKey({ id: 'x', kid: 'x9' })], 'a1')).toEqual(['b2', 'x9']);
  });

  test('a kid that stands twice is told once', () => {
    expect(details([b2, { ...b2, id: 'b2 again' }], 'a1')).toEqual(['b2', 'b2']);
  });
});

describe('a key that its set has no more', () => {
  const old = ringKey({ id: 'old', kid: 'old', source: SOURCE, goneAt: 5 });
  const fresh = ringKey({ id: 'fresh', kid: 'fresh', source: SOURCE });

  test('is tried, for tokens that it signed', () => {
    expect(ids([fresh, old], 'old')).toEqual(['old']);
    expect(ids([fresh, old])).toEqual(['fresh', 'old']);
  });

  test('is not told as one that the set has, unless nothing else is left', () => {
    expect(details([fresh, old], 'a1')).toEqual(['fresh', 'fresh']);
    expect(details([old], 'a1')).toEqual(['old']);
  });
});
