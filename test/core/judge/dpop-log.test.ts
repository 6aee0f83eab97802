import { describe, expect, it } from 'vitest';
import type { ExchangeRecord } from '../../../src/core/capture/records.ts';
import { dpopLog, NONCE_OVERLAP } from '../../../src/core/judge/dpop-log.ts';
import { decode } from '../../../src/core/token/decode.ts';
import { compact } from '../../fixtures/tokens.ts';

const exchange = (id: string, start: number, change: Partial<ExchangeRecord> = {}): ExchangeRecord => ({
  v: 1,
  type: 'exchange',
  id,
  tab: 1,
  frame: 0,
  method: 'GET',
  url: 'https://api.test/a',
  resource: 'fetch',
  start,
  witness: 'both',
  ...change,
});
const nonce = (dpopNonce: string, start: number, end = start + 10, url = 'https://api.test/b') =>
  exchange(`${dpopNonce}-${start}`, start, { dpopNonce, end, url });

describe('noncesBefore', () => {
  const wantedAt = (given: readonly ExchangeRecord[], start: number, url = 'https://api.test/a') =>
    dpopLog(given, []).noncesBefore(exchange('e', start, { url }));

  it('is the latest of the same origin that had arrived', () => {
    const given = [
      nonce('late', 60_000),
      nonce('first', 10_000),
      nonce('second', 20_000),
      nonce('elsewhere', 21_000, 21_010, 'https://other.test/b'),
      nonce('under way', 19_000, 50_000),
      exchange('without', 22_000),
    ];
    expect(wantedAt(given, 40_000)).toEqual(['second']);
    expect(wantedAt(given, 55_010)).toEqual(['under way']);
    expect(wantedAt(given, 40_000, 'https://other.test/x')).toEqual(['elsewhere']);
    expect(wantedAt(given, 5_000)).toEqual([]);
    expect(wantedAt(given, 40_000, 'no address')).toEqual([]);
  });

  it('are those too that were the latest while the proof was made', () => {
    const given = [nonce('a', 0, 0), nonce('b', 100_000, 100_000), nonce('c', 101_000, 101_000)];
    expect(wantedAt(given, 101_001)).toEqual(['c', 'b', 'a']);
    expect(wantedAt(given, 100_000 + NONCE_OVERLAP)).toEqual(['c', 'b']);
    expect(wantedAt(given, 101_000 + NONCE_OVERLAP)).toEqual(['c']);
  });

  it('stays the same however often it is sent', () => {
    const given = Array.from({ length: 10_000 }, (_, at) => nonce(at < 10 ? 'old' : 'same', at, at));
    expect(wantedAt(given, 10_000)).toEqual(['same']);
    const begun = performance.now();
    const log = dpopLog(given, []);
    for (const one of given) log.noncesBefore(one);
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});

describe('usedBefore', () => {
  const proof = (claims: object) => decode(compact({ typ: 'dpop+jwt' }, claims, 'x'));
  const one = proof({ jti: 'j-1' });

  it('is the first earlier exchange with the same jti', () => {
    const first = { exchange: exchange('1', 10), proof: one };
    const second = { exchange: exchange('2', 20, { url: 'https://api.test/b' }), proof: proof({ jti: 'j-1', n: 2 }) };
    const third = { exchange: exchange('3', 30), proof: one };
    const other = { exchange: exchange('4', 40), proof: proof({ jti: 'j-2' }) };
    const log = dpopLog([], [third, other, second, first]);
    expect([first, second, third, other].map((sent) => log.usedBefore(sent)?.id)).toEqual([
      undefined,
      '1',
      '1',
      undefined,
    ]);
  });

  it('is none for two places of one exchange, and for proofs without a jti', () => {
    const sent = { exchange: exchange('1', 10), proof: one };
    const without = [1, 2].map((start) => ({ exchange: exchange(`w-${start}`, start), proof: proof({ jti: 7 }) }));
    const log = dpopLog([], [sent, { ...sent }, ...without]);
    expect([sent, ...without].map((each) => log.usedBefore(each))).toEqual([undefined, undefined, undefined]);
  });

  it('is none for what may be one request that each witness told of by itself', () => {
    const seen = { exchange: exchange('1', 10, { witness: 'background' }), proof: one };
    const told = { exchange: exchange('d-1', 400, { witness: 'devtools' }), proof: one };
    const again = { exchange: exchange('2', 500, { witness: 'background' }), proof: one };
    const log = dpopLog([], [seen, told, again]);
    expect(log.usedBefore(told)).toBeUndefined();
    expect(log.usedBefore(again)?.id).toBe('1');
    const elsewhere = { ...told, exchange: { ...told.exchange, url: 'https://api.test/b' } };
    expect(dpopLog([], [seen, elsewhere]).usedBefore(elsewhere)?.id).toBe('1');
  });
});
