import { describe, expect, it } from 'vitest';
import { asksForLogin } from '../../../src/core/capture/login.ts';
import { processorTime } from '../../fixtures/processor-time.ts';

describe('asksForLogin', () => {
  it.each([
    ['https://login.test/auth?client_id=spa&response_type=code&state=x', true],
    ['https://login.test/auth?response_type=id_token%20token&client_id=spa&nonce=n', true],
    ['https://login.test/auth?client_id=spa', false],
    ['https://login.test/auth?response_type=code', false],
    ['https://login.test/auth?my_client_id=spa&response_type=code', false],
    ['https://login.test/response_type=code/client_id=spa', false],
    ['https://app.test/', false],
  ])('%s: %s', (url, expected) => {
    expect(asksForLogin(url)).toBe(expected);
  });

  it('takes a megabyte of marks in its stride', () => {
    const took = processorTime(() => {
      for (const flood of ['?', '&client_id', '?response_type']) {
        expect(asksForLogin(flood.repeat(1_000_000 / flood.length))).toBe(false);
      }
    });
    expect(took).toBeLessThan(1_000);
  });
});
