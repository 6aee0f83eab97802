/** What a gateway would say: each check fires on what it is for, and is silent on what is nearly that. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide } from '../../../src/core/judge/decide-policy.ts';
import type { Policy, PolicyCheckName } from '../../../src/core/judge/policy.ts';
import { emptyPolicy } from '../../../src/core/judge/policy-from.ts';
import { checkText, decisionText } from '../../../src/core/judge/policy-text.ts';
import type { Moment } from '../../../src/core/judge/policy-time.ts';
import type { JudgedToken } from '../../../src/core/judge/policy-token.ts';
import { decode } from '../../../src/core/token/decode.ts';
import type { SignatureState } from '../../../src/core/trust/signature.ts';
import { compact } from '../../fixtures/tokens.ts';
import { anyPolicy, anyToken } from './policy-arbitrary.ts';
import { policyWords, text } from './words.ts';

const NOW = 1_800_000_000_000;
const CLAIMS = { iss: 'https://login.test', aud: 'api', iat: NOW / 1000 - 60, exp: NOW / 1000 + 60 };

const signed = (state: SignatureState, more = {}): Pick<JudgedToken, 'signature'> => ({
  signature: { state, reason: 'ok', ...more },
});
const token = (payload: object = {}, header: object = {}): JudgedToken => {
  const decoded = decode(compact({ alg: 'RS256', ...header }, { ...CLAIMS, ...payload }, 'c2ln'));
  return { decoded, claims: decoded, ...signed('verified') };
};
const raw = (text: string): JudgedToken => ({ decoded: decode(text), claims: decode(text), ...signed('verified') });

const policy = (change: Partial<Policy> = {}): Policy => ({ ...emptyPolicy('https://api.test'), ...change });
const say = (rules: Partial<Policy>, judged: JudgedToken | undefined, at: Moment = { time: NOW }) => {
  const { decision, first } = decide(policy(rules), judged, at);
  return first ? `${decision} ${first.code}` : decision;
};
const told = (rules: Partial<Policy>, judged: JudgedToken, at: Moment = { time: NOW }) => {
  const { first } = decide(policy(rules), judged, at);
  return first ? checkText(first, text) : '';
};

test('a sound token is accepted by a policy that demands nothing, and by one that demands what it has', () => {
  const named = { algorithms: ['ES256', 'RS256'], issuers: [CLAIMS.iss], audiences: ['api'], maxAge: 90 };
  expect(say({}, token())).toBe('accept');
  expect(say(named, token())).toBe('accept');
  expect(decisionText(decide(policy(named), token(), { time: NOW }), text)).toBe('accept');
});

test('the checks come in the order of a gateway, and only those that are asked for', () => {
  const names = (rules: Partial<Policy>) =>
    decide(policy(rules), token(), { time: NOW }).checks.map(({ name }) => name);
  expect(names({})).toEqual(['well_formed', 'algorithm', 'signature', 'time']);
  const all: readonly PolicyCheckName[] = [
    ...(['well_formed', 'algorithm', 'signature', 'time', 'age', 'issuer', 'audience', 'type'] as const),
    ...(['claim', 'claim', 'scope', 'role', 'denied'] as const),
  ];
  const rule = { claim: 'sub', test: 'present', values: [] } as const;
  const everything: Partial<Policy> = {
    ...{ maxAge: 1, issuers: ['a'], audiences: ['a'], types: ['a'], claims: [rule, rule] },
    ...{ scopes: ['a'], roles: ['a'], denied: ['a'] },
  };
  expect(names(everything)).toEqual(all);
  const sealed = decide(policy(everything), { ...token(), sealed: true }, { time: NOW });
  expect(sealed.checks.map(({ name }) => name)).toEqual(all);
  expect(sealed.decision).toBe('undecided');
});

test('the first that fails is the reason, though something before it is open', () => {
  const unsure = { ...token({ aud: 'other' }), ...signed('no_key') };
  expect(say({ audiences: ['api'] }, unsure)).toBe('reject audience_fail');
  expect(say({ audiences: ['other'] }, unsure)).toBe('undecided signature_unknown_no_key');
});

describe('form', () => {
  test('no token, a broken one, one without claims', () => {
    expect(say({}, undefined)).toBe('reject well_formed_fail_no_token');
    expect(say({}, raw('eyJhbGciOiJSUzI1NiJ9.e30'))).toBe('reject well_formed_fail');
    expect(say({}, raw(`${compact({ alg: 'RS256' }, CLAIMS)}=.c2ln`))).toBe('reject well_formed_fail');
    expect(say({}, raw(compact({ alg: 'RS256' }, 'no claims', 'c2ln')))).toBe('reject well_formed_fail_no_claims');
    expect(say({}, raw(compact({ alg: 'RS256' }, '{"iss":1', 'c2ln')))).toBe('reject well_formed_fail');
  });
  test('of what is broken nothing else is asked', () => {
    expect(decide(policy({ issuers: ['a'] }), raw('a.b'), { time: NOW }).checks).toHaveLength(1);
  });
  test('a member that is there twice is no reason, for most readers take the last', () => {
    expect(say({}, raw(compact({ alg: 'RS256' }, '{"a":1,"a":2}', 'c2ln')))).toBe('accept');
  });
  test('what is too long to be read is open', () => {
    const long = raw(compact({ alg: 'RS256' }, { a: 'a'.repeat(300_000) }, 'c2ln'));
    expect(say({}, long)).toBe('undecided well_formed_unknown');
  });
});

describe('algorithm', () => {
  test('one that is not named, in another case, or missing', () => {
    expect(say({ algorithms: ['ES256'] }, token())).toBe('reject algorithm_fail');
    expect(say({ algorithms: ['rs256'] }, token())).toBe('reject algorithm_fail');
    expect(told({ algorithms: ['ES256', 'PS256'] }, token())).toBe('RS256 is not accepted; accepted: ES256, PS256');
    expect(say({}, raw(compact({ typ: 'JWT' }, CLAIMS, 'c2ln')))).toBe('reject algorithm_fail_missing');
  });
  test.each(['none', 'None', 'nOnE'])('%s is accepted by name alone', (alg) => {
    const unsecured = raw(compact({ alg }, CLAIMS));
    expect(say({}, unsecured)).toBe('reject algorithm_fail_none');
    expect(say({ algorithms: ['RS256'] }, unsecured)).toBe('reject algorithm_fail_none');
    expect(say({ algorithms: [alg] }, unsecured)).toBe('accept');
  });
  test('of an envelope, that of what is in it', () => {
    const inner = token();
    const outer = { ...decode(compact({ alg: 'dir', enc: 'A256GCM' }, '')), form: 'jwe' as const, problems: [] };
    expect(say({ algorithms: ['RS256'] }, { ...inner, decoded: outer })).toBe('accept');
  });
});

describe('signature', () => {
  test.each([
    ['verified', 'accept'],
    ['mismatch', 'reject signature_fail_mismatch'],
    ['malformed', 'reject signature_fail_malformed'],
    ['unsecured', 'reject signature_fail_unsecured'],
    ['no_key', 'undecided signature_unknown_no_key'],
    ['key_does_not_fit', 'undecided signature_unknown_key_does_not_fit'],
    ['cannot_be_checked', 'undecided signature_unknown_cannot_be_checked'],
  ] as const)('%s: %s', (state, expected) => {
    expect(say({}, { ...token(), ...signed(state) })).toBe(expected);
  });
  test('one that was cut away is the signature’s affair', () => {
    const stripped = { ...raw(compact({ alg: 'RS256' }, CLAIMS)), ...signed('malformed') };
    expect(say({}, stripped)).toBe('reject signature_fail_malformed');
  });
  test('while it is being checked, with the key of the token itself, and in an envelope without one', () => {
    const { decoded, claims } = token();
    expect(say({}, { decoded, claims })).toBe('undecided signature_unknown_pending');
    const key = { id: 'jwk', format: 'jwk', provenance: 'token' };
    expect(say({}, { decoded, claims, ...signed('verified', { key }) })).toBe('undecided signature_unknown_own_key');
    const opened = { ...decoded, form: 'jwe' as const };
    expect(say({}, { decoded: opened, claims: opened })).toBe('undecided signature_unknown_encrypted');
  });
});

describe('time', () => {
  const seconds = NOW / 1000;
  const clock = { offset: 0, low: -300, high: 300, samples: 3 };
  test('expired and not yet valid, by the server’s clock, and how long', () => {
    expect(told({}, token({ exp: seconds - 90 }))).toBe('expired for 1 min 30 s');
    expect(told({}, token({ nbf: seconds + 90 }))).toBe('not valid for another 1 min 30 s');
    const ahead = { offset: 90_000, low: 89_700, high: 90_300, samples: 3 };
    expect(told({}, token({ exp: seconds + 60 }), { time: NOW, clock: ahead })).toBe('expired for 30 s');
    expect(say({}, token({ nbf: seconds + 60, exp: seconds + 900 }), { time: NOW, clock: ahead })).toBe('accept');
  });
  test('leeway is granted at both ends, and no second more', () => {
    const at = { time: NOW, clock: { ...clock, low: 0, high: 0 } };
    expect(say({ leeway: 30 }, token({ exp: seconds - 29 }), at)).toBe('accept');
    expect(say({ leeway: 30 }, token({ exp: seconds - 30 }), at)).toBe('reject time_fail_expired');
    expect(say({ leeway: 30 }, token({ nbf: seconds + 30 }), at)).toBe('accept');
    expect(say({ leeway: 30 }, token({ nbf: seconds + 31 }), at)).toBe('reject time_fail_not_yet_valid');
  });
  test('what the clock or the time on the way leaves open is open', () => {
    expect(say({}, token({ exp: seconds }), { time: NOW, clock })).toBe('undecided time_unknown_clock');
    expect(say({}, token({ exp: seconds - 1 }), { time: NOW, clock })).toBe('reject time_fail_expired');
    expect(say({}, token({ exp: seconds + 1 }), { time: NOW, clock })).toBe('accept');
    expect(say({}, token({ exp: seconds }))).toBe('undecided time_unknown_clock');
    expect(say({}, token({ exp: seconds - 2 }))).toBe('reject time_fail_expired');
    expect(say({}, token({ exp: seconds + 5 }), { time: NOW, until: NOW + 9000 })).toBe('undecided time_unknown_clock');
  });
  test('of a request that nobody saw leave, only what is so at any moment before its answer', () => {
    expect(say({}, token({ exp: seconds - 60 }), { until: NOW })).toBe('undecided time_unknown_clock');
    expect(say({}, token({ exp: seconds + 60 }), { until: NOW })).toBe('accept');
    expect(say({}, token({ nbf: seconds + 60 }), { until: NOW })).toBe('reject time_fail_not_yet_valid');
    expect(say({}, token(), {})).toBe('undecided time_unknown_clock');
  });
  test('a token without an end is accepted; of a time that libraries read apart nobody can tell', () => {
    expect(say({}, token({ exp: undefined }))).toBe('accept');
    expect(told({}, token({ exp: '2027' }))).toMatch(/^exp is no time/);
    expect(told({}, token({ nbf: NOW }))).toMatch(/^nbf is no time/);
  });
});

describe('age', () => {
  test('older than it may be, with its leeway, missing, unreadable', () => {
    expect(told({ maxAge: 50 }, token())).toBe('1 min old, which is more than 50 s');
    expect(say({ maxAge: 50, leeway: 20 }, token())).toBe('accept');
    expect(say({ maxAge: 70 }, token())).toBe('accept');
    expect(say({ maxAge: 60 }, token())).toBe('undecided age_unknown_clock');
    const exact = { offset: 0, low: 0, high: 0, samples: 3 };
    expect(say({ maxAge: 60 }, token(), { time: NOW, clock: exact })).toBe('accept');
    expect(say({ maxAge: 59 }, token(), { time: NOW, clock: exact })).toBe('reject age_fail');
    expect(say({ maxAge: 70 }, token({ iat: undefined }))).toBe('reject age_fail_missing');
    expect(say({ maxAge: 70 }, token({ iat: '12' }))).toBe('undecided age_unknown_unreadable');
    expect(say({}, token({ iat: 0 }))).toBe('accept');
  });
});

describe('issuer, audience, type', () => {
  const issuers = ['https://login.test', 'https://other.test/'];
  test('issuers are compared exactly', () => {
    expect(say({ issuers }, token())).toBe('accept');
    expect(say({ issuers }, token({ iss: 'https://LOGIN.test' }))).toBe('reject issuer_fail');
    expect(say({ issuers }, token({ iss: 'https://login.test/' }))).toBe('reject issuer_fail_slash');
    expect(say({ issuers }, token({ iss: ['https://login.test'] }))).toBe('reject issuer_fail');
    expect(told({ issuers }, token({ iss: undefined }))).toBe(
      'it names no issuer; accepted: https://login.test, https://other.test/',
    );
  });
  test('one audience of several is enough', () => {
    expect(say({ audiences: ['api', 'b'] }, token({ aud: ['a', 'b'] }))).toBe('accept');
    expect(say({ audiences: ['api'] }, token({ aud: ['a', 'b'] }))).toBe('reject audience_fail');
    expect(say({ audiences: ['api'] }, token({ aud: 'api ' }))).toBe('reject audience_fail');
    expect(say({ audiences: ['1'] }, token({ aud: [1] }))).toBe('reject audience_fail');
    expect(say({ audiences: ['api'] }, token({ aud: undefined }))).toBe('reject audience_fail_missing');
  });
  test('types are compared as media types', () => {
    const types = ['at+jwt'];
    expect(say({ types }, token({}, { typ: 'application/AT+JWT' }))).toBe('accept');
    expect(say({ types }, token({}, { typ: 'JWT' }))).toBe('reject type_fail');
    expect(say({ types }, token({}, { typ: 'application/x/at+jwt' }))).toBe('reject type_fail');
    expect(say({ types: ['x/at+jwt'] }, token({}, { typ: 'application/x/at+jwt' }))).toBe('reject type_fail');
    expect(say({ types }, token({}, { typ: 5 }))).toBe('reject type_fail');
    expect(say({ types }, token())).toBe('reject type_fail_missing');
  });
});

describe('scopes, roles, jti', () => {
  test.each([
    [{ scope: 'read write' }],
    [{ scope: ['write', 'read'] }],
    [{ scp: ['read', 'write'] }],
    [{ scp: 'read  write' }],
    [{ scope: 'read', scp: 'write' }],
  ])('scopes of %j', (claims) => {
    expect(say({ scopes: ['read', 'write'] }, token(claims))).toBe('accept');
    expect(say({ scopes: ['read', 'rea'] }, token(claims))).toBe('reject scope_fail');
  });
  test.each([
    [{ roles: ['admin'] }],
    [{ groups: 'admin' }],
    [{ permissions: ['admin'] }],
    [{ 'cognito:groups': ['admin'] }],
    [{ realm_access: { roles: ['admin'] } }],
    [{ resource_access: { a: { roles: [] }, 'b.c': { roles: ['admin'] } } }],
    [{ 'https://acme.test/roles': ['admin'] }],
  ])('roles of %j', (claims) => {
    expect(say({ roles: ['admin'] }, token(claims))).toBe('accept');
    expect(told({ roles: ['admin', 'root'] }, token(claims))).toBe('role root is missing; it has admin');
  });
  test('none at all, and names that only look like it', () => {
    expect(say({ scopes: ['read'] }, token({ scopes: 'read' }))).toBe('reject scope_fail_missing');
    expect(say({ roles: ['admin'] }, token({ myroles: ['admin'], realm_access: ['admin'] }))).toBe(
      'reject role_fail_missing',
    );
  });
  test('a jti that is denied', () => {
    expect(say({ denied: ['a', 'b'] }, token({ jti: 'b' }))).toBe('reject denied_fail');
    expect(say({ denied: ['a', 'b'] }, token({ jti: 'B' }))).toBe('accept');
    expect(say({ denied: ['1'] }, token({ jti: 1 }))).toBe('accept');
    expect(say({ denied: ['a'] }, token())).toBe('accept');
  });
});

test('a claim that fails says what it is and what it must be', () => {
  const rule = { claim: 'realm.level', test: 'equals', values: ['3'] } as const;
  expect(told({ claims: [rule] }, token({ realm: { level: 2 } }))).toBe('realm.level is 2 and must be 3');
  expect(say({ claims: [rule] }, token({ realm: { level: 3 } }))).toBe('accept');
  expect(told({ claims: [rule] }, token())).toBe('it has no realm.level');
});

describe('whatever the policy and the token', () => {
  const moment = fc.record({ time: fc.constantFrom(NOW, 0, -1), until: fc.constantFrom(NOW, NOW + 1e6) });
  test('it never throws, rejects when and only when a check fails, and has words for each', () => {
    fc.assert(
      fc.property(anyPolicy, anyToken, moment, (rules, judged, at) => {
        const { decision, first, checks } = decide(rules, judged, at);
        const failed = checks.filter(({ state }) => state === 'fail');
        expect(decision === 'reject').toBe(failed.length > 0);
        expect(decision === 'accept').toBe(checks.every(({ state }) => state === 'pass'));
        expect(first).toBe(failed[0] ?? checks.find(({ state }) => state === 'unknown'));
        for (const { code, name, state } of checks) {
          expect(policyWords).toHaveProperty(`policy_check_${code}`);
          expect(code.startsWith(`${name}_${state}`)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
