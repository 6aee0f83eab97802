import { describe, expect, it } from 'vitest';
import type { ExchangeRecord } from '../../../src/core/capture/records.ts';
import { type SummaryInput, summarise, summaryText } from '../../../src/core/judge/summary.ts';
import { judgeTime } from '../../../src/core/judge/time.ts';
import type { Decoded, JsonObject } from '../../../src/core/token/decoded.ts';
import type { SignatureAnswer } from '../../../src/core/trust/signature.ts';
import { text, words } from './words.ts';

const T = 1_800_000_000; // s
const ms = (seconds: number) => (T + seconds) * 1000;

const verified: SignatureAnswer = { state: 'verified', reason: 'ok' };
const mismatch: SignatureAnswer = { state: 'mismatch', reason: 'bad_signature' };
const noKey: SignatureAnswer = { state: 'no_key', reason: 'no_key_given' };
const clock = { offset: -10_000, low: -10_200, high: -9800, samples: 9 };

const decoded = (change: Partial<Decoded> = {}): Decoded => ({
  compact: 'a.b.c',
  form: 'jws',
  segments: ['a', 'b', 'c'],
  problems: [],
  ...change,
});
const exchange = (status: number | undefined, start: number, change: Partial<ExchangeRecord> = {}): ExchangeRecord => ({
  v: 1,
  type: 'exchange',
  id: 'x',
  tab: 1,
  frame: 0,
  method: 'GET',
  url: 'https://api.acme.io/a',
  resource: 'fetch',
  start,
  end: start + 50,
  status,
  witness: 'background',
  ...change,
});
const alive = { iat: T - 3600, exp: T + 3600 };
const now = (payload: JsonObject | undefined) => judgeTime(payload, ms(0), { leeway: 0 });
const sum = (payload: JsonObject | undefined, change: Partial<SummaryInput> = {}) => {
  const summary = summarise({ decoded: decoded(), time: now(payload), ...change });
  return [summary.tone, summaryText(summary, text)];
};

