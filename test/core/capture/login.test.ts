import { describe, expect, it } from 'vitest';
import { answersLogin, asksForLogin } from '../../../src/core/capture/login.ts';

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
});

describe('answersLogin', () => {
  it.each([
    ['https://app.test/cb?code=abc&state=x', true],
    ['/cb?state=x&error=login_required', true],
    ['https://app.test/#id_token=a.b.c', true],
    ['https://app.test/#/cb?access_token=opaque', true],
    ['com.app.test:/cb?response=a.b.c', true],
    ['https://app.test/orders?page=2', false],
    ['https://app.test/?zipcode=1&estate=2&my_state=3', false],
    ['https://app.test/code=1/state=2', false],
    ['', false],
  ])('%s: %s', (location, expected) => {
    expect(answersLogin(location)).toBe(expected);
  });

  it('takes a megabyte of marks in its stride', () => {
    const begun = performance.now();
    for (const flood of ['?', '&code', '#state', '?response_type']) {
      const text = flood.repeat(1_000_000 / flood.length);
      expect([answersLogin(text), asksForLogin(text)]).toEqual([false, false]);
    }
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});
