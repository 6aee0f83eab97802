import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { credentialsOf } from '../../../src/core/report/credentials.ts';
import { exchangeOf } from '../../fixtures/exchange.ts';

const CODE = 'SplxlOBeZQQYbYS6WxSbIA';
const exchange = (url: string, location?: string) => exchangeOf({ url, ...(location !== undefined && { location }) });

describe('credentialsOf', () => {
  it.each([
    [`https://a.io/cb?code=${CODE}&state=1`, [CODE]],
    [`/cb?state=1&code=4%2F${CODE}`, [`4/${CODE}`]],
    [`https://a.io/#/cb?code=${CODE}&state=1`, [CODE]],
    [`https://a.io/?a=1#access_token=${CODE}`, [CODE]],
    [`https://a.io/?state=1&code=short`, []],
    [`https://a.io/?code=${CODE}`, []],
    [`https://a.io/?state=1&code=https://a.io/some/page`, []],
    [`https://a.io/code=${CODE}/state=1`, []],
    [`https://a.io/?client_secret=${CODE}&api_key=${CODE}x`, [`${CODE}x`, CODE]],
    [`https://a.io/?session=${CODE}&session_state=${CODE}`, []],
    ['', []],
  ])('%s', (address, found) => {
    expect(credentialsOf(exchange(address))).toEqual(found);
    expect(credentialsOf(exchange('https://a.io/', address))).toEqual(found);
  });

  it('never throws', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, text, (url, location) => {
        expect(credentialsOf(exchange(`?state=${url}`, `#code=${location}&state`))).toBeInstanceOf(Array);
      }),
    );
  });
});
