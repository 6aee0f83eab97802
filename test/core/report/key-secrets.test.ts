import { expect, it } from 'vitest';
import { keySecrets } from '../../../src/core/report/key-secrets.ts';

const LONG = 'abcdefghijklmnopqrst';

it.each<[string, string, readonly string[]]>([
  ['a shared secret', `  correct horse ${LONG}\n`, [`correct horse ${LONG}`]],
  ['one too short to be found', 'secret', []],
  ['a private JWK', JSON.stringify({ kty: 'EC', x: LONG, d: `${LONG}1` }), [`${LONG}1`]],
  [
    'a set with an RSA key of several primes',
    JSON.stringify({
      keys: [
        { kty: 'RSA', n: LONG, d: `${LONG}1`, oth: [{ r: `${LONG}2` }] },
        { kty: 'oct', k: `${LONG}3` },
      ],
    }),
    [`${LONG}1`, `${LONG}2`, `${LONG}3`],
  ],
  ['a public JWK, which tokens carry', JSON.stringify({ kty: 'EC', x: LONG, y: LONG }), []],
  ['a private PEM', `-----BEGIN EC PRIVATE KEY-----\n${LONG}\n${LONG}\n-----END EC PRIVATE KEY-----`, [LONG + LONG]],
  ['a certificate', `-----BEGIN CERTIFICATE-----\n${LONG}\n-----END CERTIFICATE-----`, []],
  ['an OpenSSH public key', `ssh-ed25519 ${LONG} me`, []],
  ['an address', `https://login.test/${LONG}`, []],
  ['null', 'null', []],
])('%s', (_, key, secrets) => {
  expect(keySecrets(key)).toEqual(secrets);
});

it('takes JSON of any depth', () => {
  expect(keySecrets(`${'['.repeat(5_000)}${']'.repeat(5_000)}`)).toEqual([]);
});
