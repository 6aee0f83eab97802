/** Whatever the page, the server and the token say. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExchangeRecord, Place } from '../../../../src/core/capture/records.ts';
import { isRefused } from '../../../../src/core/judge/answered.ts';
import type { SentToken, WhyInput } from '../../../../src/core/judge/diagnosis.ts';
import { why } from '../../../../src/core/judge/why.ts';
import { checkedText, diagnosisText, evidenceText, shortText } from '../../../../src/core/judge/why-text.ts';
import { compact } from '../../../fixtures/tokens.ts';
import { text, words } from '../words.ts';
import { accepted, cookie, DPOP, exchange, mismatch, raw, T, token, VERIFIED } from './cases.ts';

const names = [
  'iss',
  'aud',
  'exp',
  'nbf',
  'iat',
  'scope',
  'scp',
  'roles',
  'realm_access',
  'cnf',
  'tenant',
  '__proto__',
];
/** No `$0` and no `??`: quoted, they would look like a substitution or a text that is missing. */
const unit = fc.string({ minLength: 1, maxLength: 1 }).map((character) => character.replace(/[$?]/, '_'));
const anyText = fc.string({ unit });
const value = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom('a', 'b', 'a b', ['a'], ['a', 'b'], T - 50, T + 50, { roles: ['a'], jkt: 'x' }),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2, stringUnit: unit }) },
);
const claims = fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string({ unit, maxLength: 4 })), value, {
  maxKeys: 6,
});
const header = fc.record({
  alg: fc.constantFrom('RS256', 'none', 'x'),
  typ: fc.constantFrom('JWT', 'at+jwt', undefined),
});
const compactText = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(header, claims).map(([head, payload]) => compact(head, payload, 'c2ln')) },
  { weight: 1, arbitrary: anyText },
);
const place = fc.constantFrom<Place>({ ...DPOP, scheme: 'Bearer' }, DPOP, cookie('sid'), {
  kind: 'request_header',
  name: 'dpop',
});
const signature = fc.constantFrom<SentToken['signature']>(
  undefined,
  VERIFIED,
  mismatch(),
  { state: 'no_key', reason: 'no_key_with_kid', detail: ['a', 'b'] },
  { state: 'malformed', reason: 'alg_missing' },
  { state: 'unsecured', reason: 'unsecured' },
);
const sent = fc
  .record({ compact: compactText, place, signature, sealed: fc.boolean(), isProof: fc.boolean() })
  .map(({ compact: one, sealed, isProof, signature: answer, ...change }) =>
    raw(one, {
      ...change,
      ...(answer && { signature: answer }),
      ...(sealed && { sealed: true }),
      ...(isProof && { kind: 'dpop_proof', checks: [{ name: 'htm', state: 'mismatch' }] }),
    }),
  );
const challenge = fc.oneof(
  anyText,
  fc
    .constantFrom(
      ...['insufficient_scope', 'invalid_token', 'use_dpop_nonce', 'invalid_dpop_proof', 'insufficient_claims'],
      'insufficient_user_authentication',
    )
    .chain((error) => anyText.map((scope) => `Bearer error="${error}", scope="${scope}", max_age="${scope}"`)),
);
const anyExchange = fc
  .record({
    status: fc.constantFrom(200, 401, 403, 404, undefined),
    method: fc.constantFrom('GET', 'OPTIONS'),
    url: fc.oneof(fc.constant('https://api.test/a'), anyText),
    wwwAuthenticate: fc.array(challenge, { maxLength: 2 }),
    opaque: fc.option(fc.array(anyText, { maxLength: 2 }), { nil: undefined }),
    startUnknown: fc.constantFrom<true | undefined>(true, undefined),
  })
  .map(
    ({ opaque, startUnknown, ...change }): ExchangeRecord =>
      exchange({ ...change, ...(opaque && { opaque }), ...(startUnknown && { startUnknown }) }),
  );
