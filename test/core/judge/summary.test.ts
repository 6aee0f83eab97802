import { describe, expect, it } from 'vitest';
import type { ExchangeRecord } from '../../../src/core/capture/records.ts';
import type { Diagnosis } from '../../../src/core/judge/diagnosis.ts';
import type { SummaryInput } from '../../../src/core/judge/saying.ts';
import { summarise, summaryText } from '../../../src/core/judge/summary.ts';
import { judgeTime } from '../../../src/core/judge/time.ts';
import type { Decoded, JsonObject } from '../../../src/core/token/decoded.ts';
import type { DecryptionAnswer } from '../../../src/core/trust/decryption.ts';
import type { DisclosureState, SdReading } from '../../../src/core/trust/sd-reading.ts';
import type { SignatureAnswer } from '../../../src/core/trust/signature.ts';
import { exchangeOf } from '../../fixtures/exchange.ts';
import { text, words } from './words.ts';

const T = 1_800_000_000; // s
const ms = (seconds: number) => (T + seconds) * 1000;

const verified: SignatureAnswer = { state: 'verified', reason: 'ok' };
const mismatch: SignatureAnswer = { state: 'mismatch', reason: 'bad_signature' };
const noKey: SignatureAnswer = { state: 'no_key', reason: 'no_key_given' };
const own: SignatureAnswer = { ...verified, key: { id: 'jwk', format: 'jwk', provenance: 'token' } };
const jwe = (alg: string) => decoded({ form: 'jwe', header: { alg, enc: 'A256GCM' } });
const opened: DecryptionAnswer = { state: 'decrypted', reason: 'ok' };
const closed = (state: DecryptionAnswer['state']): Partial<SummaryInput> => ({
  decoded: jwe('dir'),
  decryption: { state, reason: 'wrong_key' },
});
const sd = (change: Partial<SdReading> = {}): SdReading => ({
  hash: 'sha-256',
  disclosures: [],
  hidden: [],
  claims: {},
  claimsText: '{}',
  ...change,
});
const disclosed = (state: DisclosureState) => sd({ disclosures: [{ text: 'x', digest: 'y', state }] });

const decoded = (change: Partial<Decoded> = {}): Decoded => ({
  compact: 'a.b.c',
  form: 'jws',
  segments: ['a', 'b', 'c'],
  problems: [],
  ...change,
});
const exchange = (status: number | undefined, start: number): ExchangeRecord =>
  exchangeOf({ resource: 'fetch', start, end: start + 50, ...(status !== undefined && { status }) });
const alive = { iat: T - 3600, exp: T + 3600 };
const now = (payload: JsonObject | undefined) => judgeTime(payload, ms(0), { leeway: 0 });
const sum = (payload: JsonObject | undefined, change: Partial<SummaryInput> = {}) => {
  const summary = summarise({ decoded: decoded(), time: now(payload), ...change });
  return [summary.tone, summaryText(summary, text)];
};

