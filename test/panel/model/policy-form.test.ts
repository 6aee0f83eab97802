import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_ENTRY, parsePolicy, storedPolicy } from '../../../src/core/judge/parse-policy.ts';
import { emptyPolicy } from '../../../src/core/judge/policy-from.ts';
import { draftOf, type PolicyDraft, readDraft, readOrigin } from '../../../src/panel/model/policy-form.ts';

const API = 'https://api.test';
const draft = (change: Partial<PolicyDraft> = {}): PolicyDraft => ({ ...draftOf(emptyPolicy(API)), ...change });
const errorsOf = (change: Partial<PolicyDraft>) => Object.fromEntries(readDraft(draft(change)).errors);

test('what is shown is read as it was', () => {
  const policy = {
    ...emptyPolicy(API),
    ...{
      algorithms: ['RS256', 'ES256'],
      issuers: ['https://a.test', 'b c'],
      audiences: ['api, v2'],
      types: ['at+jwt'],
    },
    ...{ leeway: 5, maxAge: 0, scopes: ['read'], roles: ['Domain Users'], denied: ['1'] },
    claims: [
      { claim: 'sub', test: 'present' as const, values: [] },
      { claim: 'a.b', test: 'one_of' as const, values: ['1', '2, 3'] },
      { claim: 'mail', test: 'matches' as const, values: [' *@a.test'] },
    ],
  };
  expect(readDraft(draftOf(policy)).policy).toEqual(policy);
});

test.each([
  ['*', '*'],
  [' https://api.test/v1?a ', API],
  ['api.test', API],
  ['API.test:443', API],
  ['wss://api.test', API],
  ['http://localhost:3000', 'http://localhost:3000'],
  ['', undefined],
  ['ftp://api.test', undefined],
  ['javascript:alert(1)', undefined],
  ['data://x', undefined],
  ['a b', undefined],
  ['**', undefined],
])('%j is the API %s', (typed, origin) => {
  expect(readOrigin(typed)).toBe(origin);
});

describe('what is wrong', () => {
  test.each<[Partial<PolicyDraft>, object]>([
    [{ origin: 'https://' }, { origin: 'origin' }],
    [{ leeway: '3601' }, { leeway: 'leeway' }],
    [{ leeway: '1.5' }, { leeway: 'leeway' }],
    [{ maxAge: 'x' }, { maxAge: 'age' }],
    [{ maxAge: '999999999' }, { maxAge: 'age' }],
    [{ issuers: 'a'.repeat(MAX_ENTRY + 1) }, { issuers: 'too_long' }],
    [{ denied: Array.from({ length: 101 }, (_, index) => index).join('\n') }, { denied: 'too_many' }],
    [{ claims: [{ claim: ' ', test: 'present', values: '' }] }, { rule0: 'rule_claim' }],
    [{ claims: [{ claim: 'a', test: 'one_of', values: '\n ' }] }, { rule0: 'rule_value' }],
    [{ leeway: '0', maxAge: ' 60 ', denied: Array(200).fill('same').join('\n') }, {}],
  ])('%j', (change, errors) => {
    expect(errorsOf(change)).toEqual(errors);
  });
  test('an origin that another policy has', () => {
    expect(readDraft(draft(), [API]).errors.get('origin')).toBe('origin_taken');
    expect(readDraft(draft(), ['*']).errors.size).toBe(0);
  });
});

test('whatever is typed: errors, or a policy that can be stored', () => {
  const text = fc.oneof(fc.string(), fc.constantFrom('5', 'a\nb', ' , ', '*'));
  const rule = fc.record({
    claim: text,
    test: fc.constantFrom('present' as const, 'one_of' as const, 'contains' as const),
    values: text,
  });
  const lists = {
    algorithms: text,
    types: text,
    scopes: text,
    issuers: text,
    audiences: text,
    roles: text,
    denied: text,
  };
  const typed = fc.record({ ...lists, origin: text, leeway: text, maxAge: text, claims: fc.array(rule) });
  fc.assert(
    fc.property(typed, (one) => {
      const { policy, errors } = readDraft(one);
      expect(policy === undefined).toBe(errors.size > 0);
      if (policy) expect(parsePolicy(storedPolicy(policy))).toEqual(policy);
    }),
  );
});
