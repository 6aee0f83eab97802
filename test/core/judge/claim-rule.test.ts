import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdsRule, matches } from '../../../src/core/judge/claim-rule.ts';
import { findClaim, rolesOf, scopesOf } from '../../../src/core/judge/find-claim.ts';
import type { ClaimTest } from '../../../src/core/judge/policy.ts';
import { processorTime } from '../../fixtures/processor-time.ts';

const holds = (value: unknown, test: ClaimTest, ...values: readonly string[]) =>
  holdsRule(value, { claim: 'c', test, values });

describe('a rule', () => {
  test('present: whatever it says, but it must be there', () => {
    for (const value of ['', 0, false, null, [], {}]) expect(holds(value, 'present')).toBe(true);
    expect(holds(undefined, 'present')).toBe(false);
  });
  test('equals and one of: as text, and case counts', () => {
    expect(holds('a', 'equals', 'a')).toBe(true);
    expect(holds(3, 'equals', '3')).toBe(true);
    expect(holds(true, 'equals', 'true')).toBe(true);
    expect(holds(null, 'equals', 'null')).toBe(true);
    expect(holds('A', 'equals', 'a')).toBe(false);
    expect(holds('a ', 'equals', 'a')).toBe(false);
    expect(holds({ a: 1 }, 'equals', '[object Object]')).toBe(false);
    expect(holds('b', 'one_of', 'a', 'b')).toBe(true);
    expect(holds('ab', 'one_of', 'a', 'b')).toBe(false);
  });
  test('of a list one element is enough', () => {
    expect(holds(['a', 'b'], 'equals', 'b')).toBe(true);
    expect(holds(['a', ['b']], 'equals', 'b')).toBe(false);
    expect(holds([1, 'x-2'], 'matches', 'x-*')).toBe(true);
  });
  test('contains: an element of a list, a part of a text', () => {
    expect(holds(['admin'], 'contains', 'admin')).toBe(true);
    expect(holds(['administrator'], 'contains', 'admin')).toBe(false);
    expect(holds('administrator', 'contains', 'admin')).toBe(true);
  });
  test.each([
    ['alice@acme.io', '*@acme.io', true],
    ['alice@acme.io.evil', '*@acme.io', false],
    ['alice@acme.io', 'alice@*', true],
    ['alice@acme.io', 'a*@*.io', true],
    ['aXb', 'a*b', true],
    ['ab', 'a*b', true],
    ['aba', 'ab*ba', false],
    ['ab', 'a*b*b', false],
    ['abb', 'a*b*b', true],
    ['', '*', true],
    ['', '', true],
    ['a', '', false],
    ['a.c', 'a.c', true],
    ['abc', 'a.c', false],
    ['a*c', 'a*c', true],
    ['abcbd', 'a*bc*bd', true],
  ])('%j against %j: %s', (text, pattern, expected) => {
    expect(matches(text, pattern)).toBe(expected);
  });
  test('a pattern says what the regular expression says', () => {
    const letters = fc.array(fc.constantFrom('a', 'b', '*'), { maxLength: 7 }).map((all) => all.join(''));
    fc.assert(
      fc.property(letters, letters, (text, pattern) => {
        const expression = new RegExp(`^${pattern.split('*').join('[^]*')}$`);
        expect(matches(text, pattern)).toBe(expression.test(text));
      }),
    );
  });
  test('a pattern that would hold a regular expression up costs nothing', () => {
    const took = processorTime(() => {
      expect(matches('a'.repeat(200_000), `${'a*'.repeat(200)}b`)).toBe(false);
      expect(matches(`${'a'.repeat(200_000)}b`, `${'a*'.repeat(200)}c*b`)).toBe(false);
    });
    expect(took).toBeLessThan(500);
  });
});

describe('a claim is found', () => {
  const claims = JSON.parse(`{
    "a.b": "name", "a": {"b": "path", "c.d": {"e": "dots"}, "list": [1]}, "https://acme.io/x": {"y": "own"},
    "__proto__": "sent"
  }`);
  test.each([
    ['a.b', 'name'],
    ['a.c.d.e', 'dots'],
    ['https://acme.io/x.y', 'own'],
    ['__proto__', 'sent'],
    ['a.x', undefined],
    ['a.list.length', undefined],
    ['constructor', undefined],
    ['a.toString', undefined],
    ['a.__proto__.toString', undefined],
    ['.a', undefined],
    ['a.', undefined],
  ])('%s', (name, expected) => {
    expect(findClaim(claims, name)).toBe(expected);
  });
  test('whichever way a path is read', () => {
    const tree = JSON.parse('{"a":{"a":{"a":{"a.a":"found"}}},"a.a":{"x":{}}}');
    expect(findClaim(tree, 'a.a.a.a.a')).toBe('found');
    expect(findClaim(tree, 'a.a.a.a.a.a')).toBe(undefined);
  });
  test('scopes and roles of whatever is there', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('scope', 'scp', 'roles', 'resource_access'), fc.jsonValue()), (any) => {
        expect([...scopesOf(any), ...rolesOf(any)].every((one) => typeof one === 'string')).toBe(true);
      }),
    );
  });
});
