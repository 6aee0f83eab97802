import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_TOKENS } from '../../../src/core/capture/distinct.ts';
import { captureRequest } from '../../../src/core/capture/request.ts';
import { MAX_NAME } from '../../../src/core/capture/shorten.ts';
import { jwe, jws } from './compact.ts';

const token = jws();
const URL = 'https://api.example/items';
const inHeader = (name: string, value: string) => {
  const { found, opaque } = captureRequest({ url: URL, headers: [{ name, value }] });
  return { found, opaque };
};
const cut = (text: string, size: number): readonly string[] => text.match(new RegExp(`.{1,${size}}`, 'gs')) ?? [];

describe('Authorization', () => {
  it.each(['Bearer', 'DPoP', 'JWT', 'Token', 'bearer'])('tells the scheme %s as written', (scheme) => {
    expect(inHeader('Authorization', `${scheme} ${token}`)).toEqual({
      found: [{ compact: token, place: { kind: 'request_header', name: 'authorization', scheme } }],
      opaque: [],
    });
  });

  it('takes a token without a scheme', () => {
    expect(inHeader('Proxy-Authorization', token).found).toEqual([
      { compact: token, place: { kind: 'request_header', name: 'proxy-authorization' } },
    ]);
  });

  it('keeps a token that is broken, to the last dot', () => {
    const [header, payload] = token.split('.');
    expect(inHeader('Authorization', `Bearer ${header}.${payload}.`).found[0]?.compact).toBe(`${header}.${payload}.`);
  });

  it.each([
    ['Bearer Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU', 'authorization Bearer'],
    ['Bearer eyJ7S_zG.eyJH0-Z.HX4w-7v', 'authorization Bearer'],
    ['Basic YWxpY2U6c2VjcmV0', 'authorization Basic'],
    ['0123456789abcdef', 'authorization'],
    [`${'s'.repeat(40)} ecret`, 'authorization'],
    ['0123456789abcdef0123456789abcdef more', 'authorization'],
    ['aws4-hmac-sha256 Credential=AKIA/x, Signature=0f', 'authorization aws4-hmac-sha256'],
    ['Negotiate YIIJ', 'authorization Negotiate'],
    ['ApiKey s3cret', 'authorization ApiKey'],
  ])('counts %s as opaque, without the credential', (value, entry) => {
    expect(inHeader('authorization', value)).toEqual({ found: [], opaque: [entry] });
  });

  it('counts nothing when nothing is sent', () => {
    expect(inHeader('authorization', ' ')).toEqual({ found: [], opaque: [] });
  });
});

describe('other headers', () => {
  it.each(['DPoP', 'X-Amzn-Oidc-Data', 'Cf-Access-Jwt-Assertion', 'X-Made-Up'])(
    'finds a token in %s by shape',
    (name) => {
      expect(inHeader(name, token).found).toEqual([
        { compact: token, place: { kind: 'request_header', name: name.toLowerCase() } },
      ]);
    },
  );

  it('finds the tokens of Sec-WebSocket-Protocol, Kubernetes bearer included', () => {
    const wrapped = Buffer.from(jwe()).toString('base64url');
    const value = `graphql-ws, bearer.${token}, base64url.bearer.authorization.k8s.io.${wrapped}`;
    const place = { kind: 'websocket_protocol', name: 'sec-websocket-protocol' };
    expect(inHeader('Sec-WebSocket-Protocol', value)).toEqual({
      found: [
        { compact: token, place },
        { compact: jwe(), place },
      ],
      opaque: [],
    });
    expect(inHeader('sec-websocket-protocol', 'base64url.bearer.authorization.k8s.io.b3BhcXVl').opaque).toEqual([
      'sec-websocket-protocol',
    ]);
  });

  it('finds a header of 256 KB whole', () => {
    const large = jwe(256 * 1024);
    expect(inHeader('authorization', `Bearer ${large}`).found.map(({ compact }) => compact)).toEqual([large]);
  });
});

describe('URL', () => {
  it('tells query and fragment parameters by name, and the path', () => {
    const other = jws({ sub: 'bob' });
    const url = `https://a.example/verify/${token}/?id%5Ftoken_hint=${other.replaceAll('.', '%2e')}&x=%zz#/cb?id_token=${token}&state=1`;
    expect(captureRequest({ url, headers: [] }).found).toEqual([
      { compact: token, place: { kind: 'url_path', name: '' } },
      { compact: other, place: { kind: 'url_query', name: 'id_token_hint' } },
      { compact: token, place: { kind: 'url_fragment', name: 'id_token' } },
    ]);
  });

  it('counts an opaque access token, and takes a lone value', () => {
    expect(captureRequest({ url: `/cb?access_token=opaque&foo=bar`, headers: [] }).opaque).toEqual([
      'url_query access_token',
    ]);
    expect(captureRequest({ url: `/cb?${token}`, headers: [] }).found).toEqual([
      { compact: token, place: { kind: 'url_query', name: '' } },
    ]);
  });
});

