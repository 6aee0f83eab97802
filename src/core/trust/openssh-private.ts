import { MAX_MODULUS, toNumber, toOctets } from './big-numbers.ts';
import type { KeyError, PublicKey } from './key.ts';
import { rsaPrivate, withPrivate } from './private-key.ts';
import { createSshReader, readSshKey, SSH_CURVES, SSH_EDWARDS, type SshReader } from './ssh-wire.ts';

type Octets = Uint8Array<ArrayBuffer>;

/** openssh/PROTOCOL.key */
const MAGIC = new TextEncoder().encode('openssh-key-v1\0');
/** Two numbers that are the same where the passphrase was the right one. */
const CHECK = 8;

/** n, e, d, 1/q mod p, p, q; the two exponents that WebCrypto wants besides are d less full turns (RFC 8017 section 3.2). */
const readRsaNumbers = (reader: SshReader, key: PublicKey): PublicKey => {
  const [n, e, d, qi, p, q] = Array.from({ length: 6 }, reader.positive);
  const none = { ...key, fromPrivate: true } as const;
  if (!n || !e || !d || !qi || !p || !q || d.length > MAX_MODULUS) return none;
  const turns = [p, q].map((prime) => toNumber(prime) - 1n);
  if (turns.some((turn) => turn <= 0n)) return none;
  const [dp, dq] = turns.map((turn) => toOctets(toNumber(d) % turn));
  return rsaPrivate(key.format, n, e, [d, p, q, dp, dq, qi]);
};

const readNumbers = (section: Octets, key: PublicKey): PublicKey => {
  const reader = createSshReader(section);
  reader.skip(CHECK);
  const type = reader.name() ?? '';
  if (type === 'ssh-rsa') return readRsaNumbers(reader, key);
  const [first, second] = [reader.string(), reader.string()];
  if (SSH_CURVES.has(type)) return withPrivate(key, 'EC', first && second && reader.positive());
  const [, size] = SSH_EDWARDS.get(type) ?? [];
  // The seed, and the public half again behind it
  return withPrivate(key, 'OKP', size ? second?.subarray(0, size) : undefined);
};

/**
 * What stands between the lines of `BEGIN OPENSSH PRIVATE KEY`: the public half, which is in the clear even under a
 * passphrase, and the private half where there is none.
 * Errors: those of `readSshKey`, and `openssh` for what is no such file.
 */
export const readOpenSshPrivate = (octets: Octets): PublicKey | KeyError => {
  if (MAGIC.some((byte, index) => octets[index] !== byte)) return { error: 'openssh' };
  const reader = createSshReader(octets.subarray(MAGIC.length));
  const cipher = reader.name();
  reader.string();
  reader.string();
  const count = reader.number();
  const blob = reader.string();
  if (count === undefined || !blob) return { error: 'openssh' };
  const key = readSshKey(blob, 'openssh_private');
  if ('error' in key) return key;
  const section = reader.string();
  return cipher === 'none' && section ? readNumbers(section, key) : { ...key, fromPrivate: true };
};