describe('what it says', () => {
  const soon = { iat: T - 3600, exp: T + 42 };
  const dead = { iat: T - 3600, exp: T - 123 };
  const challenge = {
    wwwAuthenticate: ['Bearer realm="a", error="invalid_token", error_description="The audience is wrong"'],
  };
  it.each<[string, JsonObject | undefined, Partial<SummaryInput>, string, string]>([
    ['verified', { exp: T + 272 }, { signature: verified }, 'good', 'Alive for 4 min 32 s, signature verified.'],
    ['no key', alive, { signature: noKey }, 'plain', 'Alive for 1 h; no key yet to check its signature.'],
    ['still checking', alive, {}, 'plain', 'Alive for 1 h.'],
    ['ending', soon, { signature: verified }, 'warn', 'Expires in 42 s, signature verified.'],
    ['no end', { iat: T }, { signature: noKey }, 'warn', 'Never expires; no key yet to check its signature.'],
    ['over', dead, { signature: verified }, 'bad', 'Would be refused now: expired 2 min 3 s ago.'],
    ['early', { nbf: T + 30 }, {}, 'bad', 'Would be refused now: not valid for another 30 s.'],
    ['tampered, and over', dead, { signature: mismatch }, 'bad', 'The signature does not match the key given.'],
    ['unsecured', alive, { decoded: decoded({ form: 'unsecured' }) }, 'warn', words.summary_unsecured ?? ''],
    ['sealed', undefined, { decoded: decoded({ form: 'jwe' }) }, 'plain', words.summary_encrypted ?? ''],
    ['broken', alive, { decoded: decoded({ form: 'malformed' }) }, 'bad', 'Not a well-formed token.'],
    ['octets', undefined, { signature: verified }, 'plain', words.summary_not_claims ?? ''],
    ['junk time', { exp: 'soon' }, {}, 'warn', 'Its time cannot be judged: exp is not a readable time.'],
    [
      'refused, for it was over by the clock of the server',
      { exp: T - 100 },
      { lastExchange: exchange(401, ms(-50)), clock },
      'bad',
      "Refused with 401: it had expired 40 s before the request left, by the server's clock.",
    ],
    [
      'refused, for it was over by the only clock there is',
      { exp: T - 100 },
      { lastExchange: exchange(403, ms(-50)) },
      'bad',
      "Refused with 403: it had expired 50 s before the request left, by this device's clock.",
    ],
    [
      'refused on the brink',
      { exp: T - 60 },
      { lastExchange: exchange(401, ms(-50) - 20), clock },
      'bad',
      'Refused with 401, just as it expired.',
    ],
    [
      'refused while it was alive, by a server behind us: no word on time',
      { exp: T - 100 },
      { lastExchange: exchange(401, ms(-95)), clock },
      'bad',
      words.summary_refused?.replace('$1', '401') ?? '',
    ],
    [
      'refused early',
      { nbf: T },
      { lastExchange: exchange(401, ms(-5)), clock },
      'bad',
      'Refused with 401: the request left 15 s before the token became valid.',
    ],
    [
      'refused with words',
      alive,
      { lastExchange: exchange(401, ms(-5), challenge) },
      'bad',
      'Refused with 401. The server says: The audience is wrong',
    ],
    [
      'refused with a code',
      alive,
      { lastExchange: exchange(403, ms(-5), { wwwAuthenticate: ['Bearer error=insufficient_scope'] }) },
      'bad',
      'Refused with 403. The server says: insufficient_scope',
    ],
    [
      'refused with a mismatch',
      alive,
      { lastExchange: exchange(401, ms(-5), challenge), signature: mismatch },
      'bad',
      'Refused with 401, and the signature does not match the key given.',
    ],
    [
      'taken although over',
      { exp: T - 100 },
      { lastExchange: exchange(200, ms(-50)), clock },
      'warn',
      'Expired, yet the server answered 200 to it 40 s later.',
    ],
    [
      'taken while alive, and over since',
      { exp: T - 100 },
      { lastExchange: exchange(200, ms(-300)), clock },
      'bad',
      'Would be refused now: expired 1 min 40 s ago.',
    ],
    [
      'answered, perhaps because of another token',
      alive,
      { lastExchange: exchange(401, ms(-5), challenge), shared: true },
      'warn',
      'A request with it was answered 401.',
    ],
    [
      'over, and answered, perhaps because of another token',
      dead,
      { lastExchange: exchange(401, ms(-5)), shared: true },
      'bad',
      'Would be refused now: expired 2 min 3 s ago.',
    ],
    [
      'sealed, and answered, perhaps because of another token',
      undefined,
      { decoded: decoded({ form: 'jwe' }), lastExchange: exchange(403, ms(-5)), shared: true },
      'warn',
      'A request with it was answered 403.',
    ],
    ['taken, as others were', alive, { lastExchange: exchange(200, ms(-5)), shared: true }, 'plain', 'Alive for 1 h.'],
    ['a server error proves nothing', alive, { lastExchange: exchange(500, ms(-5)) }, 'plain', 'Alive for 1 h.'],
    ['no answer proves nothing', alive, { lastExchange: exchange(undefined, ms(-5)) }, 'plain', 'Alive for 1 h.'],
  ])('%s', (_, payload, change, tone, sentence) => {
    expect(sum(payload, change)).toEqual([tone, sentence]);
  });

  it('hands on the first problem of what is malformed', () => {
    const problem = { code: 'segments', segment: 'token', offset: 0, detail: '2' } as const;
    const broken = { decoded: decoded({ form: 'malformed', problems: [problem] }), time: now(undefined) };
    expect(summarise(broken)).toMatchObject({ code: 'malformed', problem });
    expect(summarise({ ...broken, lastExchange: exchange(401, ms(0)) })).toMatchObject({
      code: 'refused_malformed',
      problem,
    });
  });

  it('reads a hostile challenge in no time', () => {
    const hostile = exchange(401, ms(0), { wwwAuthenticate: ['error_description="'.repeat(100_000)] });
    const begun = performance.now();
    sum(alive, { lastExchange: hostile });
    expect(performance.now() - begun).toBeLessThan(50);
  });

  it('has a sentence for every pair of life and check', () => {
    for (const life of ['alive', 'expiring', 'never_expires']) {
      for (const checked of ['verified', 'no_key', 'key_does_not_fit', 'cannot_be_checked', 'pending']) {
        expect(words).toHaveProperty(`summary_${life}_${checked}`);
      }
    }
  });
});

it('says nothing that rests on when the request left where nobody saw it leave', () => {
  const dead = { iat: T - 3600, exp: T - 123 };
  for (const [status, seen, unseen] of [
    [401, 'refused_expired_device', 'refused'],
    [200, 'accepted_expired', 'would_be_refused_expired'],
  ] as const) {
    const code = (change: Partial<ExchangeRecord>) =>
      summarise({ decoded: decoded(), time: now(dead), lastExchange: exchange(status, ms(-10), change) }).code;
    expect(code({})).toBe(seen);
    expect(code({ startUnknown: true })).toBe(unseen);
  }
});
