import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type JarCookie, tokensInDocumentCookie, tokensInJar } from '../../../src/core/capture/cookie-jar.ts';
import { tokenFor } from '../../fixtures/requests.ts';

const TOKEN = tokenFor('in the jar');
const PAGE = 'https://app.acme.test:8443/home?x=1';

const cookie = (change: Partial<JarCookie> = {}): JarCookie => ({
  name: 'sid',
  value: TOKEN,
  domain: 'app.acme.test',
  hostOnly: true,
  path: '/',
  secure: false,
  httpOnly: false,
  ...change,
});
const placesIn = (cookies: readonly JarCookie[], url = PAGE, top = url) =>
  tokensInJar(cookies, url, top).map(({ place }) => place);

test('a cookie with all its attributes, and the address that it would be sent to', () => {
  const full = cookie({
    domain: '.acme.test',
    hostOnly: false,
    path: '/auth',
    secure: true,
    httpOnly: true,
    sameSite: 'no_restriction',
    expirationDate: 1_900_000_000.5,
    partitionKey: { topLevelSite: 'https://acme.test' },
  });
  expect(placesIn([full])).toEqual([
    {
      kind: 'cookie_jar',
      name: 'sid',
      origin: 'https://app.acme.test:8443/auth',
      attributes: {
        domain: '.acme.test',
        path: '/auth',
        expires: 1_900_000_000_500,
        secure: true,
        httpOnly: true,
        sameSite: 'None',
        partitioned: true,
      },
    },
  ]);
});

test('a session cookie without any attribute', () => {
  expect(placesIn([cookie({ sameSite: 'unspecified' })])[0]?.attributes).toEqual({ path: '/' });
});

test.each([
  ['another host', cookie({ domain: 'api.acme.test' })],
  ["a parent's own", cookie({ domain: 'acme.test' })],
  ['a subdomain', cookie({ domain: '.x.app.acme.test', hostOnly: false })],
  ['a name that ends alike', cookie({ domain: '.cme.test', hostOnly: false })],
  ['another site in the address bar', cookie({ partitionKey: { topLevelSite: 'https://other.test' } })],
])('a cookie of %s is left out', (_, other) => {
  expect(placesIn([other])).toEqual([]);
});

test("a frame's partitioned cookie is of the site in the address bar", () => {
  const partitioned = cookie({ partitionKey: { topLevelSite: 'https://shop.test' } });
  expect(placesIn([partitioned], PAGE, 'https://www.shop.test/')).toHaveLength(1);
  expect(placesIn([partitioned], PAGE, 'https://other.test/')).toHaveLength(0);
});

test('chunks are joined, those of one path and partition', () => {
  const chunks = [0, 1].map((index) => {
    const value = index === 0 ? TOKEN.slice(0, 40) : TOKEN.slice(40);
    return cookie({ name: `authjs.session-token.${index}`, value, httpOnly: true });
  });
  expect(tokensInJar(chunks, PAGE, PAGE)).toMatchObject([
    { compact: TOKEN, place: { name: 'authjs.session-token', chunks: 2, attributes: { httpOnly: true } } },
  ]);
  const [first, second] = chunks;
  const apart = first && second ? [first, { ...second, path: '/other' }] : [];
  expect(tokensInJar(apart, PAGE, PAGE).some(({ compact }) => compact === TOKEN)).toBe(false);
});

test("Supabase's cookie is called that", () => {
  const value = `base64-${Buffer.from(JSON.stringify({ access_token: TOKEN })).toString('base64url')}`;
  expect(placesIn([cookie({ name: 'sb-ref-auth-token', value })])).toMatchObject([
    { path: 'access_token', layout: 'supabase' },
  ]);
});

test('document.cookie has names and values, and no more', () => {
  expect(tokensInDocumentCookie(`a=b; sid=${TOKEN}`, PAGE)).toEqual([
    { compact: TOKEN, place: { kind: 'cookie_jar', name: 'sid', origin: PAGE } },
  ]);
});

test('any cookies of any page are read without a throw', () => {
  const any = fc.record({
    name: fc.string(),
    value: fc.oneof(fc.string(), fc.constant(TOKEN)),
    domain: fc.oneof(fc.string(), fc.domain(), fc.constant('app.acme.test')),
    hostOnly: fc.boolean(),
    path: fc.string(),
    secure: fc.boolean(),
    httpOnly: fc.boolean(),
    sameSite: fc.string(),
    expirationDate: fc.double({ noNaN: true }),
    partitionKey: fc.oneof(fc.constant(null), fc.record({ topLevelSite: fc.string() })),
  });
  fc.assert(
    fc.property(fc.array(any), fc.oneof(fc.string(), fc.webUrl(), fc.constant(PAGE)), (cookies, url) => {
      for (const { compact, place } of tokensInJar(cookies, url, url)) {
        expect(compact).toBe(TOKEN);
        expect(place.kind).toBe('cookie_jar');
      }
    }),
  );
});
