import { expect, test } from 'vitest';
import { isAddress } from '../../../src/panel/model/address.ts';

test.each([
  'https://login.test',
  ' https://login.test/realms/a/protocol/openid-connect/certs \n',
  'HTTP://localhost:8080/jwks',
  'https://user:password@login.test',
])('%s is an address', (text) => expect(isAddress(text)).toBe(true));

test.each([
  '',
  'login.test',
  'ftp://login.test/jwks',
  'javascript:alert(1)',
  'https://',
  'https://login.test and more',
  'https://login.test\nhttps://other.test',
  '{"keys":"https://login.test"}',
  `https://login.test/${'a'.repeat(3000)}`,
])('%s is none', (text) => expect(isAddress(text)).toBe(false));
