import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isPolicyOrigin,
  MAX_ENTRIES,
  MAX_ENTRY,
  MAX_POLICIES,
  parsePolicies,
  parsePolicy,
  policyFor,
  storedPolicy,
} from '../../../src/core/judge/parse-policy.ts';
import { MAX_POLICY_FILE, readPolicyFile, writePolicies } from '../../../src/core/judge/policy-file.ts';
import { emptyPolicy, policyFrom } from '../../../src/core/judge/policy-from.ts';
import { decode } from '../../../src/core/token/decode.ts';
import { compact } from '../../fixtures/tokens.ts';
import { anyPolicy } from './policy-arbitrary.ts';

const API = 'https://api.test';
const policy = emptyPolicy(API);
const stored = (change: object = {}) => ({ ...storedPolicy(policy), ...change });

describe('a stored policy', () => {
  test('is read as it was written', () => {
    fc.assert(
      fc.property(anyPolicy, (one) => {
        expect(parsePolicy(JSON.parse(JSON.stringify(storedPolicy(one))))).toEqual(one);
      }),
    );
  });
  test.each([
    ['another version', { v: 2 }],
    ['no version', { v: undefined }],
    ['no origin', { origin: 'api.test' }],
    ['a URL', { origin: `${API}/v1` }],
    ['another protocol', { origin: 'ftp://api.test' }],
    ['a list that is none', { issuers: 'a' }],
    ['an entry that is no text', { issuers: [1] }],
    ['an empty entry', { issuers: [''] }],
    ['an entry that is too long', { issuers: ['a'.repeat(MAX_ENTRY + 1)] }],
    ['too many entries', { issuers: Array(MAX_ENTRIES + 1).fill('a') }],
    ['a negative leeway', { leeway: -1 }],
    ['half a second', { leeway: 0.5 }],
    ['an endless age', { maxAge: Number.POSITIVE_INFINITY }],
    ['a rule without a value', { claims: [{ claim: 'a', test: 'equals', values: [] }] }],
    ['a rule with one too many', { claims: [{ claim: 'a', test: 'present', values: ['a'] }] }],
    ['an unknown test', { claims: [{ claim: 'a', test: 'regex', values: ['a'] }] }],
  ])('is none with %s', (_, change) => {
    expect(parsePolicy(stored())).toEqual(policy);
    expect(parsePolicy(stored(change))).toBe(undefined);
  });
  test('never throws, and what it does not know is left out', () => {
    fc.assert(fc.property(fc.anything(), (any) => void parsePolicy(any)));
    expect(parsePolicy(stored({ more: 1 }))).toEqual(policy);
  });
  test('an origin is as URL writes it, or all', () => {
    for (const good of ['*', API, 'http://localhost:3000']) expect(isPolicyOrigin(good)).toBe(true);
    for (const bad of ['', 'null', 'https://API.test', 'https://api.test:443', 'https://u@api.test', 'wss://a.test']) {
      expect(isPolicyOrigin(bad)).toBe(false);
    }
  });
});

test('of all that is stored the policies, in order; what is unreadable is told with its text', () => {
  const { policies, unreadable } = parsePolicies({
    settings: { paused: true },
    'policy/https://b.test': stored({ origin: 'https://b.test' }),
    'policy/*': stored({ origin: '*' }),
    'policy/https://c.test': stored({ origin: 'https://b.test' }),
    'policy/https://d.test': { v: 9, secret: 'kept' },
    'policy/https://e.test': undefined,
  });
  expect(policies.map(({ origin }) => origin)).toEqual(['*', 'https://b.test']);
  expect(unreadable.map(({ key }) => key)).toEqual(['c', 'd', 'e'].map((host) => `policy/https://${host}.test`));
  expect(unreadable[1]?.text).toContain('"secret": "kept"');
});

test('an API has its own policy, else that for all; a WebSocket that of its server', () => {
  const all = emptyPolicy('*');
  expect(policyFor([all, policy], API)).toBe(policy);
  expect(policyFor([all, policy], 'wss://api.test')).toBe(policy);
  expect(policyFor([all, policy], 'http://api.test')).toBe(all);
  expect(policyFor([policy], 'https://other.test')).toBe(undefined);
});

describe('a file', () => {
  test('is read as it was written', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyPolicy, { selector: ({ origin }) => origin, maxLength: 5 }), (policies) => {
        expect(readPolicyFile(writePolicies(policies))).toEqual({ policies, unreadable: [] });
      }),
    );
  });
  test('one that is unreadable keeps no other out, and is named', () => {
    const policies = [stored(), { origin: 'https://bad.test' }, 7, stored({ origin: '*' })];
    const read = readPolicyFile(JSON.stringify({ claimcheck: 1, kind: 'policies', policies }));
    expect(read).toEqual({ policies: [policy, emptyPolicy('*')], unreadable: ['https://bad.test', '3.'] });
  });
  test.each([
    ['not_json', '{'],
    ['not_json', ''],
    ['not_policies', '[]'],
    ['not_policies', '{"claimcheck":1,"kind":"log","policies":[]}'],
    ['version', '{"claimcheck":2,"kind":"policies","policies":[]}'],
    ['too_many', JSON.stringify({ claimcheck: 1, kind: 'policies', policies: Array(MAX_POLICIES + 1).fill(0) })],
    ['too_large', ' '.repeat(MAX_POLICY_FILE + 1)],
  ])('%s', (error, text) => {
    expect(readPolicyFile(text)).toEqual({ error });
  });
  test('never throws', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void readPolicyFile(text)));
  });
});

describe('a policy out of a token', () => {
  const from = (header: object, payload: object | string, sealed = false) => {
    const decoded = decode(compact(header, payload, 'c2ln'));
    return policyFrom({ decoded, claims: decoded, ...(sealed && { sealed: true as const }) }, API);
  };
  test('names its algorithm, issuer, audience and telling type, and no rights of one person', () => {
    const payload = {
      iss: 'https://login.test/',
      aud: ['api', 'https://login.test/userinfo'],
      scope: 'read',
      roles: ['a'],
    };
    expect(from({ alg: 'RS256', typ: 'at+jwt' }, payload)).toEqual({
      ...policy,
      algorithms: ['RS256'],
      issuers: ['https://login.test/'],
      audiences: ['api'],
      types: ['at+jwt'],
    });
    expect(from({ alg: 'RS256', typ: 'JWT' }, { aud: 'https://login.test' }).types).toEqual([]);
    expect(from({ alg: 'RS256' }, { iss: 'a', aud: 'a' }).audiences).toEqual(['a']);
  });
  test.each(['none', 'NONE'])('never accepts %s', (alg) => {
    const decoded = decode(compact({ alg }, { iss: 'a' }));
    expect(policyFrom({ decoded, claims: decoded }, API)).toEqual({ ...policy, issuers: ['a'] });
  });
  test('is empty where nothing is known, and can be stored whatever the token says', () => {
    expect(from({ alg: 'RS256' }, 'text')).toEqual(policy);
    expect(from({ alg: 'RS256' }, { iss: 'a' }, true)).toEqual(policy);
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), fc.jsonValue(), (header, iss, aud) => {
        const made = from({ alg: 'HS256', typ: 'a'.repeat(2000), ...header }, { iss, aud });
        expect(parsePolicy(storedPolicy(made))).toEqual(made);
      }),
    );
  });
});
