import { X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeCertificate } from '../../../src/core/trust/certificate.ts';
import { certificate, pairFor, privatePem } from '../../fixtures/keys.ts';
import { opensslCertificate } from '../../fixtures/openssl.ts';

const key = privatePem(pairFor('ES256'));
const derOf = (pem: string | Buffer) => new Uint8Array(new X509Certificate(pem).raw);
const made = (subject: string, ...more: string[]) => derOf(opensslCertificate(key, subject, more));
const ext = (text: string) => ['-addext', text];

describe('as node reads it', () => {
  test.each([
    ['RSA 2048', 'RS256'],
    ['EC P-256', 'ES256'],
    ['EC P-521', 'ES512'],
    ['EC secp256k1', 'ES256K'],
    ['Ed25519', 'Ed25519'],
    ['Ed448', 'Ed448'],
  ])('%s', async (described, alg) => {
    const pem = opensslCertificate(privatePem(pairFor(alg)), '/C=DE/O=Acme, Inc./CN=Ünï "x"');
    const theirs = new X509Certificate(pem);
    const facts = await describeCertificate(derOf(pem));
    expect(facts).toMatchObject({
      key: described,
      subject: 'CN=Ünï \\"x\\", O=Acme\\, Inc., C=DE',
      issuer: 'CN=Ünï \\"x\\", O=Acme\\, Inc., C=DE',
      notBefore: Date.parse(theirs.validFrom),
      notAfter: Date.parse(theirs.validTo),
      selfSigned: true,
      alternativeNames: [],
    });
    expect(facts?.serial.replaceAll(':', '').replace(/^00/, '')).toBe(theirs.serialNumber);
    expect(facts?.sha256.hex).toBe(theirs.fingerprint256);
    expect(facts?.sha1.hex).toBe(theirs.fingerprint);
    expect(Buffer.from(facts?.sha256.base64url ?? '', 'base64url').toString('hex')).toBe(
      theirs.fingerprint256.replaceAll(':', '').toLowerCase(),
    );
  });

  test('made by @peculiar/x509', async () => {
    expect(await describeCertificate(derOf(await certificate(pairFor('RS256'))))).toMatchObject({
      subject: 'CN=claimcheck.test',
      serial: '01',
      notBefore: Date.parse('2020-01-01'),
      notAfter: Date.parse('2040-01-01'),
    });
  });

  test('alternative names of every kind', async () => {
    const names =
      'DNS:a.test,IP:127.0.0.1,IP:::1,URI:https://b.test/x,email:c@d.test,RID:1.2.3,otherName:1.2.3.4;UTF8:x';
    expect((await describeCertificate(made('/CN=x', ...ext(`subjectAltName=${names}`))))?.alternativeNames).toEqual([
      'DNS:a.test',
      'IP:127.0.0.1',
      expect.stringMatching(/^IP:(0:){7}1$|^IP:::1$/),
      'URI:https://b.test/x',
      'email:c@d.test',
      'RID:1.2.3',
      'otherName:1.2.3.4',
    ]);
  });

  test('several parts in one name, an attribute nobody knows, an empty subject', async () => {
    const several = await describeCertificate(made('/DC=test/OU=a+CN=b', '-multivalue-rdn'));
    expect(several?.subject).toMatch(/^(OU=a\+CN=b|CN=b\+OU=a), DC=test$/);
    expect((await describeCertificate(made('/dnQualifier=x')))?.subject).toBe('2.5.4.46=x');
    expect((await describeCertificate(made('/')))?.subject).toBe('');
  });
});

describe('self-signed', () => {
  const ca = { certificate: opensslCertificate(key, '/CN=x'), key };
  const issued = (subject: string) => opensslCertificate(privatePem(pairFor('ES384')), subject, [], ca);

  test('not where another name issued it', async () => {
    expect(await describeCertificate(derOf(issued('/CN=y')))).toMatchObject({
      subject: 'CN=y',
      issuer: 'CN=x',
      selfSigned: false,
    });
  });

  test('not where the same name issued it with another key', async () => {
    expect(await describeCertificate(derOf(issued('/CN=x')))).toMatchObject({
      subject: 'CN=x',
      issuer: 'CN=x',
      selfSigned: false,
    });
  });
});

describe('what is hostile', () => {
  test('a name of a hundred thousand characters is cut; so is a list of names', async () => {
    const names = Array.from({ length: 150 }, (_, index) => `DNS:host-${index}.test`).join(',');
    const facts = await describeCertificate(made('/CN=x', ...ext(`subjectAltName=${names}`)));
    expect(facts?.alternativeNames).toHaveLength(100);
    expect(facts?.moreNames).toBe(50);
    const many = Array.from({ length: 300 }, (_, index) => `/OU=${String(index).padStart(60, '0')}`).join('');
    expect((await describeCertificate(made(many)))?.subject).toHaveLength(1001);
  });

  test('what is no certificate, or is too long', async () => {
    const der = made('/CN=x');
    expect(await describeCertificate(new Uint8Array())).toBeUndefined();
    expect(await describeCertificate(der.subarray(0, -1))).toBeUndefined();
    expect(await describeCertificate(new Uint8Array(70_000))).toBeUndefined();
    // SEQUENCE in SEQUENCE, as deep as the bound allows
    expect(
      await describeCertificate(Uint8Array.from({ length: 60_000 }, (_, at) => (at % 2 === 0 ? 0x30 : 0x80))),
    ).toBeUndefined();
  });

  test('damage anywhere never throws', async () => {
    const der = made('/CN=x', ...ext('subjectAltName=DNS:a.test'));
    await fc.assert(
      fc.asyncProperty(fc.nat(der.length - 1), fc.nat(255), async (at, byte) => {
        const damaged = der.slice();
        damaged[at] = byte;
        await describeCertificate(damaged);
      }),
      { numRuns: 1000 },
    );
  });
});
