import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExchangeRecord } from '../../../src/core/capture/records.ts';
import {
  addSample,
  type ClockEstimate,
  type ClockSample,
  clocksOf,
  isNoticeable,
  offsetOf,
} from '../../../src/core/judge/clock.ts';

const T = 1_800_000_000_000;

/** What a server that is `offset` ahead answers to a request that left at `sent`. */
const sample = (offset: number, sent: number, there = 20, back = 20): ClockSample => ({
  sent,
  received: sent + there + back,
  date: Math.floor((sent + there + offset) / 1000) * 1000,
});
const all = (samples: readonly ClockSample[]) =>
  samples.reduce<ClockEstimate | undefined>((estimate, one) => addSample(estimate, one), undefined);
const offset = (samples: readonly ClockSample[]) => {
  const estimate = all(samples);
  if (!estimate) throw new Error('no estimate');
  return offsetOf(estimate);
};

describe('addSample', () => {
  it('knows one sample to half a second and the journey', () => {
    expect(offset([sample(-42_000, T)])).toEqual({ offset: -41_520, uncertainty: 520, samples: 1 });
  });

  it('holds the true offset, and narrows with each sample', () => {
    const delay = fc.integer({ min: 0, max: 800 });
    const journeys = fc.array(fc.tuple(fc.nat(100_000), delay, delay), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(fc.integer({ min: -1e7, max: 1e7 }), journeys, (truth, list) => {
        const samples = list.map(([later, there, back]) => sample(truth, T + later, there, back));
        const whole = offset(samples);
        expect(Math.abs(whole.offset - truth)).toBeLessThanOrEqual(whole.uncertainty);
        expect(whole.samples).toBe(samples.length);
        expect(whole.uncertainty).toBeLessThanOrEqual(offset(samples.slice(0, 1)).uncertainty);
      }),
    );
  });

  it('gets tight where requests fall on different parts of a second', () => {
    const samples = Array.from({ length: 50 }, (_, i) => sample(5000, T + i * 1020, 5, 5));
    expect(offset(samples).uncertainty).toBeLessThan(30);
  });

  it('starts anew at once when the server is further ahead', () => {
    expect(offset([sample(0, T), sample(0, T), sample(60_000, T + 1000)])).toMatchObject({ samples: 1 });
  });

  it('does not believe an old answer out of a cache', () => {
    const fresh = [sample(0, T), sample(0, T + 300)];
    const cached = { ...sample(0, T + 600), date: T - 3_600_000 };
    expect(offset([...fresh, cached])).toEqual(offset(fresh));
    expect(offset([...fresh, cached, cached, sample(0, T + 900), cached])).toMatchObject({ samples: 3 });
  });

  it('believes three in a row that agree', () => {
    const back = [1, 2, 3].map((i) => sample(-60_000, T + i * 1000));
    expect(Math.abs(offset([sample(0, T), ...back]).offset + 60_000)).toBeLessThan(1000);
  });

  it('ignores nonsense', () => {
    expect(addSample(undefined, { sent: T, received: T - 1, date: T })).toBeUndefined();
    expect(addSample(undefined, { sent: T, received: T, date: Number.NaN })).toBeUndefined();
  });
});

describe('clocksOf', () => {
  const exchange = (change: Partial<ExchangeRecord>): ExchangeRecord => ({
    v: 1,
    type: 'exchange',
    id: 'x',
    tab: 1,
    frame: 0,
    method: 'GET',
    url: 'https://api.acme.io/a',
    resource: 'xmlhttprequest',
    start: T,
    end: T + 40,
    status: 200,
    date: new Date(T - 42_000).toUTCString(),
    witness: 'background',
    ...change,
  });

  it('keeps the clocks of origins apart', () => {
    const clocks = clocksOf([
      exchange({}),
      exchange({ url: 'https://other.io/b', date: new Date(T + 7000).toUTCString() }),
    ]);
    expect([...clocks].map(([origin, { offset }]) => [origin, Math.round(offset / 1000)])).toEqual([
      ['https://api.acme.io', -42],
      ['https://other.io', 7],
    ]);
  });

  it('takes the exchanges in any order', () => {
    const list = [0, 1, 2, 3].map((i) =>
      exchange({
        start: T + i * 10_300,
        end: T + i * 10_300 + 30,
        date: new Date(T + i * 10_300 + 2_000_000 * i).toUTCString(),
      }),
    );
    expect(clocksOf(list.toReversed())).toEqual(clocksOf(list));
  });

  it.each<[string, Partial<ExchangeRecord>]>([
    ['no answer', { end: undefined }],
    ['an error', { error: 'net::ERR_FAILED' }],
    ['an image, likely cached', { resource: 'image' }],
    ['no date', { date: undefined }],
    ['a junk date', { date: 'yesterday' }],
    ['a junk URL', { url: 'nowhere' }],
  ])('passes over %s', (_, change) => {
    expect(clocksOf([exchange(change)]).size).toBe(0);
  });
});

describe('isNoticeable', () => {
  it.each([
    [-42_000, 500, true],
    [900, 100, false],
    [5000, 6000, false],
  ])('%d ± %d', (ms, uncertainty, answer) => {
    expect(isNoticeable({ offset: ms, uncertainty, samples: 1 })).toBe(answer);
  });
});
