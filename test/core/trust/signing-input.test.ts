import { expect, test } from 'vitest';
import { decode } from '../../../src/core/token/decode.ts';
import { signingInput } from '../../../src/core/trust/signing-input.ts';

test.each([
  ['a.b.c', 'a.b'],
  ['a..c', 'a.'],
  ['e30.e30', 'e30.e30'],
  ['', '.'],
])('of %j', (token, input) => {
  expect(signingInput(decode(token))).toBe(input);
});