const input: fc.Arbitrary<WhyInput> = fc
  .record({
    exchange: anyExchange,
    sent: fc.array(sent, { maxLength: 3 }),
    share: fc.nat(3),
    before: fc.array(sent, { maxLength: 3 }),
    clock: fc.option(fc.integer({ min: -60_000, max: 60_000 }), { nil: undefined }),
  })
  .map(({ share, before, clock, ...rest }) => ({
    ...rest,
    judged: rest.sent.slice(0, share),
    accepted: before.map((one) => accepted(one)),
    ...(clock !== undefined && { clock: { offset: clock, low: clock - 500, high: clock + 500, samples: 3 } }),
  }));

describe('any exchange', () => {
  it('is answered in words, about a token that it carried, without an error', () => {
    fc.assert(
      fc.property(input, (one) => {
        const diagnosis = why(one);
        const { status } = one.exchange;
        if (!diagnosis) {
          expect(isRefused(one.exchange) && one.judged.length > 0).toBe(false);
          return;
        }
        expect(diagnosis.outcome).toBe(status === 200 ? 'accepted' : 'refused');
        expect(diagnosis.detail[0]).toBe(String(status));
        if (diagnosis.token !== undefined) expect(one.judged.map(({ id }) => id)).toContain(diagnosis.token);
        expect(words).toHaveProperty(`why_${diagnosis.outcome}_${diagnosis.sentence}`);
        expect(words).toHaveProperty(`why_short_${diagnosis.code}`);
        const sentences = [
          diagnosisText(diagnosis, text),
          shortText(diagnosis, text),
          checkedText(diagnosis, text),
          ...diagnosis.evidence.map((piece) => evidenceText(piece, text)),
        ];
        // No key stands there in place of its text, and no substitution is missing.
        for (const sentence of sentences) expect(sentence).not.toMatch(/why_[a-z]+_|\?\?|undefined|\$\d/);
        for (const sentence of sentences) expect(sentence.length).toBeLessThan(2000);
      }),
      { numRuns: 1000 },
    );
  });

  it('lists as checked only what was there', () => {
    fc.assert(
      fc.property(input, (one) => {
        const diagnosis = why(one);
        const about = one.judged.find(({ id }) => id === diagnosis?.token);
        if (!diagnosis || !about) {
          expect(diagnosis?.checked ?? []).toEqual([]);
          return;
        }
        const payload = about.sealed ? {} : (about.claims.payload ?? {});
        const { checked } = diagnosis;
        const had = (...names: readonly string[]) => names.some((name) => Object.hasOwn(payload, name));
        if (checked.includes('time')) expect(had('exp', 'nbf') && !one.exchange.startUnknown).toBe(true);
        if (checked.includes('issuer')) expect(had('iss') && one.accepted.length > 0).toBe(true);
        if (checked.includes('audience')) expect(had('aud') && one.accepted.length > 0).toBe(true);
        if (checked.includes('signature')) expect(about.signature?.state).toBe('verified');
        if (checked.includes('claims')) expect(one.accepted.length).toBeGreaterThan(0);
        expect(checked).not.toContain('policy');
        expect(new Set(checked).size).toBe(checked.length);
      }),
      { numRuns: 1000 },
    );
  });

  it('is judged alike, however the tokens that were accepted are ordered', () => {
    fc.assert(
      fc.property(input, (one) => {
        const other = why({ ...one, accepted: one.accepted.toReversed() });
        expect(other?.code).toBe(why(one)?.code);
      }),
    );
  });
});

it('quotes nothing at length', () => {
  const long = 'x'.repeat(100_000);
  const judged = [token({ iss: long, aud: Array.from({ length: 1000 }, (_, index) => `${long}${index}`) })];
  const wwwAuthenticate = [`Bearer error="e", error_description="${long.slice(0, 10_000)}"`];
  for (const before of [[], [accepted(token())]]) {
    const found = why({ exchange: exchange({ wwwAuthenticate }), judged, sent: judged, accepted: before });
    expect(found && diagnosisText(found, text).length).toBeLessThan(1000);
    expect(JSON.stringify(found?.evidence).length).toBeLessThan(1000);
  }
});
