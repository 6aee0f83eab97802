import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headerValue, headerValues } from '../../../src/core/capture/headers.ts';
import { captureResponse } from '../../../src/core/capture/response.ts';
import { MAX_NAME } from '../../../src/core/capture/shorten.ts';
import { jwe, jws } from './compact.ts';

const token = jws();
const capture = (...headers: readonly (readonly [string, string])[]) =>
  captureResponse({ url: 'https://a.example/', headers: headers.map(([name, value]) => ({ name, value })) });

describe('Set-Cookie', () => {
  const attributes = { path: '/', secure: true, httpOnly: true, sameSite: 'Lax' };
  const tail = 'Path=/; Secure; HttpOnly; SameSite=Lax';

  it('gives the attributes', () => {
    const line = `sid=${token}; Domain=a.example; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Max-Age=60; Partitioned; ${tail}`;
    expect(capture(['Set-Cookie', line]).found).toEqual([
      {
        compact: token,
        place: {
          kind: 'set_cookie',
          name: 'sid',
          attributes: {
            ...attributes,
            domain: 'a.example',
            expires: Date.UTC(2026, 9, 21, 7, 28),
            maxAge: 60,
            partitioned: true,
          },
        },
      },
    ]);
  });

  it('undoes the joins of Firefox', () => {
    const { found } = capture(['set-cookie', `a=${token}\nconstructor=${token}; ${tail}\nb=1`]);
    expect(found.map(({ place }) => place)).toEqual([
      { kind: 'set_cookie', name: 'a', attributes: {} },
      { kind: 'set_cookie', name: 'constructor', attributes },
    ]);
  });

  it('joins chunks over the Set-Cookies of one response, past one that is deleted', () => {
    const session = jwe(4_000);
    const { found } = capture(
      ['set-cookie', `s.1=${session.slice(3_000)}; ${tail}`],
      ['set-cookie', `s.0=${session.slice(0, 3_000)}; ${tail}`],
      ['set-cookie', 's.2=; Max-Age=0'],
    );
    expect(found).toEqual([{ compact: session, place: { kind: 'set_cookie', name: 's', chunks: 2, attributes } }]);
  });

  it('cuts the attributes that a server can make as long as it likes', () => {
    const long = 'a'.repeat(10_000);
    const { found } = capture(['set-cookie', `a=${token}; Path=/${long}; Domain=${long}; SameSite=${long}`]);
    const { path, domain, sameSite } = found[0]?.place.attributes ?? {};
    expect([path, domain, sameSite].map((text) => text?.length)).toEqual([MAX_NAME, MAX_NAME, MAX_NAME]);
  });

  it.each([
    ['a Max-Age that no number holds', `Max-Age=${'9'.repeat(400)}`, {}],
    ['times that are none', 'Expires=tomorrow; Max-Age=soon', {}],
    ['attributes without a value', 'Domain; Path=; SameSite; ;', {}],
    ['names that every object has', '__proto__=1; constructor; toString=x', {}],
    [
      'white space, case, and the first of two',
      ' SECURE ;path = /a; PATH=/b;httponly=no',
      { secure: true, path: '/b', httpOnly: true },
    ],
    ['an equals sign in a value', 'Path=/a=b; Max-Age=-1', { path: '/a=b', maxAge: -1 }],
  ])('reads past %s', (_, text, attributes) => {
    const { found } = capture(['set-cookie', `a=${token}; ${text}`]);
    expect(found[0]?.place.attributes).toEqual(attributes);
  });
});

describe('other headers', () => {
  it('finds the parameters of Location, relative or not, and says that they are its own', () => {
    const { found, opaque } = capture(['Location', `/cb?code=1#access_token=opaque&id_token=${token}`]);
    expect(found).toEqual([{ compact: token, place: { kind: 'url_fragment', name: 'id_token', from: 'location' } }]);
    expect(opaque).toEqual(['url_fragment access_token']);
  });

  it('finds a token by shape', () => {
    expect(capture(['X-Refreshed-Token', token]).found).toEqual([
      { compact: token, place: { kind: 'response_header', name: 'x-refreshed-token' } },
    ]);
  });

  it('never throws', () => {
    const name = fc.constantFrom('set-cookie', 'location', 'x-any', 'Set-Cookie');
    const piece = fc.oneof(
      fc.constantFrom(';', '\n', '=', 'Expires=', 'Max-Age=', '__proto__=1;', '__proto__', token, '#', '?', '&'),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fc.array(piece)), { maxLength: 5 }), (headers) => {
        const { found } = capture(...headers.map(([key, pieces]) => [key, pieces.join('')] as const));
        for (const { compact } of found) expect(compact).toContain('.');
      }),
    );
  });
});

describe('headerValues', () => {
  it('compares names without case and splits at line feeds', () => {
    const headers = [
      { name: 'WWW-Authenticate', value: 'Bearer\nDPoP' },
      { name: 'www-authenticate', value: 'Basic' },
    ];
    expect(headerValues(headers, 'Www-Authenticate')).toEqual(['Bearer', 'DPoP', 'Basic']);
    expect(headerValue(headers, 'www-authenticate')).toBe('Bearer');
    expect(headerValue(headers, 'date')).toBeUndefined();
  });
});