describe('Cookie', () => {
  const inCookies = (value: string) => inHeader('Cookie', value).found;

  it('tells each by name, twice under one name and at two places', () => {
    const other = jws({ sub: 'bob' });
    expect(inCookies(`a=1; sid="${token}"; sid=${other}; __proto__=${token}; sid=${other}`)).toEqual([
      { compact: token, place: { kind: 'cookie', name: 'sid' } },
      { compact: other, place: { kind: 'cookie', name: 'sid' } },
      { compact: token, place: { kind: 'cookie', name: '__proto__' } },
    ]);
  });

  it.each([
    ['.', 'authjs.session-token'],
    ['_', 'appSession'],
  ])('joins chunks behind %j in numeric order', (separator, name) => {
    const session = jwe(4_000);
    const chunks = cut(session, 350).map((chunk, index) => `${name}${separator}${index}=${chunk}`);
    expect(chunks.length).toBeGreaterThan(10);
    expect(inCookies(['theme=dark', ...chunks.toReversed()].join('; '))).toEqual([
      { compact: session, place: { kind: 'cookie', name, chunks: chunks.length } },
    ]);
  });

  it('joins the base64 JSON that Supabase splits', () => {
    const json = JSON.stringify({ access_token: token, refresh_token: 'opaque' });
    const [first, second] = cut(`base64-${Buffer.from(json).toString('base64url')}`, 200);
    expect(inCookies(`sb-ref-auth-token.0=${first}; sb-ref-auth-token.1=${second}`)).toEqual([
      { compact: token, place: { kind: 'cookie', name: 'sb-ref-auth-token', path: 'access_token', chunks: 2 } },
    ]);
  });

  it('takes no chunk for a token, alone or before a gap', () => {
    const [first, second] = cut(jwe(4_000), 3_000);
    expect(inCookies(`s.0=${first}`)).toEqual([]);
    expect(inCookies(`s.1=${second}`)).toEqual([]);
    expect(inCookies(`s.0=${first}; s.2=${second}`)).toEqual([]);
    expect(inCookies(`s_0=${token.slice(0, -60)}`)).toEqual([]);
  });

  it('does not join cookies that are tokens of their own', () => {
    const other = jws({ sub: 'bob' });
    expect(inCookies(`t_0=${token}; t_1=${other}`).map(({ place }) => place.name)).toEqual(['t_0', 't_1']);
  });

  it('gives the path inside JSON', () => {
    expect(inCookies(`s=${encodeURIComponent(JSON.stringify({ a: [{ id_token: token }] }))}`)).toEqual([
      { compact: token, place: { kind: 'cookie', name: 's', path: 'a[0].id_token' } },
    ]);
  });

  it('reads 3,000 cookies', () => {
    const cookies = Array.from({ length: 3_000 }, (_, index) => `c.${index}=${index === 1_500 ? `x-${token}` : 'v'}`);
    expect(inCookies(cookies.join('; ')).length).toBeGreaterThan(0);
    const plain = Array.from({ length: 3_000 }, (_, index) => `c${index}=${jws({ index })}`);
    const { found, dropped } = captureRequest({ url: URL, headers: [{ name: 'Cookie', value: plain.join('; ') }] });
    expect([found.length, dropped]).toEqual([MAX_TOKENS, 3_000 - MAX_TOKENS]);
  });

  it('never throws', () => {
    const part = fc.oneof(
      fc.constantFrom('a.0=', 'a.1=', ';', '=', '%', '"', 'base64-', '{"a":', '}', token, '__proto__=', 'toString='),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
        const { found } = inHeader('cookie', parts.join(''));
        for (const { place } of found) expect(place.kind).toBe('cookie');
      }),
    );
  });
});

it('tells the same token once for each place', () => {
  const headers = [
    { name: 'X-Token', value: token },
    { name: 'x-token', value: token },
    { name: 'Cookie', value: `t=${token}` },
  ];
  expect(captureRequest({ url: URL, headers }).found.map(({ place }) => place.kind)).toEqual([
    'request_header',
    'cookie',
  ]);
});

describe('what a page can make as long as it likes', () => {
  const long = 'n'.repeat(200_000);
  const many = Array.from({ length: 900 }, (_, index) => jws({ index })).join(',');
  const json = JSON.stringify({ [long]: { [long]: many.split(',') }, '"': [[{ [`${long} `]: many.split(',') }]] });

  it.each([
    ['a parameter', { url: `/?${long}=${many}`, headers: [] }],
    ['a fragment', { url: `/#${long}=${many}`, headers: [] }],
    ['a header', { url: URL, headers: [{ name: long, value: many }] }],
    ['a cookie', { url: URL, headers: [{ name: 'Cookie', value: `${long}=${many}` }] }],
    ['a chunked cookie', { url: URL, headers: [{ name: 'Cookie', value: `${long}.0=${many}; ${long}.1=.` }] }],
    ['a JSON path', { url: URL, headers: [{ name: 'x-state', value: json }] }],
    ['a JSON path in a cookie', { url: URL, headers: [{ name: 'Cookie', value: `s=${encodeURIComponent(json)}` }] }],
  ])('%s is cut, so that many tokens in it cost little', (_, message) => {
    const { found } = captureRequest(message);
    expect(found.length).toBeGreaterThanOrEqual(900);
    for (const { place } of found) {
      expect(place.name.length).toBeLessThanOrEqual(MAX_NAME);
      expect(place.path?.length ?? 0).toBeLessThanOrEqual(MAX_NAME);
    }
    expect(found.some(({ place }) => (place.path ?? place.name).endsWith('…'))).toBe(true);
  });

  it('leaves a name of the longest kept length whole', () => {
    const name = 'n'.repeat(MAX_NAME);
    expect(inHeader('Cookie', `${name}=${token}`).found[0]?.place.name).toBe(name);
  });
});
