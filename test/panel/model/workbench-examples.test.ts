import { expect, test } from 'vitest';
import { explainClaim, explainHeader } from '../../../src/core/token/glossary.ts';
import { exampleOf, namesOf } from '../../../src/panel/model/workbench-examples.ts';

const fresh = { now: 1_800_000_000, uuid: () => 'a-b-c' };
const exampleValue = (part: 'header' | 'payload', name: string): unknown => JSON.parse(exampleOf(part, name, fresh));

test('every name is explained, stands once, and has an example that is JSON', () => {
  for (const part of ['header', 'payload'] as const) {
    const names = namesOf(part);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) {
      expect((part === 'header' ? explainHeader : explainClaim)(name), name).toBeDefined();
      expect(() => exampleValue(part, name), name).not.toThrow();
    }
  }
});

test('the registered names come first, and what only a JWE has is not among them', () => {
  expect(namesOf('payload').slice(0, 7)).toEqual(['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti']);
  expect(namesOf('payload')).toContain('scp');
  expect(namesOf('header')).toContain('kid');
  for (const name of ['enc', 'zip', 'epk', 'p2c']) expect(namesOf('header')).not.toContain(name);
});

test.each([
  ['payload', 'exp', 1_800_003_600],
  ['payload', 'iat', 1_800_000_000],
  ['payload', 'jti', 'a-b-c'],
  ['payload', 'aud', 'https://api.example'],
  ['payload', 'email_verified', true],
  ['payload', 'roles', ['admin']],
  ['payload', 'address', {}],
  ['payload', 'max_age', 3600],
  ['payload', 'no such claim', ''],
  ['header', 'crit', ['b64']],
  ['header', 'b64', false],
  ['header', 'sigT', '2027-01-15T08:00:00Z'],
  ['header', 'created', 1_800_000_000],
] as const)('an example of %s %s is %j', (part, name, value) => {
  expect(exampleValue(part, name)).toEqual(value);
});