describe('what it says', () => {
  const soon = { iat: T - 3600, exp: T + 42 };
  const dead = { iat: T - 3600, exp: T - 123 };
  const common = { evidence: [], checked: [] };
  const refused: Diagnosis = {
    ...{ outcome: 'refused', code: 'missing_scope', sentence: 'missing_scope', ...common },
    detail: ['401', 'orders:write', 'orders:read'],
  };
  const accepted: Diagnosis = {
    ...{ outcome: 'accepted', code: 'expired', sentence: 'expired_device', ...common },
    detail: ['200', { ms: 60_000 }],
  };
  it.each<[string, JsonObject | undefined, Partial<SummaryInput>, string, string]>([
    ['verified', { exp: T + 272 }, { signature: verified }, 'good', 'Alive for 4 min 32 s, signature verified.'],
    ['no key', alive, { signature: noKey }, 'plain', 'Alive for 1 h; no key yet to check its signature.'],
    ['still checking', alive, {}, 'plain', 'Alive for 1 h.'],
    ['ending', soon, { signature: verified }, 'warn', 'Expires in 42 s, signature verified.'],
    ['no end', { iat: T }, { signature: noKey }, 'warn', 'Never expires; no key yet to check its signature.'],
    ['over', dead, { signature: verified }, 'bad', 'Would be refused now: expired 2 min 3 s ago.'],
    ['early', { nbf: T + 30 }, {}, 'bad', 'Would be refused now: not valid for another 30 s.'],
    ['tampered, and over', dead, { signature: mismatch }, 'bad', 'The signature does not match the key.'],
    [
      'one signature of several that does not match',
      alive,
      { signature: verified, parts: [verified, mismatch, noKey] },
      'warn',
      'Not all of its signatures match: 1 of 3 hold.',
    ],
    [
      'one signature of several that nobody can check',
      alive,
      { signature: verified, parts: [verified, noKey] },
      'good',
      'Alive for 1 h, signature verified.',
    ],
    ['unsecured', alive, { decoded: decoded({ form: 'unsecured' }) }, 'warn', words.summary_unsecured ?? ''],
    ['sealed', undefined, { decoded: decoded({ form: 'jwe' }) }, 'plain', words.summary_encrypted ?? ''],
    ['broken', alive, { decoded: decoded({ form: 'malformed' }) }, 'bad', 'Not a well-formed token.'],
    [
      'verified with the key it brought along',
      alive,
      { signature: own },
      'warn',
      'Alive for 1 h; verified with the key it brought along, which proves nothing.',
    ],
    [
      'decrypted with a secret',
      alive,
      { decoded: jwe('dir'), decryption: opened },
      'plain',
      'Alive for 1 h; decrypted. Whoever has the key can have written it.',
    ],
    [
      'decrypted, and anyone can have sealed it',
      alive,
      { decoded: jwe('RSA-OAEP-256'), decryption: opened },
      'warn',
      'Alive for 1 h; decrypted, but anyone can have sealed it.',
    ],
    [
      'decrypted, and what it holds is unsecured',
      alive,
      { decoded: jwe('ECDH-ES+A256KW'), decryption: opened, signature: { state: 'unsecured', reason: 'unsecured' } },
      'warn',
      'Alive for 1 h; decrypted, but anyone can have sealed it.',
    ],
    [
      'decrypted, and what it holds is verified',
      alive,
      { decoded: jwe('RSA-OAEP'), decryption: opened, signature: verified },
      'good',
      'Alive for 1 h, signature verified.',
    ],
    [
      'decrypted, and what it holds does not match',
      alive,
      { decoded: jwe('RSA-OAEP'), decryption: opened, signature: mismatch },
      'bad',
      'The signature does not match the key.',
    ],
    [
      'decrypted, and over',
      dead,
      { decoded: jwe('dir'), decryption: opened },
      'bad',
      'Would be refused now: expired 2 min 3 s ago.',
    ],
    ['sealed to another', undefined, closed('failed'), 'warn', words.summary_encrypted_wrong_key ?? ''],
    ['sealed, no key', undefined, closed('no_key'), 'plain', words.summary_encrypted ?? ''],
    ['sealed, no fit', undefined, closed('key_does_not_fit'), 'plain', words.summary_encrypted_key_does_not_fit ?? ''],
    ['sealed, and asks', undefined, closed('asks'), 'plain', words.summary_encrypted_asks ?? ''],
    [
      'sealed in an unknown way',
      undefined,
      closed('cannot_be_checked'),
      'plain',
      words.summary_encrypted_cannot_be_checked ?? '',
    ],
    ['sealed and broken', undefined, closed('malformed'), 'bad', 'Not a well-formed token.'],
    ['a proof', { iat: T }, { kind: 'dpop_proof', signature: own }, 'good', words.summary_proof_verified ?? ''],
    [
      'a proof of another request',
      { iat: T },
      { kind: 'dpop_proof', signature: own, disagreements: ['htm', 'htu'] },
      'warn',
      'The DPoP proof disagrees with its request: htm, htu.',
    ],
    [
      'a proof that its own key did not sign',
      { iat: T },
      { kind: 'dpop_proof', signature: { ...own, state: 'mismatch', reason: 'bad_signature' } },
      'bad',
      words.summary_proof_mismatch ?? '',
    ],
    [
      'a proof that ends',
      { iat: T, exp: T + 3600 },
      { kind: 'dpop_proof', signature: own },
      'good',
      words.summary_proof_verified ?? '',
    ],
    [
      'disclosed',
      alive,
      { signature: verified, sd: disclosed('disclosed') },
      'good',
      'Alive for 1 h, signature verified.',
    ],
    ...(['unreferenced', 'digest_twice', 'name_taken', 'name_reserved', 'malformed'] as const).map(
      (state): [string, JsonObject, Partial<SummaryInput>, string, string] => [
        `disclosed, but ${state}`,
        alive,
        { signature: verified, sd: disclosed(state) },
        'bad',
        words.summary_disclosure_refused ?? '',
      ],
    ),
    [
      'digests that nobody can compute here',
      alive,
      { signature: verified, sd: { ...disclosed('unreferenced'), hashUnsupported: true } },
      'warn',
      words.summary_disclosures_uncompared?.replace('$1', 'sha-256') ?? '',
    ],
    [
      'digests that nobody can compute here, and over',
      dead,
      { signature: verified, sd: sd({ hashUnsupported: true }) },
      'bad',
      'Would be refused now: expired 2 min 3 s ago.',
    ],
    [
      'a digest without a disclosure, twice',
      alive,
      { signature: verified, sd: sd({ digestsTwice: ['x'] }) },
      'bad',
      words.summary_digest_twice ?? '',
    ],
    [
      'a key binding where the issuer named no key',
      alive,
      { signature: verified, sd: sd({ keyBinding: { signature: noKey, checks: [] } }) },
      'bad',
      words.summary_key_binding_refused ?? '',
    ],
    [
      'a key binding whose key may stand in what nobody can compare here',
      alive,
      { signature: verified, sd: sd({ hashUnsupported: true, keyBinding: { signature: noKey, checks: [] } }) },
      'warn',
      words.summary_disclosures_uncompared?.replace('$1', 'sha-256') ?? '',
    ],
    ...(['no_key', 'cannot_be_checked'] as const).map(
      (state): [string, JsonObject, Partial<SummaryInput>, string, string] => [
        `a key binding to a key that is named, and ${state}`,
        alive,
        {
          signature: verified,
          sd: sd({ claims: { cnf: { kid: 'a' } }, keyBinding: { signature: { state, reason: 'ok' }, checks: [] } }),
        },
        'warn',
        words.summary_key_binding_unchecked ?? '',
      ],
    ),
    [
      'a key binding that holds',
      alive,
      { signature: verified, sd: sd({ claims: { cnf: {} }, keyBinding: { signature: verified, checks: [] } }) },
      'good',
      'Alive for 1 h, signature verified.',
    ],
    ...(['other_issuer', 'nobodys'] as const).map(
      (doubt): [string, JsonObject, Partial<SummaryInput>, string, string] => [
        `verified with a key that is ${doubt}`,
        alive,
        { signature: verified, doubt },
        'warn',
        "Alive for 1 h; verified, but with a key that is not known to be its issuer's.",
      ],
    ),
    [
      'verified with a key that is gone',
      alive,
      { signature: verified, doubt: 'gone' },
      'warn',
      'Alive for 1 h; verified, but with a key that is gone from its set.',
    ],
    [
      'a key binding by another key',
      alive,
      { signature: verified, sd: sd({ keyBinding: { signature: mismatch, checks: [] } }) },
      'bad',
      words.summary_key_binding_refused ?? '',
    ],
    ...(['unsecured', 'malformed', 'key_does_not_fit'] as const).map(
      (state): [string, JsonObject, Partial<SummaryInput>, string, string] => [
        `a key binding that is ${state}`,
        alive,
        {
          signature: verified,
          sd: sd({ keyBinding: { signature: { state, reason: 'ok' }, checks: [{ name: 'sd_hash', state: 'ok' }] } }),
        },
        'bad',
        words.summary_key_binding_refused ?? '',
      ],
    ),
    [
      'a key binding of another presentation',
      alive,
      {
        signature: verified,
        sd: sd({ keyBinding: { signature: verified, checks: [{ name: 'sd_hash', state: 'mismatch' }] } }),
      },
      'bad',
      words.summary_key_binding_refused ?? '',
    ],
    ['octets', undefined, { signature: verified }, 'plain', words.summary_not_claims ?? ''],
    ['junk time', { exp: 'soon' }, {}, 'warn', 'Its time cannot be judged: exp is not a readable time.'],
    [
      'refused, and why',
      dead,
      { lastExchange: exchange(401, ms(-5)), why: refused, signature: mismatch },
      'bad',
      'Refused with 401: scope orders:write is missing; the token has orders:read.',
    ],
    [
      'asked for a nonce, which is no fault',
      alive,
      { lastExchange: exchange(401, ms(-5)), why: { ...refused, code: 'dpop_nonce', sentence: 'dpop_nonce' } },
      'plain',
      'Answered with 401: the server asks for its nonce in the DPoP proof, which is a step of the protocol and no fault.',
    ],
    [
      'taken, although',
      dead,
      { lastExchange: exchange(200, ms(-5)), why: accepted },
      'warn',
      "Accepted with 200, although it had expired 1 min before the request left, by this device's clock.",
    ],
    [
      'taken while alive, and over since',
      { exp: T - 100 },
      { lastExchange: exchange(200, ms(-300)) },
      'bad',
      'Would be refused now: expired 1 min 40 s ago.',
    ],
    [
      'answered, perhaps because of another token',
      alive,
      { lastExchange: exchange(401, ms(-5)), why: refused, shared: true },
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
  });

  it('has a sentence for every pair of life and check', () => {
    for (const life of ['alive', 'expiring', 'never_expires']) {
      for (const checked of [
        'verified',
        'strangers_key',
        'gone_key',
        'own_key',
        'decrypted',
        'sealed_by_anyone',
        'no_key',
        'key_does_not_fit',
        'cannot_be_checked',
        'pending',
      ]) {
        expect(words).toHaveProperty(`summary_${life}_${checked}`);
      }
    }
  });
});
