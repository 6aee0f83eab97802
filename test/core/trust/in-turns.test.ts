import { expect, test } from 'vitest';
import { inTurns } from '../../../src/core/trust/in-turns.ts';

const turnsOf = (...addresses: readonly string[]) => {
  const items = addresses.map((address) => ({ address }));
  const turns = inTurns(items, ({ address }) => address);
  return items.map((item) => turns.get(item));
};

test('each site has its turn before any has its second, in the order given', () => {
  expect(turnsOf('https://a.test/1', 'https://a.test/2', 'https://b.test', 'https://a.test/3')).toEqual([0, 1, 0, 2]);
});

test('names under one owner are one site, and each of them has a turn in it', () => {
  expect(turnsOf('https://a.evil.test/1', 'https://a.evil.test/2', 'https://b.evil.test', 'https://c.test')).toEqual([
    0, 2, 1, 0,
  ]);
});

test('numbers, and hosts without a dot, are sites of their own', () => {
  expect(turnsOf('http://127.0.0.1', 'http://10.1.0.1', 'http://[::1]', 'http://[::2]', 'http://localhost')).toEqual([
    0, 0, 0, 0, 0,
  ]);
});

test('another port is another origin of the same site', () => {
  expect(turnsOf('http://localhost:1', 'http://localhost:1/b', 'http://localhost:2')).toEqual([0, 2, 1]);
});

test('what is no URL is one site', () => {
  expect(turnsOf('', 'no url', 'https://a.test')).toEqual([0, 1, 0]);
});
