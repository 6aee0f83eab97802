import { expect, test } from 'vitest';
import { decode } from '../../../src/core/token/decode.ts';
import { issuerOf } from '../../../src/core/trust/issuer.ts';
import { compact } from '../../fixtures/tokens.ts';

test.each([
  [{ iss: 'https://login.test' }, 'https://login.test'],
  [{ iss: '' }, ''],
  [{ iss: ['https://login.test'] }, ''],
  [{ iss: 'x'.repeat(5000) }, 'x'.repeat(1000)],
  [{}, ''],
  ['no claims', ''],
])('%#', (payload, issuer) => {
  expect(issuerOf(decode(compact({ alg: 'HS256' }, payload)))).toBe(issuer);
});
