/** No text makes the reader throw, and none takes longer than its length allows. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_KEY_TEXT, readKey } from '../../../src/core/trust/read-key.ts';
import { certificate, pairFor, privateJwk, privatePem, publicJwk, publicPem } from '../../fixtures/keys.ts';
import { sshConvert, sshKeygen } from '../../fixtures/openssl.ts';
import { processorTime } from '../../fixtures/processor-time.ts';

const bodyOf = (pem: string): string => pem.replace(/-----[^-]+-----|\n/g, '');

const ssh = sshKeygen('-t ecdsa -b 256');
const x509 = await certificate(pairFor('ES256'));
const FORMS: readonly (readonly [string, string])[] = [
  ['SPKI', publicPem(pairFor('ES256'))],
  ['PKCS#8', privatePem(pairFor('Ed25519'))],
  ['PKCS#1', privatePem(pairFor('RS256'), 'pkcs1')],
  ['SEC 1', privatePem(pairFor('ES512'), 'sec1')],
  ['a certificate', x509],
  ['bare DER', bodyOf(x509)],
  ['x5c', JSON.stringify([bodyOf(x509)])],
  ['a JWK', JSON.stringify({ ...privateJwk(pairFor('RS256')), x5c: [bodyOf(x509)] })],
  ['a set', JSON.stringify({ keys: [publicJwk(pairFor('ES256')), { kty: 'oct', k: 'AAEC' }] })],
  ['an OpenSSH line', `command="x y" ${ssh.line}`],
  ['an OpenSSH file', ssh.file],
  ['RFC 4716', sshConvert(ssh.line, '-e -m RFC4716')],
];

/** What it is, or why it is nothing: never an exception, never neither. */
const isValue = (text: string): void => {
  const reading = readKey(text);
  if ('error' in reading) expect(reading.error).toMatch(/^[a-z_\d]+$/);
  else expect(reading.candidates.length).toBeGreaterThan(0);
};

describe.each(FORMS)('%s', (_, text) => {
  test('is a key', () => {
    expect(readKey(text)).toMatchObject({ candidates: expect.anything(), skipped: [] });
    expect(readKey(text)).not.toMatchObject({ format: 'secret' });
  });

  test('every prefix and every suffix is a value', () => {
    for (let at = 0; at < text.length; at++) {
      isValue(text.slice(0, at));
      isValue(text.slice(at));
    }
  });

  test('with damage anywhere it is a value', () => {
    const damaged = fc
      .tuple(fc.nat(text.length), fc.nat(40), fc.string({ unit: 'binary' }))
      .map(([at, cut, junk]) => text.slice(0, at) + junk + text.slice(at + cut));
    fc.assert(fc.property(damaged, isValue), { numRuns: 300 });
  });
});

test('octets under every PEM label are a value', () => {
  const labels = ['PUBLIC KEY', 'PRIVATE KEY', 'EC PRIVATE KEY', 'CERTIFICATE', 'OPENSSH PRIVATE KEY', 'X509 CRL'];
  fc.assert(
    fc.property(fc.constantFrom(...labels), fc.uint8Array({ maxLength: 200 }), (label, octets) => {
      isValue(`-----BEGIN ${label}-----\n${Buffer.from(octets).toString('base64')}\n-----END ${label}-----`);
      isValue(`ssh-rsa AAAA${Buffer.from(octets).toString('base64')}`);
    }),
  );
});

/** DER with lengths that hold, so that the readers get inside. */
const der = fc.letrec((tie) => ({
  element: fc
    .tuple(
      fc.constantFrom(0x02, 0x03, 0x04, 0x06, 0x30, 0x80, 0x81, 0xa0, 0xa1, 0x17),
      fc.oneof({ maxDepth: 5 }, fc.uint8Array({ maxLength: 70 }), tie('many')),
    )
    .map(([tag, content]) => {
      const octets = content as Uint8Array;
      return Buffer.concat([Buffer.of(tag, 0x82, octets.length >> 8, octets.length & 255), octets]);
    }),
  many: fc.array(tie('element'), { maxLength: 7 }).map((elements) => Buffer.concat(elements as Buffer[])),
}));

