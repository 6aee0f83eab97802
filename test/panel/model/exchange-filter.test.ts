import { expect, test } from 'vitest';
import type { Diagnosis } from '../../../src/core/judge/diagnosis.ts';
import {
  asksForJudgement,
  type Filtered,
  parseExchangeFilter,
  passesExchange,
} from '../../../src/panel/model/exchange-filter.ts';
import { exchangeRecord } from '../records.ts';

const why: Diagnosis = {
  ...{ outcome: 'refused', code: 'expired', sentence: 'expired', detail: [], evidence: [], checked: [] },
};

const row = (
  change: Parameters<typeof exchangeRecord>[1],
  judgement: Filtered['judgement'] = {},
  reason = '',
): Filtered => {
  const exchange = exchangeRecord('x', change);
  return { exchange, searchText: `${exchange.method} ${exchange.url}`.toLowerCase(), judgement, reason };
};

const passes = (filter: string, filtered: Filtered) => passesExchange(parseExchangeFilter(filter), filtered);

const refused = row(
  { method: 'POST', url: 'https://api.test:8443/orders', status: 401 },
  { why, decision: { decision: 'reject', checks: [] } },
  'vor 4 s abgelaufen',
);

test.each([
  ['', true],
  ['orders', true],
  ['POST', true],
  ['abgelaufen', true],
  ['"4 s abge"', true],
  ['refunds', false],
  ['status:401', true],
  ['status:4', true],
  ['status:4xx', true],
  ['status:5xx', false],
  ['-status:5xx', true],
  ['method:post', true],
  ['method:get', false],
  ['host:api.test:8443', true],
  ['host:other', false],
  ['is:refused', true],
  ['is:ref', true],
  ['is:accepted', false],
  ['is:redirect', false],
  ['is:nonsense', false],
  ['decision:reject', true],
  ['decision:accept', false],
  ['reason:expired', true],
  ['reason:abgelaufen', true],
  ['reason:scope', false],
  ['is: status: -', true],
  ['sub:alice', false],
])('%s', (filter, expected) => {
  expect(passes(filter, refused)).toBe(expected);
});

test('what is open, went wrong, led on or was taken has its word', () => {
  expect(passes('is:pending decision:none', row({}))).toBe(true);
  expect(passes('is:failed', row({ error: 'net::ERR' }))).toBe(true);
  expect(passes('is:pending', row({ error: 'net::ERR' }))).toBe(false);
  expect(passes('is:redirect status:3xx', row({ status: 302 }))).toBe(true);
  expect(passes('is:accepted', row({ status: 204 }))).toBe(true);
  expect(passes('is:opaque', row({ opaque: ['authorization Bearer'] }))).toBe(true);
  expect(passes('reason:expired', row({}))).toBe(false);
});

test('only some words ask for a judgement', () => {
  for (const filter of ['is:refused', 'status:4xx host:x', '']) {
    expect(asksForJudgement(parseExchangeFilter(filter)), filter).toBe(false);
  }
  for (const filter of ['late', 'reason:x', '-decision:accept']) {
    expect(asksForJudgement(parseExchangeFilter(filter)), filter).toBe(true);
  }
});
