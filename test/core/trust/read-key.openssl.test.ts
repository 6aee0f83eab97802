/** Every form of a key that openssl and jose write is read as the key that they say it is. */
import { exportJWK, exportPKCS8, exportSPKI, generateKeyPair } from 'jose';
import { describe, expect, test } from 'vitest';
import type { PublicKey } from '../../../src/core/trust/key.ts';
import { withPublicHalf } from '../../../src/core/trust/public-half.ts';
import { readKey } from '../../../src/core/trust/read-key.ts';
import { toJwk, toPem } from '../../../src/core/trust/write-key.ts';
import { openssl, opensslBundle, opensslCertificate, opensslRequest, opensslRevoked } from '../../fixtures/openssl.ts';

const only = async (text: string): Promise<PublicKey> => {
  const reading = readKey(text);
  if ('error' in reading) throw new Error(`${reading.error} ${reading.detail}`);
  const [key, ...more] = await Promise.all(reading.candidates.map(withPublicHalf));
  if (!key || key.kty === 'oct' || more.length > 0) throw new Error('not one public key');
  return key;
};

const hasMlDsa = openssl('list -public-key-algorithms').includes('ML-DSA-44');

const ALGORITHMS = [
  ['RSA', '-algorithm RSA -pkeyopt rsa_keygen_bits:2048'],
  ['RSA-PSS', '-algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048'],
  ['P-256', '-algorithm EC -pkeyopt ec_paramgen_curve:P-256'],
  ['P-384', '-algorithm EC -pkeyopt ec_paramgen_curve:P-384'],
  ['P-521', '-algorithm EC -pkeyopt ec_paramgen_curve:P-521'],
  ['secp256k1', '-algorithm EC -pkeyopt ec_paramgen_curve:secp256k1'],
  ['Ed25519', '-algorithm ED25519'],
  ['Ed448', '-algorithm ED448'],
  ['X25519', '-algorithm X25519'],
  ['X448', '-algorithm X448'],
  ...(hasMlDsa ? ['ML-DSA-44', 'ML-DSA-65', 'ML-DSA-87'].map((name) => [name, `-algorithm ${name}`] as const) : []),
] as const;

/** Command, then what it makes of the private key in PEM. DER is pasted as base64. */
const formsOf = (name: string): readonly string[] => {
  const both = (args: string): readonly string[] => [args, `${args} -outform DER`];
  return [
    ...both('pkey'),
    ...both('pkey -pubout'),
    ...both('pkcs8 -topk8 -nocrypt'),
    ...(name === 'RSA' ? [...both('rsa -traditional'), ...both('rsa -pubout'), ...both('rsa -RSAPublicKey_out')] : []),
    ...(/^(P-|secp)/.test(name)
      ? [
          ...both('ec'),
          ...both('ec -no_public'),
          ...['compressed', 'uncompressed', 'hybrid'].flatMap((form) => [
            ...both(`ec -conv_form ${form}`),
            ...both(`ec -conv_form ${form} -pubout`),
            ...both(`pkey -ec_conv_form ${form}`),
            ...both(`pkey -ec_conv_form ${form} -pubout`),
          ]),
        ]
      : []),
  ];
};

const pasted = (written: Buffer): string =>
  written.subarray(0, 5).toString() === '-----' ? written.toString() : written.toString('base64');

describe.each(ALGORITHMS)('openssl: %s', (name, args) => {
  const pem = openssl(`genpkey ${args}`).toString();
  const spki = openssl('pkey -pubout', pem).toString();

  test.each(formsOf(name))('%s', async (command) => {
    const key = await only(pasted(openssl(command, pem)));
    expect(toPem(key)).toBe(spki);
    expect(key.fromPrivate).toBe(/-pubout|PublicKey_out/.test(command) ? undefined : true);
    // A private key that comes with its own numbers can be used to decrypt.
    expect(key.privateMaterial !== undefined).toBe(key.fromPrivate === true);
  });

  test('under a passphrase it says so', () => {
    expect(readKey(openssl('pkcs8 -topk8 -v2 aes-256-cbc -passout pass:x', pem).toString())).toEqual({
      error: 'encrypted',
    });
    const der = openssl('pkcs8 -topk8 -v2 aes-256-cbc -passout pass:x -outform DER', pem);
    expect(readKey(der.toString('base64'))).toEqual({ error: 'encrypted' });
  });

  test('every cut is a value', () => {
    for (const text of [pem, spki, pem.replace(/-----[^-]+-----|\n/g, '')]) {
      for (let end = 0; end < text.length; end++) readKey(text.slice(0, end));
    }
  });
});