test('any structure of DER is a value', () => {
  fc.assert(
    fc.property(der.many, (content) => {
      const octets = content as Buffer;
      if (octets.length > 60_000) return;
      const outer = Buffer.concat([Buffer.of(0x30, 0x82, octets.length >> 8, octets.length & 255), octets]);
      isValue(outer.toString('base64'));
    }),
    { numRuns: 2000 },
  );
});

/** A step for each pair of characters would take minutes; on a busy machine a megabyte of base64 takes a second. */
const LINEAR_MS = 4000;

describe('a megabyte of anything is a value in time', () => {
  const filled = (unit: string, start = '', end = ''): string =>
    start + unit.repeat(Math.floor((MAX_KEY_TEXT - start.length - end.length) / unit.length)) + end;
  const point = Buffer.alloc(67, 1);
  point[0] = 2;
  const sshPoint = Buffer.concat([
    Buffer.from('00000013', 'hex'),
    Buffer.from('ecdsa-sha2-nistp521'),
    Buffer.from('00000008', 'hex'),
    Buffer.from('nistp521'),
    Buffer.from('00000043', 'hex'),
    point,
  ]).toString('base64');
  /** 700,000 octets, 0x0aae60, behind a head that says so. */
  const sized = (head: string, octet: number, tail = ''): string =>
    Buffer.concat([Buffer.from(head, 'hex'), Buffer.alloc(700_000, octet), Buffer.from(tail, 'hex')]).toString(
      'base64',
    );

  test.each([
    ['PEM beginnings', filled('-----BEGIN A-----')],
    ['PEM blocks', filled('-----BEGIN PUBLIC KEY-----AAAA-----END PUBLIC KEY-----')],
    ['PEM escapes', filled('\\n', '-----BEGIN A-----', '-----END A-----')],
    ['certificates', filled(x509)],
    ['compressed points', filled(`ecdsa-sha2-nistp521 ${sshPoint}\n`)],
    ['SSH types', filled('ssh-rsa ')],
    ['SSH types cut', filled('ssh-rsa AAAA\n')],
    ['SSH with white space', filled(' ', 'ssh-rsa', 'AAAA')],
    ['SSH digits', filled('1', 'ecdsa-sha2-nistp', ' AAAA')],
    ['SSH options', filled('"', '', ' ssh-rsa AAAA')],
    ['SSH options escaped', filled('\\"', '"', ' ssh-rsa AAAA')],
    ['RFC 4716 beginnings', filled('---- BEGIN SSH2 PUBLIC KEY ----')],
    ['RFC 4716 headers', filled('a:\\\n', '---- BEGIN SSH2 PUBLIC KEY ----\n', '---- END SSH2 PUBLIC KEY ----')],
    ['brackets', filled('[')],
    ['objects', filled('{"keys":[')],
    ['quotes', filled('"')],
    ['a set of small keys', filled('{"kty":"oct","k":"AA"},', '{"keys":[', '{}]}')],
    ['a set of names', filled('{"kty":"x"},', '[', '{}]')],
    ['x5c of crumbs', filled('"MA",', '[', '"MA"]')],
    ['primes', filled('A', '{"kty":"RSA","e":"AQAB","d":"AQAB","p":"AQAB","q":"', '"}')],
    ['a modulus', filled('A', '{"kty":"RSA","e":"AQAB","n":"', '"}')],
    ['DER of zeros', sized('30830aae60', 0)],
    ['DER of small elements', sized('30830aae60', 5)],
    ['DER of one integer', sized('30830aae6502830aae60', 1)],
    ['an identifier of many arcs', sized('30830aae6e30830aae6506830aae60', 1, '03020000')],
    ['an identifier of one arc', sized('30830aae6e30830aae6506830aae60', 0x81, '03020000')],
    ['base64', filled('M')],
    ['hex', filled('ab')],
  ])('%s', (_, text) => {
    expect(processorTime(() => isValue(text))).toBeLessThan(LINEAR_MS);
  });
});
