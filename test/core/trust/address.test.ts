import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAuthentic, isLoopback, plainAddress, readAddress } from '../../../src/core/trust/address.ts';

test.each([
  'https://login.test/keys',
  'https://login.test:8443/keys?realm=a',
  'http://localhost/keys',
  'http://localhost:3000/keys',
  'http://app.localhost:3000/keys',
  'http://127.0.0.1:3000/keys',
  'http://127.1:3000/keys', // how the URL standard reads it, 127.0.0.1
])('%s may be asked', (address) => {
  expect(readAddress(address)).toBeInstanceOf(URL);
});

test.each([
  ['http://login.test/keys', 'not_https'],
  ['http://localhost.test/keys', 'not_https'],
  ['http://notlocalhost/keys', 'not_https'],
  ['http://127.0.0.1.test/keys', 'not_https'],
  // Loopback, but the content security policy has no words for it.
  ['http://127.0.0.2/keys', 'not_https'],
  ['http://[::1]:3000/keys', 'not_https'],
  ['https://me:secret@login.test/keys', 'address'],
  ['https://me@login.test/keys', 'address'],
  ['ftp://login.test/keys', 'address'],
  ['javascript:alert(1)', 'address'],
  ['data:application/json,{}', 'address'],
  ['file:///etc/passwd', 'address'],
  ['login.test', 'address'],
  ['', 'address'],
  [`https://login.test/${'a'.repeat(3000)}`, 'address'],
])('%s may not: %s', (address, error) => {
  expect(readAddress(address)).toEqual({ error });
});

test('the fragment is never sent, and white space around is no part of it', () => {
  expect(readAddress('  https://login.test/keys#a \n')).toMatchObject({ href: 'https://login.test/keys' });
  expect(plainAddress('https://LOGIN.test/keys#')).toBe('https://login.test/keys');
  expect(plainAddress('no address')).toBeUndefined();
});

test('this device is known by all its names, and no other is', () => {
  const loopback = ['localhost', 'a.localhost', '127.0.0.1', '127.255.255.254', '[::1]'];
  const others = ['localhost.test', 'xlocalhost', '128.0.0.1', '1.127.0.0', '[::2]', '127.0.0.1.test', ''];
  expect(loopback.map(isLoopback)).toEqual(loopback.map(() => true));
  expect(others.map(isLoopback)).toEqual(others.map(() => false));
});

test('only https and this device speak for themselves', () => {
  const from = (address: string): boolean => isAuthentic(new URL(address));
  expect([from('https://a.test/'), from('http://[::1]/'), from('http://127.0.0.2/')]).toEqual([true, true, true]);
  expect([from('http://a.test/'), from('ftp://localhost/'), from('ws://localhost/')]).toEqual([false, false, false]);
});

test('no text breaks it, and none that is let through is other than it says', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.webUrl({ withFragments: true, validSchemes: ['http', 'https', 'ws'] })),
      (text) => {
        const read = readAddress(text);
        if ('error' in read) return;
        expect(read.username + read.password + read.hash).toBe('');
        expect(read.protocol === 'https:' || isLoopback(read.hostname)).toBe(true);
      },
    ),
  );
});
