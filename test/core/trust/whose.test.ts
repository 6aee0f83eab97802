import { expect, test } from 'vitest';
import type { RingKey } from '../../../src/core/trust/signature.ts';
import { isOf, issuersOf, MAX_ISSUERS, ofIssuers } from '../../../src/core/trust/whose.ts';

const key = (issuer: string, alsoOf?: readonly string[]): RingKey => ({
  id: 'a',
  text: 'x',
  provenance: 'traffic',
  issuer,
  addedAt: 0,
  ...(alsoOf && { alsoOf }),
});

test('a key is of each issuer that it has, and never of nobody', () => {
  expect(isOf(key('a', ['b']), 'a')).toBe(true);
  expect(isOf(key('a', ['b']), 'b')).toBe(true);
  expect(isOf(key('a', ['b']), 'c')).toBe(false);
  expect(isOf(key(''), '')).toBe(false);
});

test('the first name is the one that it is shown under, the others stand beside it, each once', () => {
  expect(ofIssuers(key(''), ['', 'b', 'a', 'b'])).toEqual(key('b', ['a']));
  expect(ofIssuers(key('a', ['b']), ['b'])).toEqual(key('b'));
  expect(issuersOf(key('a', ['b']))).toEqual(['a', 'b']);
  expect(issuersOf(key(''))).toEqual([]);
});

test('what it was before is the same object', () => {
  for (const before of [key(''), key('a'), key('a', ['b'])]) expect(ofIssuers(before, issuersOf(before))).toBe(before);
});

test('of many names some are kept', () => {
  const names = Array.from({ length: 50 }, (_, index) => `${index}`);
  expect(issuersOf(ofIssuers(key(''), names))).toEqual(names.slice(0, MAX_ISSUERS));
});
