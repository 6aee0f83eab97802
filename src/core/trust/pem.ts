import { readDerKey } from './der-key.ts';
import type { KeyError, KeyErrorCode, PublicKey } from './key.ts';
import { MAX_KEYS, TOO_MANY } from './max-keys.ts';
import { readOpenSshPrivate } from './openssh-private.ts';

const BEGIN = '-----BEGIN ';
const DASHES = '-----';

/** Blocks that stand beside keys in one file and are none. */
const SKIPPED = new Set(['EC PARAMETERS', 'DH PARAMETERS', 'DSA PARAMETERS']);

const KEYS = new Set([
  'PUBLIC KEY',
  'PRIVATE KEY',
  'RSA PUBLIC KEY',
  'RSA PRIVATE KEY',
  'EC PRIVATE KEY',
  'CERTIFICATE',
  'X509 CERTIFICATE',
]);

/** Blocks of which the label says enough. */
const OTHERS: ReadonlyMap<string, KeyErrorCode> = new Map([
  ['ENCRYPTED PRIVATE KEY', 'encrypted'],
  ['DSA PRIVATE KEY', 'dsa'],
  ['CERTIFICATE REQUEST', 'csr'],
  ['NEW CERTIFICATE REQUEST', 'csr'],
  ['X509 CRL', 'crl'],
  ['PKCS7', 'pkcs7'],
]);

const OPENSSH = 'OPENSSH PRIVATE KEY';

const PROC_TYPE = /^\s*Proc-Type: *4, *ENCRYPTED/;

const readBlock = (label: string, body: string): PublicKey | KeyError => {
  const other = label.startsWith('PGP ') ? 'pgp' : OTHERS.get(label);
  if (other) return { error: other };
  if (label !== OPENSSH && !KEYS.has(label)) return { error: 'pem_label', detail: label };
  // RFC 1421 section 4.6.1.1, as OpenSSL writes it for a passphrase
  if (PROC_TYPE.test(body)) return { error: 'encrypted' };
  try {
    const octets = Uint8Array.fromBase64(body);
    const read = label === OPENSSH ? readOpenSshPrivate(octets) : readDerKey(octets);
    return 'error' in read && read.error === 'der' ? { ...read, detail: label } : read;
  } catch {
    return { error: 'pem_base64', detail: label };
  }
};

/**
 * A line of PEM, whole or not: copying by hand loses the first line, the last, or a dash. What is left of a public key must
 * not be taken for a secret: whoever has the key could sign with it (RFC 8725 section 2.1).
 */
const LINE = /---(?:BEGIN|END)\b/;
/** A label, as far as it goes (RFC 7468 section 3). */
const END_LINE = /---END ([\x21-\x2c\x2e-\x7e ]{1,64})/;

/** Whether it is a text with a PEM block in it, or with what is left of one. */
export const isPem = (text: unknown): text is string => typeof text === 'string' && LINE.test(text);

/**
 * Every PEM block of `text` (RFC 7468), each as a key or as what is wrong with it; at most MAX_KEYS of them.
 * A text without a whole BEGIN line is one block that is cut. Line breaks may be missing, or be written as `\n`, as they are in env files and JSON.
 */
export const readPem = (text: string): readonly (PublicKey | KeyError)[] => {
  const plain = text.replace(/(?:\\r)?\\n|\\r/g, '\n');
  const blocks: (PublicKey | KeyError)[] = [];
  let at = plain.indexOf(BEGIN);
  if (at < 0 && isPem(plain)) return [{ error: 'pem_cut', detail: END_LINE.exec(plain)?.[1] ?? '' }];
  while (at >= 0) {
    if (blocks.length >= MAX_KEYS) return [...blocks, TOO_MANY];
    const labelEnd = plain.indexOf(DASHES, at + BEGIN.length);
    if (labelEnd < 0) return [...blocks, { error: 'pem_cut', detail: '' }];
    const label = plain.slice(at + BEGIN.length, labelEnd);
    const bodyStart = labelEnd + DASHES.length;
    // The next dashes must be the END; looking no further keeps this linear.
    const bodyEnd = plain.indexOf(DASHES, bodyStart);
    const end = `${DASHES}END ${label}${DASHES}`;
    if (bodyEnd < 0 || !plain.startsWith(end, bodyEnd)) blocks.push({ error: 'pem_cut', detail: label });
    else if (!SKIPPED.has(label)) blocks.push(readBlock(label, plain.slice(bodyStart, bodyEnd)));
    at = plain.indexOf(BEGIN, bodyStart);
  }
  return blocks;
};
