import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ExchangeRecord } from '../../../src/core/capture/records.ts';
import { chainsOf } from '../../../src/panel/model/chains.ts';
import { NOW } from '../../fixtures/fake-source.ts';
import { exchangeRecord } from '../records.ts';

const redirect = (id: string, url: string, location: string, at: number, change: Partial<ExchangeRecord> = {}) =>
  exchangeRecord(id, { url, location, status: 302, start: NOW + at, end: NOW + at + 5, ...change });

const idsOf = (exchanges: readonly ExchangeRecord[], id: string) =>
  chainsOf(exchanges)
    .hops.get(id)
    ?.map((hop) => hop.id);

test('hops that the background numbered are one chain, in the order of their numbers, though one is missing', () => {
  const hops = [4, 10, 2].map((number) => exchangeRecord(`9.1${number}.${number}`, { start: NOW + number }));
  const other = exchangeRecord('91.12.5');
  expect(idsOf([...hops, other], '9.12.2')).toEqual(['9.12.2', '9.14.4', '9.110.10']);
  expect(chainsOf([...hops, other]).hops.has(other.id)).toBe(false);
});

test('hops that DevTools told are one chain by where their Location leads, relative and with a fragment too', () => {
  const hops = [
    redirect('da', 'https://a.test/login', '/next#x', 0),
    redirect('db', 'https://a.test/next', 'https://b.test/end', 6),
    exchangeRecord('dc', { url: 'https://b.test/end', start: NOW + 12 }),
  ];
  for (const { id } of hops) expect(idsOf(hops.toReversed(), id)).toEqual(['da', 'db', 'dc']);
});

test.each([
  ['too late', { start: NOW + 2000 }],
  ['before it', { start: NOW - 1 }],
  ['elsewhere', { url: 'https://b.test/other' }],
])('what was requested %s is no hop', (_, change) => {
  const next = exchangeRecord('dn', { url: 'https://b.test/end', start: NOW + 8, ...change });
  expect(chainsOf([redirect('da', 'https://a.test/', 'https://b.test/end', 0), next]).hops.size).toBe(0);
});

test('two redirects to one address have a hop each, and one that nothing follows has none', () => {
  const end = 'https://b.test/end';
  const all = [
    redirect('da', 'https://a.test/1', end, 0),
    redirect('db', 'https://a.test/2', end, 1),
    exchangeRecord('dx', { url: end, start: NOW + 6 }),
    exchangeRecord('dy', { url: end, start: NOW + 7 }),
    redirect('dc', 'https://a.test/3', end, 8),
  ];
  expect(idsOf(all, 'da')).toEqual(['da', 'dx']);
  expect(idsOf(all, 'db')).toEqual(['db', 'dy']);
  expect(idsOf(all, 'dc')).toBeUndefined();
});

test('a page that redirects to itself makes a chain and no ring', () => {
  const all = Array.from({ length: 5000 }, (_, index) =>
    redirect(`d${index}`, 'https://a.test/', '', index * 10, { location: 'https://a.test/' }),
  );
  expect(chainsOf(all).hops.get('d0')).toHaveLength(5000);
  const ring = [redirect('7.1.1', 'https://a.test/', '/', 9), redirect('7.1.2', 'https://a.test/', '/', 0)];
  expect(chainsOf(ring).hops.get('7.1.1')?.length ?? 0).toBeLessThanOrEqual(2);
});

test('whatever there is, an exchange is in one chain, once, and each chain has two at least', () => {
  const url = fc.constantFrom('https://a.test/', 'https://a.test/b', 'https://c.test/');
  const some = fc.record({
    id: fc.oneof(fc.stringMatching(/^[12]\.[12]\.[1-3]$/), fc.stringMatching(/^d[a-f]$/)),
    url,
    location: fc.option(fc.oneof(url, fc.string()), { nil: undefined }),
    start: fc.integer({ min: 0, max: 30 }),
  });
  fc.assert(
    fc.property(fc.uniqueArray(some, { selector: ({ id }) => id }), (given) => {
      const all = given.map(({ id, location, ...rest }) =>
        exchangeRecord(id, { ...rest, ...(location !== undefined && { location, status: 302 }) }),
      );
      const chains = chainsOf(all).hops;
      for (const [id, hops] of chains) {
        expect(hops.length).toBeGreaterThan(1);
        expect(hops.filter((hop) => hop.id === id)).toHaveLength(1);
        for (const hop of hops) expect(chains.get(hop.id)).toBe(hops);
      }
      const [last, ...others] = all;
      const before = chainsOf(others);
      if (last && !before.concern(last)) expect([...before.hops]).toEqual([...chains]);
    }),
  );
});
