import { expect, test } from 'vitest';
import {
  MAX_ORIGIN_KEYS,
  MAX_RING_CHARACTERS,
  MAX_RING_KEYS,
  withinBounds,
} from '../../../src/core/trust/ring-bounds.ts';
import type { RingKey } from '../../../src/core/trust/signature.ts';

/** Every key of an origin of its own, unless told. */
const key = (id: string, more: Partial<RingKey> = {}): RingKey => ({
  id,
  text: 'x',
  provenance: 'traffic',
  issuer: '',
  addedAt: 0,
  source: `https://${id}.test/keys`,
  ...more,
});
const many = (count: number, more: (index: number) => Partial<RingKey>, from = 0): readonly RingKey[] =>
  Array.from({ length: count }, (_, index) => key(`k${from + index}`, more(from + index)));

test('what fits is put, and nothing goes', () => {
  const put = [key('a'), key('b')];
  expect(withinBounds([key('c')], put)).toEqual({ put, remove: [] });
});

test('the oldest go, and never what a person gave, named, pinned or remembered', () => {
  const kept = [
    key('given', { provenance: 'given' }),
    key('named', { name: 'mine' }),
    key('pinned', { pinned: true }),
    key('remembered', { remembered: true }),
  ];
  const ring = [...kept, ...many(MAX_RING_KEYS, (index) => ({ addedAt: 10 + index }))];
  const put = [key('new', { addedAt: 10_000 })];
  expect(withinBounds(ring, put)).toEqual({ put, remove: ['k0'] });
});

test('what is worth least goes first: gone, then of no known issuer, then of a known one, then fetched', () => {
  const ring = many(MAX_RING_KEYS - 5, () => ({ provenance: 'discovery' }));
  const last = [
    key('gone', { addedAt: 5, goneAt: 6 }),
    key('nobody', { addedAt: 4 }),
    key('gone issuer', { addedAt: 3, issuer: 'https://a.test', goneAt: 4 }),
    key('issuer', { addedAt: 2, issuer: 'https://a.test' }),
    key('gone fetched', { addedAt: 1, provenance: 'discovery', goneAt: 2 }),
  ];
  for (const count of [1, 2, 3, 4, 5]) {
    const put = many(count, () => ({ provenance: 'discovery' }), MAX_RING_KEYS);
    expect(withinBounds([...ring, ...last], put)).toEqual({ put, remove: last.slice(0, count).map(({ id }) => id) });
  }
});

test('one origin pushes out only its own', () => {
  const others = many(50, () => ({ addedAt: 1 }));
  const flood = (from: number, count: number) =>
    many(count, (index) => ({ addedAt: index, source: `https://evil.test/${index}` }), from);
  const ring = [...others, ...flood(1000, MAX_ORIGIN_KEYS)];
  const { put, remove } = withinBounds(ring, flood(2000, 30));
  expect(put).toHaveLength(30);
  expect(remove.toSorted()).toEqual(many(30, () => ({}), 1000).map(({ id }) => id));
});

test('many names of one owner push out only what they brought themselves', () => {
  const mine = [0, 1, 2].map((index) =>
    key(`mine${index}`, { source: 'https://login.victim.test/keys', addedAt: index }),
  );
  const nobodys = key('nobody', { source: 'https://keys.other.test/keys' });
  const ring = [...mine, nobodys];
  const flood = many(MAX_RING_KEYS + 50, (index) => ({
    addedAt: 10 + index,
    issuer: 'https://evil.test',
    source: `https://a${index % 20}.evil.test/keys`,
  }));
  const { put, remove } = withinBounds(ring, flood);
  expect(remove).toEqual([]);
  expect(put).toHaveLength(MAX_RING_KEYS - ring.length);
});

test('what was fetched has no turns to wait for', () => {
  const fetched = many(50, () => ({ provenance: 'discovery', source: 'https://login.test/keys' }));
  const { remove } = withinBounds(
    fetched,
    many(MAX_RING_KEYS, () => ({ addedAt: 5 }), 1000),
  );
  expect(remove).toEqual([]);
});

test('there is a bound of size, and what alone is over it does not get in', () => {
  const half = 'x'.repeat(MAX_RING_CHARACTERS / 2);
  const [old, young] = [key('old', { text: half, addedAt: 1 }), key('young', { text: half, addedAt: 2 })];
  expect(withinBounds([old], [young])).toEqual({ put: [young], remove: ['old'] });
  const huge = key('huge', { text: half + half, addedAt: 3 });
  expect(withinBounds([old], [huge])).toEqual({ put: [], remove: [] });
});
