import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeTime } from '../../../src/core/judge/time.ts';
import type { TimeState } from '../../../src/core/judge/verdict.ts';

const T = 1_800_000_000; // s
const at = (seconds: number) => (T + seconds) * 1000;
const none = { leeway: 0 };

describe('the six states', () => {
  const hour = { iat: T, exp: T + 3600 };
  it.each<[string, object, number, TimeState]>([
    ['fresh', hour, at(0), 'valid'],
    ['the last tenth', hour, at(3240), 'expiring'],
    ['just before the last tenth', hour, at(3240) - 1, 'valid'],
    ['at exp, which is too late', hour, at(3600), 'expired'],
    ['a millisecond before exp', hour, at(3600) - 1, 'expiring'],
    ['a life of 5 min: the last 60 s', { iat: T, exp: T + 300 }, at(240), 'expiring'],
    ['a life of 60 s is not expiring from birth', { iat: T, exp: T + 60 }, at(0), 'valid'],
    ['a life of 60 s, second half', { iat: T, exp: T + 60 }, at(30), 'expiring'],
    ['no start: the last 60 s', { exp: T }, at(-61), 'valid'],
    ['no start: the last 60 s', { exp: T }, at(-60), 'expiring'],
    ['before nbf', { nbf: T, exp: T + 60 }, at(0) - 1, 'not_yet_valid'],
    ['at nbf', { nbf: T, exp: T + 60 }, at(0), 'valid'],
    ['before nbf, without end', { nbf: T }, at(-1), 'not_yet_valid'],
    ['no exp', { iat: T }, at(1e6), 'never_expires'],
    ['iat in the future does not matter', { iat: T + 60, exp: T + 600 }, at(0), 'valid'],
    ['nbf after exp, and over', { nbf: T + 9, exp: T }, at(1), 'expired'],
    ['exp 0', { exp: 0 }, at(0), 'expired'],
    ['a fraction is a NumericDate too', { exp: T + 0.5 }, at(0) + 499, 'expiring'],
    ['a fraction, over', { exp: T + 0.5 }, at(0) + 500, 'expired'],
    ['.NET for ever', { exp: 253_402_300_799 }, at(0), 'valid'],
  ])('%s', (_, payload, now, state) => {
    const answer = judgeTime({ ...payload }, now, none);
    expect(answer.state).toBe(state);
    expect(answer.problems).toEqual([]);
  });

  it('says nothing of a token without readable claims', () => {
    expect(judgeTime(undefined, at(0), none)).toEqual({ state: 'unreadable', problems: [] });
  });
});

describe('problems', () => {
  it.each<[string, unknown, string, TimeState]>([
    ['a string of digits', String(T), 'string', 'unreadable'],
    ['ISO 8601', '2027-01-15T08:00:00Z', 'string', 'unreadable'],
    ['null', null, 'not_a_number', 'unreadable'],
    ['a list', [T], 'not_a_number', 'unreadable'],
    ['milliseconds', T * 1000, 'milliseconds', 'unreadable'],
    ['1e400', Number.POSITIVE_INFINITY, 'absurd', 'unreadable'],
    ['far before', -1e300, 'absurd', 'unreadable'],
    ['the year 10000', 253_402_300_800, 'absurd', 'unreadable'],
    ['microseconds', T * 1e6, 'absurd', 'unreadable'],
    ['negative', -1, 'negative', 'expired'],
  ])('exp: %s', (_, exp, code, state) => {
    const answer = judgeTime({ exp }, at(0), none);
    expect(answer.problems).toEqual([{ claim: 'exp', code }]);
    expect(answer.state).toBe(state);
  });

  it('shows what was meant by milliseconds and by digits in a string', () => {
    expect(judgeTime({ exp: T * 1000 }, at(0), none).expiresAt).toBe(at(0));
    expect(judgeTime({ exp: String(T) }, at(0), none).expiresAt).toBe(at(0));
  });

  it('lets iat and auth_time be wrong without a word on the state', () => {
    const answer = judgeTime({ exp: T + 600, iat: 'x', auth_time: T * 1000 }, at(0), none);
    expect(answer.state).toBe('valid');
    expect(answer.problems.map(({ claim }) => claim)).toEqual(['iat', 'auth_time']);
  });

  it('does not take inherited names for claims', () => {
    expect(judgeTime(Object.create({ exp: 1 }), at(0), none).state).toBe('never_expires');
  });
});

describe('the clock', () => {
  it("is the server's", () => {
    expect(judgeTime({ exp: T }, at(-10), { leeway: 0, offset: 10_000 }).state).toBe('expired');
    expect(judgeTime({ exp: T }, at(10), { leeway: 0, offset: -11_000 }).state).toBe('expiring');
  });

  it('grants the leeway at both ends, and dates the expiry from exp', () => {
    const leeway = { leeway: 30 };
    expect(judgeTime({ exp: T }, at(29), leeway)).toMatchObject({ state: 'expiring', remaining: 1000, left: 1000 });
    expect(judgeTime({ exp: T }, at(30), leeway)).toMatchObject({ state: 'expired', left: -30_000 });
    expect(judgeTime({ nbf: T }, at(-30), leeway).state).toBe('never_expires');
  });

  it('tells the share of life spent', () => {
    const life = { iat: T, exp: T + 100 };
    expect([-5, 0, 25, 100, 900].map((s) => judgeTime(life, at(s), none).spent)).toEqual([0, 0, 0.25, 1, 1]);
    expect(judgeTime({ exp: T }, at(0), none).spent).toBeUndefined();
  });
});

const seconds = fc.double({ min: T - 5000, max: T + 5000, noNaN: true });
const payloads = fc.record({ exp: seconds, nbf: seconds, iat: seconds }, { requiredKeys: [] });
const options = fc.record({ offset: fc.double({ min: -1e5, max: 1e5, noNaN: true }), leeway: fc.nat(600) });
const nows = fc.integer({ min: at(-9000), max: at(9000) });
const ORDER: readonly TimeState[] = ['not_yet_valid', 'valid', 'expiring', 'expired'];

describe('properties', () => {
  it('only moves forward', () => {
    fc.assert(
      fc.property(payloads, options, nows, fc.nat(9_000_000), (payload, how, now, later) => {
        const [a, b] = [judgeTime(payload, now, how).state, judgeTime(payload, now + later, how).state];
        if (a === 'never_expires') expect(b).toBe(a);
        else if (b === 'never_expires') expect(a).toBe('not_yet_valid');
        else expect(ORDER.indexOf(b)).toBeGreaterThanOrEqual(ORDER.indexOf(a));
      }),
    );
  });

  it('counts down to the very millisecond', () => {
    fc.assert(
      fc.property(payloads, options, nows, (payload, how, now) => {
        const { state, remaining } = judgeTime(payload, now, how);
        const final = state === 'expired' || state === 'never_expires';
        expect(remaining === undefined).toBe(final);
        if (remaining === undefined) return;
        expect(judgeTime(payload, now + remaining - 1, how).state).toBe(state);
        expect(judgeTime(payload, now + remaining, how).state).not.toBe(state);
      }),
    );
  });

  it('answers anything', () => {
    fc.assert(
      fc.property(fc.record({ exp: fc.anything(), nbf: fc.anything(), iat: fc.anything() }), nows, (payload, now) => {
        const { state, problems } = judgeTime(payload, now, none);
        const broken = problems.some(({ claim, code }) => claim !== 'iat' && code !== 'negative');
        expect(state === 'unreadable').toBe(broken);
      }),
    );
  });
});
