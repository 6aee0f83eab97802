import { createPrivateKey, createPublicKey } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { PublicKey } from '../../../src/core/trust/key.ts';
import { readKey } from '../../../src/core/trust/read-key.ts';
import { toPem } from '../../../src/core/trust/write-key.ts';
import { pairFor, publicJwk } from '../../fixtures/keys.ts';
import { sshConvert, sshKeygen } from '../../fixtures/openssl.ts';

const keysOf = (text: string): readonly PublicKey[] => {
  const reading = readKey(text);
  if ('error' in reading) throw new Error(`${reading.error} ${reading.detail}`);
  return reading.candidates.flatMap((key) => (key.kty === 'oct' ? [] : [key]));
};
const only = (text: string): PublicKey => {
  const [key, ...more] = keysOf(text);
  if (!key || more.length > 0) throw new Error('not one key');
  return key;
};
/** The public half of the private half, as node computes it. */
const fromPrivateHalf = ({ privateMaterial }: PublicKey) =>
  privateMaterial && !(privateMaterial instanceof Uint8Array)
    ? createPublicKey(createPrivateKey({ key: privateMaterial, format: 'jwk' })).export({ format: 'jwk' })
    : undefined;

const ssh = (...parts: readonly (string | Uint8Array)[]): string =>
  Buffer.concat(
    parts.flatMap((part) => {
      const bytes = Buffer.from(part);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  ).toString('base64');

const kinds = ['-t rsa -b 2048', '-t ecdsa -b 256', '-t ecdsa -b 384', '-t ecdsa -b 521', '-t ed25519'] as const;

describe.each(kinds)('ssh-keygen %s', (args) => {
  const { file, line } = sshKeygen(args);
  const key = only(line);

  test('the private file holds both halves of the key of the public line', () => {
    const own = only(file);
    expect(own).toMatchObject({ format: 'openssh_private', fromPrivate: true, material: key.material });
    expect(fromPrivateHalf(own)).toEqual(key.material);
  });

  test('under a passphrase the public half is read all the same, and no private one', () => {
    const locked = sshKeygen(args, 'correct horse');
    const own = only(locked.file);
    expect(own).toMatchObject({ format: 'openssh_private', fromPrivate: true, material: only(locked.line).material });
    expect(own.privateMaterial).toBeUndefined();
  });

  test('RFC 4716', () => {
    expect(only(sshConvert(line, '-e -m RFC4716'))).toEqual(key);
  });

  test.each([
    ['no comment', line.split(' ').slice(0, 2).join(' ')],
    ['options before', `restrict,command="echo \\"ssh-rsa AAAA\\" # x",no-pty ${line}`],
    ['a host before, as in known_hosts', `login.test,127.0.0.1 ${line}`],
    ['white space around', `\n\t ${line} \n`],
    ['quotes around', JSON.stringify(line.trim())],
    ['tabs between', line.replaceAll(' ', '\t')],
    ['comments and empty lines', `# keys of alice\r\n\r\n${line.trim()}\r\n`],
    ['the blob alone', line.split(' ')[1] ?? ''],
  ])('%s', (_, text) => {
    expect(only(text)).toEqual(key);
  });

  test('any cut of the line or the file is a value', () => {
    for (let end = 0; end < line.length; end++) readKey(line.slice(0, end));
    for (let end = 0; end < file.length; end++) readKey(file.slice(0, end));
  });
});

test.each(['-t rsa -b 2048', '-t ecdsa -b 256', '-t ecdsa -b 521'])(
  'the SPKI that ssh-keygen makes of it: %s',
  (args) => {
    const { line } = sshKeygen(args);
    expect(toPem(only(line))).toBe(sshConvert(line, '-e -m PKCS8'));
  },
);

test('Ed448, which ssh-keygen lacks (RFC 8709)', () => {
  const jwk = publicJwk(pairFor('Ed448'));
  const line = `ssh-ed448 ${ssh('ssh-ed448', Buffer.from(jwk.x ?? '', 'base64url'))}`;
  expect(only(line)).toMatchObject({ format: 'openssh', material: jwk });
});

test('every line of authorized_keys, and what is wrong with the others', () => {
  const lines = kinds.map((args) => sshKeygen(args).line);
  const dsa = `ssh-dss ${ssh('ssh-dss', 'p', 'q', 'g', 'y')} old`;
  const hardware = `sk-ssh-ed25519@openssh.com ${ssh('sk-ssh-ed25519@openssh.com', 'x', 'ssh:')} key`;
  const signed = `ssh-rsa-cert-v01@openssh.com ${ssh('ssh-rsa-cert-v01@openssh.com', 'nonce')}`;
  const reading = readKey([...lines, dsa, hardware, signed, 'what is this', 'ssh-rsa AAAA!'].join('\n'));
  expect(reading).toMatchObject({
    format: 'openssh',
    candidates: lines.map((line) => only(line)),
    skipped: [
      { error: 'dsa' },
      { error: 'openssh_hardware' },
      { error: 'openssh_type', detail: 'ssh-rsa-cert-v01@openssh.com' },
      { error: 'openssh' },
      { error: 'openssh' },
    ],
  });
});

describe('what is broken', () => {
  const { x = '' } = publicJwk(pairFor('ES256'));
  const point = (...head: number[]) => Buffer.concat([Buffer.of(...head), Buffer.from(x, 'base64url')]);

  test.each([
    ['openssh', `ssh-ed25519 ${ssh('ssh-ed25519', 'short')}`],
    ['openssh', `ssh-ed25519 ${ssh('ssh-ed25519')}`],
    ['openssh', `ssh-rsa ${ssh('ssh-rsa', Buffer.of(1, 0, 1))}`],
    ['openssh', `ssh-rsa ${ssh('ssh-rsa', Buffer.of(0), Buffer.of(0))}`],
    ['openssh', `ssh-rsa ${ssh('\u0000')}`],
    ['openssh', `ecdsa-sha2-nistp256 ${ssh('ecdsa-sha2-nistp256', 'nistp256')}`],
    ['not_on_curve', `ecdsa-sha2-nistp256 ${ssh('ecdsa-sha2-nistp256', 'nistp256', point(4))}`],
    ['openssh_hardware', `sk-ecdsa-sha2-nistp256@openssh.com ${ssh('sk-ecdsa-sha2-nistp256@openssh.com', 'nistp256')}`],
    ['openssh', '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----'],
    ['pem_cut', `---- BEGIN SSH2 PUBLIC KEY ----\n${ssh('ssh-rsa')}`],
    ['pem_cut', `${ssh('ssh-rsa')}\n---- END SSH2 PUBLIC KEY ----`],
    ['openssh', `ssh-rsa\n${ssh('ssh-rsa')}`],
  ])('%s: %s', (error, text) => {
    expect(readKey(text)).toMatchObject({ error });
  });

  test('a compressed point is read', () => {
    const line = `ecdsa-sha2-nistp256 ${ssh('ecdsa-sha2-nistp256', 'nistp256', point(2))}`;
    expect(only(line).material).toMatchObject({ x });
  });

  test('more keys than the bound', () => {
    const { line } = sshKeygen('-t ed25519');
    const reading = readKey(line.repeat(1001));
    expect(reading).toMatchObject({ skipped: [{ error: 'too_many', detail: '1000' }] });
    expect('candidates' in reading && reading.candidates).toHaveLength(1000);
  });
});

test.each(['ssh-rsa', 'ssh-rsa my secret', 'sk-live AAAA', 'AAAA', 'AAAAB3NotKey', 'correct horse ssh-keygen battery'])(
  '%s is a secret',
  (text) => {
    expect(readKey(text)).toMatchObject({ format: 'secret' });
  },
);
