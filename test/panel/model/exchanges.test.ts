// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest';
import '../one-slice.ts';
import type { CaptureRecord } from '../../../src/core/capture/records.ts';
import type { Column } from '../../../src/panel/model/exchange-order.ts';
import { exchangesOf } from '../../../src/panel/model/exchanges.ts';
import { createModel } from '../../../src/panel/model/model.ts';
import { createFakeSource, NOW } from '../../fixtures/fake-source.ts';
import { hmacToken } from '../../fixtures/tokens.ts';
import { exchangeRecord, seen } from '../records.ts';

const ends = new Set<() => void>();
afterEach(() => {
  for (const end of ends) end();
  ends.clear();
});

const until = <Value>(check: () => Value) => vi.waitFor(check, { interval: 2, timeout: 4000 });

const setUp = async (records: readonly CaptureRecord[], exchanges: number) => {
  const fake = createFakeSource({ records });
  const model = createModel(fake.source);
  const view = exchangesOf(model);
  const leave = view.attend();
  ends.add(leave);
  ends.add(model.dispose);
  await until(() => expect(model.log.size()).toBe(exchanges));
  return { fake, model, view, leave, ids: () => view.rows.value.map(({ exchange }) => exchange.id) };
};

const token = (sub: string, exp: number) =>
  hmacToken('secret', { payload: { sub, aud: 'api', exp: NOW / 1000 + exp } });

const records = [
  ...seen(token('bob', -100), { id: 'a', start: NOW, end: NOW + 5, status: 401, url: 'https://b.test/2' }),
  ...seen(token('alice', 100), { id: 'b', start: NOW + 10, status: 200, method: 'POST', url: 'https://b.test/1' }),
  exchangeRecord('c', { start: NOW + 20, status: 403, method: 'PUT', url: 'https://a.test/9' }),
  exchangeRecord('d', { start: NOW + 30, url: 'https://c.test/' }),
];

test('newest first, and each column sorts both ways; what has nothing in it comes last', async () => {
  const { view, ids } = await setUp(records, 4);
  expect(ids()).toEqual(['d', 'c', 'b', 'a']);
  const orders: readonly (readonly [Column, string, string])[] = [
    ['method', 'dabc', 'cbda'],
    ['address', 'cbad', 'dabc'],
    ['status', 'cabd', 'bacd'],
    ['token', 'badc', 'dcab'],
  ];
  for (const [column, first, again] of orders) {
    view.sortBy(column);
    expect(ids().join(''), column).toBe(first);
    view.sortBy(column);
    expect(ids().join(''), column).toBe(again);
  }
  view.sortBy('time');
  expect(ids()).toEqual(['d', 'c', 'b', 'a']);
  view.sortBy('time');
  expect(ids()).toEqual(['a', 'b', 'c', 'd']);
});

test('by reason it sorts what was judged, which it does of itself', async () => {
  const { view, ids } = await setUp(records, 4);
  expect(view.rows.value.every(({ reason }) => reason === '')).toBe(true);
  view.sortBy('reason');
  await until(() => expect(view.rows.value.filter(({ reason }) => reason !== '')).toHaveLength(2));
  expect(ids().slice(2)).toEqual(['d', 'b']);
});

test('the filter finds reasons, also of what comes later', async () => {
  const { fake, view, ids } = await setUp(records, 4);
  view.setFilter('reason:expired');
  await until(() => expect(ids()).toEqual(['a']));
  fake.put(...seen(token('eve', -5), { id: 'e', start: NOW + 40, end: NOW + 41, status: 401 }));
  await until(() => expect(ids()).toEqual(['e', 'a']));
});

test('nobody judges for a view that is not there', async () => {
  const { view, leave, ids } = await setUp(records, 4);
  leave();
  view.setFilter('reason:expired');
  await new Promise((resolve) => setImmediate(resolve));
  expect(ids()).toEqual([]);
  ends.add(view.attend());
  await until(() => expect(ids()).toEqual(['a']));
});

test('what changes has a new row, what stays keeps its own, what goes is gone', async () => {
  const { fake, model, view, ids } = await setUp(records, 4);
  const before = view.rows.value;
  fake.put(exchangeRecord('d', { start: NOW + 30, status: 500, url: 'https://c.test/' }));
  await until(() => expect(view.rows.value[0]?.exchange.status).toBe(500));
  expect(view.rows.value.slice(1)).toEqual(before.slice(1));
  expect(view.rows.value[1]).toBe(before[1]);
  fake.drop(exchangeRecord('c'));
  await until(() => expect(model.log.size()).toBe(3));
  expect(ids()).toEqual(['d', 'b', 'a']);
});

test('hops of a request stand together where the first was sent', async () => {
  const hops = [
    exchangeRecord('1.5.1', { start: NOW + 5, status: 302 }),
    exchangeRecord('1.25.2', { start: NOW + 25, status: 302 }),
    exchangeRecord('1.35.3', { start: NOW + 35, status: 401 }),
  ];
  const { view, ids } = await setUp([...records, ...hops], 7);
  expect(ids()).toEqual(['d', 'c', 'b', '1.35.3', '1.25.2', '1.5.1', 'a']);
  expect(view.chainOf(exchangeRecord('1.25.2'))?.map(({ id }) => id)).toEqual(['1.5.1', '1.25.2', '1.35.3']);
  expect(view.chainOf(exchangeRecord('a'))).toBeUndefined();
});
