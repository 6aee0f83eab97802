import { expect, test } from 'vitest';
import { isForeign, nearness } from '../../../src/core/trust/nearness.ts';
import type { Provenance } from '../../../src/core/trust/signature.ts';
import { given } from '../../fixtures/keys.ts';

const OWN = 'https://login.test';
const OTHER = 'https://elsewhere.test';

/** Provenance and issuer of the key, issuer of the token; how near with its `kid`, and without. */
const CASES: readonly (readonly [Provenance, string, string, string, string])[] = [
  ['given', OWN, OWN, 'kid', 'issuer'],
  ['given', OTHER, OWN, 'kid', 'neither'],
  ['given', '', OWN, 'kid', 'neither'],
  ['given', '', '', 'kid', 'issuer'],
  ['given', OTHER, '', 'kid', 'neither'],
  ['discovery', OWN, OWN, 'kid', 'issuer'],
  ['discovery', OTHER, OWN, 'neither', 'neither'],
  ['discovery', OTHER, '', 'neither', 'neither'],
  ['traffic', OWN, OWN, 'kid', 'issuer'],
  ['traffic', OTHER, OWN, 'neither', 'neither'],
  ['traffic', '', OWN, 'neither', 'neither'],
  ['traffic', '', '', 'neither', 'neither'],
];

test.each(CASES)('%s key of %j, token of %j: %s, %s', (provenance, own, issuer, named, unnamed) => {
  const key = given('x', provenance, 0, own);
  expect([nearness(key, issuer, true), nearness(key, issuer, false)]).toEqual([named, unnamed]);
});

test('a key that was pinned still accuses no other issuer', () => {
  expect(isForeign({ ...given('x', 'traffic', 0, OTHER), pinned: true }, OWN)).toBe(true);
});

test("of a set that nobody said whose it is, the issuer's own host says so", () => {
  const nobodys = given('x', 'traffic', 0, '');
  const far = (source: string, issuer = OWN) => nearness({ ...nobodys, source }, issuer, true);
  expect(far('https://login.test/jwks')).toBe('kid');
  expect(far('https://elsewhere.test/jwks')).toBe('neither');
  expect(far('http://login.test/jwks')).toBe('neither');
  expect(far('https://login.test.elsewhere.test/jwks')).toBe('neither');
  expect(far('blob:x', 'data:x')).toBe('neither');
  expect(nearness({ ...nobodys, pinned: true }, OWN, true)).toBe('kid');
});
