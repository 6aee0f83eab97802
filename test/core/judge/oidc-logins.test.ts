import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loginsIn, MAX_LOGINS } from '../../../src/core/judge/oidc-logins.ts';
import { exchangeOf } from '../../fixtures/exchange.ts';
import { processorTime } from '../../fixtures/processor-time.ts';

const exchange = (url: string, location?: string) => exchangeOf({ url, ...(location !== undefined && { location }) });
const one = (url: string, location?: string) => {
  const { requests, responses } = loginsIn([exchange(url, location)]);
  return { requests: requests.map(({ exchange: _, ...rest }) => rest), responses };
};

describe('requests', () => {
  it('are told with what their answers must agree with', () => {
    const url =
      'https://login.test/auth?response_type=code+id_token&client_id=spa&redirect_uri=https%3A%2F%2FApp.test%3Fa%3D1' +
      '&state=s%201&nonce=n%2B1&nonce=second';
    expect(one(url).requests).toEqual([{ clientId: 'spa', target: 'https://app.test/', state: 's 1', nonce: 'n+1' }]);
  });

  it('may be sealed, and may lack all but their client', () => {
    const url = 'https://login.test/auth?response_type=code&client_id=spa';
    expect(one(url).requests).toEqual([{ clientId: 'spa' }]);
    for (const more of ['&request=e30.e30.', '&request_uri=urn%3Ax', '&request']) {
      expect(one(url + more).requests).toEqual([{ clientId: 'spa', sealed: true }]);
    }
  });

  it.each([
    'https://login.test/auth?response_type=code',
    'https://login.test/auth?client_id=spa',
    'https://login.test/auth?response_type=code&client_id=',
    'https://login.test/auth#?response_type=code&client_id=spa',
    `https://login.test/auth?response_type=code&client_id=${'x'.repeat(200_000)}`,
  ])('are none: %.80s', (url) => {
    expect(one(url).requests).toEqual([]);
  });
});

describe('responses', () => {
  it.each([
    ['https://app.test/cb?code=c&state=s', undefined],
    ['https://login.test/consent', 'https://app.test/cb?code=c&state=s'],
    ['https://login.test/consent', 'HTTPS://app.test/x/../cb#state=s&code=c'],
    ['https://app.test/x', '/cb#/route?code=c&state=s'],
  ])('stand in %s and %s', (url, location) => {
    expect(one(url, location).responses).toMatchObject([{ target: 'https://app.test/cb', code: 'c', state: 's' }]);
  });

  it('go to applications too', () => {
    const location = 'com.example.app:/oauth2redirect#access_token=a%2Bb&id_token=x.y.z&expires_in=60';
    expect(one('https://login.test/', location).responses).toMatchObject([
      { target: 'com.example.app:/oauth2redirect', accessToken: 'a+b', idToken: 'x.y.z' },
    ]);
  });

  it.each([
    'https://app.test/cb?error=login_required&state=s',
    'https://app.test/?zipcode=1',
    'https://app.test/code=1',
  ])('are none: %s', (url) => {
    expect(one(url, url).responses).toEqual([]);
  });
});

describe('a log', () => {
  it('gives the latest, and stays quick', () => {
    const ask = (n: number) => exchange(`https://login.test/auth?response_type=code&client_id=${n}`);
    const many = Array.from({ length: 20_000 }, (_, n) => (n % 2 ? ask(n) : exchange('/', `/cb?code=${n}`)));
    expect(processorTime(() => loginsIn(many))).toBeLessThan(2_000);
    const { requests, responses } = loginsIn(many);
    expect([requests.length, responses.length]).toEqual([MAX_LOGINS, MAX_LOGINS]);
    expect([requests.at(-1)?.clientId, responses.at(-1)?.code]).toEqual(['19999', '19998']);
  });

  it('may hold anything', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const { requests, responses } = loginsIn([
          exchange(`${a}?response_type=${b}&client_id=x`, `${b}#code=${a}&id_token=${b}`),
        ]);
        expect(requests.length + responses.length).toBeLessThanOrEqual(3);
      }),
    );
  });
});
