import { describe, expect, it } from 'vitest';
import type { ExchangeRecord } from '../../../src/core/capture/records.ts';
import { dpopLog, NONCE_OVERLAP, WITNESS_SLACK } from '../../../src/core/judge/dpop-log.ts';
import { decode } from '../../../src/core/token/decode.ts';
import { exchangeOf } from '../../fixtures/exchange.ts';
import { processorTime } from '../../fixtures/processor-time.ts';
import { compact } from '../../fixtures/tokens.ts';

const exchange = (id: string, start: number, change: Partial<ExchangeRecord> = {}) =>
  exchangeOf({ id, resource: 'fetch', start, ...change });
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

  it('are not those that came with the answer, however quick that was', () => {
    const own = nonce('own', 100, 100, 'https://api.test/a');
    expect(dpopLog([own, nonce('before', 0, 100)], []).noncesBefore(own)).toEqual(['before']);
  });

  it('stays the same however often it is sent', () => {
    const given = Array.from({ length: 10_000 }, (_, at) => nonce(at < 10 ? 'old' : 'same', at, at));
    expect(wantedAt(given, 10_000)).toEqual(['same']);
    const took = processorTime(() => {
      const log = dpopLog(given, []);
      for (const one of given) log.noncesBefore(one);
    });
    expect(took).toBeLessThan(1_000);
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

  it.each<readonly [string, Partial<ExchangeRecord>, Partial<ExchangeRecord>, boolean]>([
    ['each witness told of by itself', { witness: 'background' }, { witness: 'devtools', start: 400 }, true],
    ['each told of, the one late', { witness: 'devtools' }, { witness: 'background', start: 10 + WITNESS_SLACK }, true],
    ['DevTools shows twice, for a service worker', { end: 900 }, { witness: 'devtools', start: 1_500 }, true],
    [
      'a service worker sent on',
      { witness: 'background', end: 90 },
      { witness: 'background', tab: -1, start: 20 },
      true,
    ],
    ['was sent after the other ended', { end: 90 }, { witness: 'devtools', start: 91 + WITNESS_SLACK }, false],
    ['the background saw twice', { end: 900 }, { witness: 'background', start: 20 }, false],
    ['went elsewhere', { end: 900 }, { witness: 'devtools', url: 'https://api.test/b', start: 20 }, false],
    ['had another method', { end: 900 }, { witness: 'devtools', method: 'PUT', start: 20 }, false],
  ])('of what %s', (_, first, second, isOne) => {
    const sent = [exchange('1', 10, first), exchange('2', 20, second)].map((each) => ({ exchange: each, proof: one }));
    const log = dpopLog([], sent);
    expect(sent.map((each) => log.usedBefore(each)?.id)).toEqual([undefined, isOne ? undefined : '1']);
  });
});
