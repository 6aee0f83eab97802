import fc from 'fast-check';
import { expect, test } from 'vitest';
import { discoveryAddresses, isOwnDocument, readDiscovery } from '../../../src/core/trust/discovery.ts';

const document = (issuer: string, jwksUri = 'https://login.test/keys') => ({ issuer, jwksUri });

test('an issuer without a path has two places', () => {
  const places = [
    'https://login.test/.well-known/openid-configuration',
    'https://login.test/.well-known/oauth-authorization-server',
  ];
  expect(discoveryAddresses('https://login.test')).toEqual(places);
  expect(discoveryAddresses('https://login.test/')).toEqual(places);
});

test('with a path the well-known part stands after it, or before', () => {
  const places = [
    'https://login.test:8443/realms/a/.well-known/openid-configuration',
    'https://login.test:8443/.well-known/oauth-authorization-server/realms/a',
    'https://login.test:8443/.well-known/openid-configuration/realms/a',
    'https://login.test:8443/realms/a/.well-known/oauth-authorization-server',
  ];
  expect(discoveryAddresses('https://login.test:8443/realms/a')).toEqual(places);
  expect(discoveryAddresses('https://login.test:8443/realms/a/')).toEqual(places);
});

test.each(['', 'login.test', 'urn:issuer', 'https://login.test?a', 'https://login.test#a', 'https://me@login.test'])(
  'what is no issuer has no place: %s',
  (issuer) => {
    expect(discoveryAddresses(issuer)).toEqual([]);
  },
);

test('a document names issuer and keys', () => {
  const text = JSON.stringify({ issuer: 'https://login.test', jwks_uri: 'https://LOGIN.test/keys#a', more: [1] });
  expect(readDiscovery(text)).toEqual(document('https://login.test'));
  expect(readDiscovery('{"jwks_uri":"https://login.test/keys","issuer":1}')).toEqual(document(''));
});

test.each([
  ['', 'not_json'],
  ['<!doctype html>', 'not_json'],
  [`{"a":${'['.repeat(200_000)}`, 'not_json'],
  ['{}', 'no_jwks_uri'],
  ['null', 'no_jwks_uri'],
  ['{"keys":[]}', 'no_jwks_uri'],
  ['{"jwks_uri":1}', 'no_jwks_uri'],
  ['{"jwks_uri":"/keys"}', 'no_jwks_uri'],
])('what is no document says why: %.20s', (text, error) => {
  expect(readDiscovery(text)).toEqual({ error });
});

test('a document speaks for the issuer at whose well-known address it stands', () => {
  const own = document('https://login.test/realms/a');
  for (const place of discoveryAddresses(own.issuer)) {
    expect(isOwnDocument(place, own)).toBe(true);
    expect(isOwnDocument(`${place}?appid=1#a`, own)).toBe(true);
  }
  expect(isOwnDocument('https://login.test/.well-known/openid-configuration', own)).toBe(false);
  expect(isOwnDocument('https://evil.test/realms/a/.well-known/openid-configuration', own)).toBe(false);
  expect(isOwnDocument('https://login.test/realms/a/openid-configuration', own)).toBe(false);
  expect(isOwnDocument('https://login.test:8443/realms/a/.well-known/openid-configuration', own)).toBe(false);
  expect(isOwnDocument('no address', own)).toBe(false);
});

test('over http only this device is believed', () => {
  const at = (origin: string): boolean => isOwnDocument(`${origin}/.well-known/openid-configuration`, document(origin));
  expect([at('https://login.test'), at('http://localhost:3000'), at('http://[::1]:3000')]).toEqual([true, true, true]);
  expect(at('http://login.test')).toBe(false);
});

test('whatever is read, nothing throws', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), fc.oneof(fc.string(), fc.webUrl()), (text, url) => {
      const read = readDiscovery(text);
      expect('error' in read || URL.canParse(read.jwksUri)).toBe(true);
      expect(isOwnDocument(url, document('https://login.test'))).toBe(
        discoveryAddresses('https://login.test').includes(url),
      );
    }),
  );
});
