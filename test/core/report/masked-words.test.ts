import { expect, it } from 'vitest';
import { maskedWords } from '../../../src/core/report/masked-words.ts';

const masked = maskedWords(new Set(['alice@example.com', 'Alice Liddell', 'Bill']), () => '***');

it.each([
  ['Bill', '***'],
  ['for Bill, of Alice Liddell.', 'for ***, of ***.'],
  ['the bill of Billy and Bill2', 'the bill of Billy and Bill2'],
  ['ALICE@Example.com', '***'],
  ['/?login_hint=alice%40example.com&n=Alice+Liddell', '/?login_hint=***&n=***'],
  ['?next=%252Fhome%253Fhint%253Dalice%252540example.com%2526a', '?next=%252Fhome%253Fhint%253D***%2526a'],
  ['Bill: hello Bill… and Bill!', '***: hello ***… and ***!'],
  ['Alice Liddells', 'Alice Liddells'],
])('%s', (text, expected) => {
  expect(masked(text)).toBe(expected);
});

it('calls nothing where there is nothing to mask', () => {
  expect(maskedWords(new Set(), () => expect.unreachable())('Bill')).toBe('Bill');
});

it.each(['.', '…’', ':', '%25', '%3A', '+', 'Alice ', 'Alice Liddell'])('a flood of %s ends', (flood) => {
  expect(masked(`${flood.repeat(200_000 / flood.length)}x`)).toContain('x');
});
