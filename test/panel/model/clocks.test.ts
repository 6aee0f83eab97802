import { expect, test } from 'vitest';
import '../one-slice.ts';
import { createClocks } from '../../../src/panel/model/clocks.ts';
import { createLog } from '../../../src/panel/model/log.ts';
import { createFakeSource, NOW } from '../../fixtures/fake-source.ts';
import { compact } from '../../fixtures/tokens.ts';
import { exchangeRecord, seen } from '../records.ts';

const token = compact({ alg: 'HS256' }, { sub: 'alice' }, 'c2ln');
const date = (ms: number) => new Date(ms).toUTCString();

const entrySentTo = (url: string) => {
  const fake = createFakeSource({ records: seen(token, { url }) });
  const [entry] = createLog(fake.source, () => undefined).entries.value;
  if (!entry) throw new Error('no entry');
  return entry;
};

test('a token is judged by the clock of the server it was last sent to', () => {
  const clocks = createClocks();
  clocks.add(exchangeRecord('1', { url: 'https://api.test/a', start: NOW, end: NOW + 10, date: date(NOW - 42_000) }));
  clocks.add(exchangeRecord('2', { url: 'https://other.test/', start: NOW, end: NOW + 10, date: date(NOW + 60_000) }));
  const clock = clocks.of(entrySentTo('https://api.test/b'));
  expect(clock?.offset).toBeGreaterThan(-43_000);
  expect(clock?.offset).toBeLessThanOrEqual(-41_000);
  expect(clocks.of(entrySentTo('https://other.test/x'))?.offset).toBeGreaterThan(59_000);
  expect(clocks.of(entrySentTo('https://unknown.test/'))).toBeUndefined();
  expect(clocks.of(entrySentTo('not a url'))).toBeUndefined();
});

test('one answer that may come out of a cache is no clock', () => {
  const clocks = createClocks();
  const old = { url: 'https://api.test/a', start: NOW, end: NOW + 10, date: date(NOW - 3_000_000) };
  clocks.add(exchangeRecord('1', old));
  expect(clocks.of(entrySentTo('https://api.test/b'))).toBeUndefined();
});

test('hosts by the thousand do not fill the memory, nor push out the first', () => {
  const clocks = createClocks();
  const answered = (host: string) =>
    exchangeRecord(host, { url: `https://${host}/`, start: NOW, end: NOW + 10, date: date(NOW) });
  for (let index = 0; index < 1500; index += 1) clocks.add(answered(`h${index}.test`));
  expect(clocks.of(entrySentTo('https://h0.test/'))).toBeDefined();
  expect(clocks.of(entrySentTo('https://h1499.test/'))).toBeUndefined();
  clocks.add(answered('h0.test'));
  expect(clocks.of(entrySentTo('https://h0.test/'))?.samples).toBe(2);
});
