import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExchangeRecord } from '../../../src/core/capture/records.ts';
import {
  addSample,
  type ClockEstimate,
  type ClockSample,
  isNoticeable,
  offsetOf,
  sampleOf,
} from '../../../src/core/judge/clock.ts';
import { exchangeOf } from '../../fixtures/exchange.ts';

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
  const found = estimate && offsetOf(estimate);
  if (!found) throw new Error('no offset');
  return found;
};
const width = ({ low, high }: { readonly low: number; readonly high: number }) => high - low;

describe('addSample', () => {
  it('knows one sample to a second and the journey, and judges by the nearest to zero', () => {
    expect(offset([sample(-42_000, T)])).toEqual({ offset: -41_000, low: -42_040, high: -41_000, samples: 1 });
    expect(offset([sample(42_000, T)])).toMatchObject({ offset: 41_960 });
  });

  it('learns nothing of a clock from an answer that took a minute', () => {
    expect(offset([sample(0, T, 60_000, 0)])).toEqual({ offset: 0, low: 0, high: 61_000, samples: 1 });
    expect(offset([sample(0, T, 0, 60_000)])).toEqual({ offset: 0, low: -60_000, high: 1000, samples: 1 });
  });

  it('holds the true offset, and narrows with each sample', () => {
    const delay = fc.integer({ min: 0, max: 800 });
    const journeys = fc.array(fc.tuple(fc.nat(100_000), delay, delay), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(fc.integer({ min: -59_000, max: 1e7 }), journeys, (truth, list) => {
        const samples = list.map(([later, there, back]) => sample(truth, T + later, there, back));
        const whole = offset(samples);
        expect(whole.low).toBeLessThanOrEqual(truth);
        expect(whole.high).toBeGreaterThanOrEqual(truth);
        expect(Math.abs(whole.offset)).toBeLessThanOrEqual(Math.abs(truth));
        expect(whole.samples).toBe(samples.length);
        expect(width(whole)).toBeLessThanOrEqual(width(offset(samples.slice(0, 1))));
      }),
    );
  });

  it('gets tight where requests fall on different parts of a second', () => {
    const samples = Array.from({ length: 50 }, (_, i) => sample(5000, T + i * 1020, 5, 5));
    expect(width(offset(samples))).toBeLessThan(60);
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
    expect(Math.abs(offset([sample(0, T), ...back]).offset + 60_000)).toBeLessThan(1100);
  });

  it('does not believe a first answer that is far behind, until two more agree', () => {
    const cached = { ...sample(0, T), date: T - 3_000_000 };
    expect(() => offset([cached])).toThrow('no offset');
    expect(() => offset([cached, cached])).toThrow('no offset');
    expect(offset([cached, sample(0, T + 300)])).toEqual(offset([sample(0, T + 300)]));
    const behind = [1, 2, 3].map((i) => sample(-3_000_000, T + i * 1000));
    expect(Math.abs(offset(behind).offset + 3_000_000)).toBeLessThan(1100);
    expect(offset(behind).samples).toBe(3);
  });

  it('ignores nonsense', () => {
    for (const junk of [
      { sent: T, received: T - 1, date: T },
      { sent: T, received: T, date: Number.NaN },
    ]) {
      expect(offsetOf(addSample(undefined, junk))).toBeUndefined();
      expect(offset([sample(5000, T), junk])).toEqual(offset([sample(5000, T)]));
    }
  });
});

describe('sampleOf', () => {
  const exchange = (change: Partial<ExchangeRecord>): ExchangeRecord =>
    exchangeOf({
      url: 'https://api.acme.io/a',
      start: T,
      end: T + 40,
      status: 200,
      date: new Date(T - 42_000).toUTCString(),
      ...change,
    });

  it('takes what an answer tells of its origin', () => {
    expect(sampleOf(exchange({}))).toEqual({
      origin: 'https://api.acme.io',
      sample: { sent: T, received: T + 40, date: T - 42_000 },
    });
  });

  it.each<[string, Partial<ExchangeRecord>]>([
    ['no answer', { end: undefined }],
    ['an error', { error: 'net::ERR_FAILED' }],
    ['an image, likely cached', { resource: 'image' }],
    ['no date', { date: undefined }],
    ['a junk date', { date: 'yesterday' }],
    ['a junk URL', { url: 'nowhere' }],
  ])('passes over %s', (_, change) => {
    expect(sampleOf(exchange(change))).toBeUndefined();
  });
});

describe('isNoticeable', () => {
  it.each([
    [-42_000, true],
    [900, false],
    [0, false],
  ])('%d ms', (offset, answer) => {
    expect(isNoticeable({ offset, low: offset, high: 6000, samples: 1 })).toBe(answer);
  });
});