describe.each(ALGORITHMS.filter(([name]) => !name.startsWith('X')))('openssl: certificates of %s', (_, args) => {
  const pem = openssl(`genpkey ${args}`).toString();
  const spki = openssl('pkey -pubout', pem).toString();
  const certificate = opensslCertificate(pem);
  const body = certificate.replace(/-----[^-]+-----|\n/g, '');

  test.each([
    ['PEM', certificate],
    ['DER', body],
    ['x5c', JSON.stringify([body])],
  ])('%s', async (_, text) => {
    const key = await only(text);
    expect(key).toMatchObject({ format: 'x509', certificate: new Uint8Array(Buffer.from(body, 'base64')) });
    expect(toPem(key)).toBe(spki);
  });

  test('x5c of a JWK, if it is of this very key', async () => {
    const jwk = toJwk(await only(certificate));
    const other = opensslCertificate(openssl('genpkey -algorithm ED25519')).replace(/-----[^-]+-----|\n/g, '');
    const certificateOf = async (x5c: unknown) => (await only(JSON.stringify({ ...jwk, x5c }))).certificate;
    expect(await certificateOf([body])).toEqual((await only(certificate)).certificate);
    for (const x5c of [[other], [], ['!'], [5], body, null]) expect(await certificateOf(x5c)).toBeUndefined();
  });

  test('a certificate request and a list of revoked ones say so', () => {
    const request = opensslRequest(pem);
    const pemOf = (label: string, der: Buffer) =>
      `-----BEGIN ${label}-----\n${der.toString('base64')}\n-----END ${label}-----`;
    expect(readKey(request.toString('base64'))).toEqual({ error: 'csr' });
    expect(readKey(pemOf('CERTIFICATE REQUEST', request))).toEqual({ error: 'csr' });
  });
});

describe('openssl: what holds no key for tokens', () => {
  const rsa = openssl('genrsa -traditional 2048').toString();
  const ec = openssl('ecparam -name prime256v1 -genkey').toString();

  test('a traditional key under a passphrase', () => {
    expect(readKey(openssl('rsa -traditional -aes128 -passout pass:x', rsa).toString())).toEqual({
      error: 'encrypted',
    });
    expect(readKey(openssl('ec -aes128 -passout pass:x', ec).toString())).toEqual({ error: 'encrypted' });
  });

  test('parameters before the key', async () => {
    expect(ec).toContain('EC PARAMETERS');
    expect((await only(ec)).format).toBe('sec1_private');
  });

  test('a curve of explicit parameters, and one that no token uses', () => {
    expect(readKey(openssl('ec -param_enc explicit -pubout', ec).toString())).toMatchObject({ error: 'algorithm' });
    const brainpool = openssl('ecparam -name brainpoolP256r1 -genkey -noout').toString();
    expect(readKey(brainpool)).toMatchObject({ error: 'algorithm', detail: '1.3.36.3.3.2.8.1.1.7' });
  });

  test('DSA', () => {
    const parameters = openssl('dsaparam 1024');
    const pem = openssl('dsaparam -genkey -noout 1024').toString();
    expect(readKey(pem)).toEqual({ error: 'dsa' });
    expect(readKey(openssl('pkey -pubout', pem).toString())).toEqual({ error: 'dsa' });
    expect(readKey(openssl('pkey -pubout -outform DER', pem).toString('base64'))).toEqual({ error: 'dsa' });
    expect(readKey(openssl('dsa -outform DER', pem).toString('base64'))).toEqual({ error: 'dsa' });
    expect(readKey(parameters.toString() + pem)).toEqual({ error: 'dsa' });
  });

  test('PKCS#12', () => {
    const both = rsa + opensslCertificate(rsa);
    expect(readKey(openssl('pkcs12 -export -passout pass:x', both).toString('base64'))).toEqual({ error: 'pkcs12' });
  });

  test('PKCS#7', () => {
    const bundle = opensslBundle(opensslCertificate(rsa));
    expect(readKey(bundle.toString('base64'))).toEqual({ error: 'pkcs7' });
    expect(readKey(openssl('pkcs7 -inform DER', bundle).toString())).toEqual({ error: 'pkcs7' });
  });

  test.each([
    ['pgp', '-----BEGIN PGP PUBLIC KEY BLOCK-----\nVersion: x\n\nmQEN\n=abcd\n-----END PGP PUBLIC KEY BLOCK-----'],
    ['crl', '-----BEGIN X509 CRL-----\nMIIB\n-----END X509 CRL-----'],
    ['crl', opensslRevoked(openssl('genrsa 2048')).toString('base64')],
    ['csr', '-----BEGIN NEW CERTIFICATE REQUEST-----\nMIIB\n-----END NEW CERTIFICATE REQUEST-----'],
    ['ppk', 'PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: x\nPublic-Lines: 2\nAAAA'],
  ])('%s', (error, text) => {
    expect(readKey(text)).toEqual({ error });
  });
});

describe('jose', () => {
  const algorithms = [
    ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
    ...['RSA-OAEP', 'RSA-OAEP-256', 'RSA-OAEP-384', 'RSA-OAEP-512'],
    ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
    ...['ECDH-ES', 'ECDH-ES+A128KW', 'ECDH-ES+A192KW', 'ECDH-ES+A256KW'],
  ].map((alg) => ({ alg, crv: alg.startsWith('ECDH') ? 'P-256' : undefined }));
  const curves = ['P-384', 'P-521', 'X25519'].map((crv) => ({ alg: 'ECDH-ES', crv }));

  test.each([...algorithms, ...curves])('$alg $crv', async ({ alg, crv }) => {
    const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true, crv });
    const [jwk, privateJwk] = [await exportJWK(publicKey), await exportJWK(privateKey)];
    const texts = [
      await exportSPKI(publicKey),
      await exportPKCS8(privateKey),
      JSON.stringify(jwk),
      JSON.stringify({ keys: [jwk] }),
    ];
    for (const text of texts) expect(toJwk(await only(text))).toEqual(jwk);
    const own = await only(JSON.stringify(privateJwk));
    expect([toJwk(own), own.privateMaterial]).toEqual([jwk, privateJwk]);
  });
});
