import { describe, expect, it } from 'vitest';
import { parametersOf } from '../../../src/core/judge/parameters.ts';
import { processorTime } from '../../fixtures/processor-time.ts';

describe('parametersOf', () => {
  it.each([
    ['https://a.test/cb?code=c&state=s', { code: 'c', state: 's' }],
    ['https://a.test/cb#code=c&state=s', { code: 'c', state: 's' }],
    ['https://a.test/cb?a=1#b=2', { a: '1', b: '2' }],
    ['https://a.test/#/cb?code=c%2B+d', { '/cb': '', code: 'c+ d' }],
    ['/cb?u=https%3A%2F%2Fb.test%3Fc', { u: 'https://b.test?c' }],
    ['https://a.test/a=1', {}],
    ['', {}],
  ])('%s', (address, expected) => {
    expect(Object.fromEntries(parametersOf(address))).toEqual(expected);
  });

  it('costs a flood of marks no more than its length', () => {
    const took = processorTime(() => {
      for (const flood of ['?', '#', '&', '=']) parametersOf(flood.repeat(500_000));
    });
    expect(took).toBeLessThan(2_000);
  });
});
