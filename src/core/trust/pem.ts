import { readDerKey } from './der-key.ts';
import type { KeyError, PublicKey } from './key.ts';

const BEGIN = '-----BEGIN ';
const DASHES = '-----';

/** Blocks that stand beside keys in one file and are none. */
const SKIPPED = new Set(['EC PARAMETERS', 'DH PARAMETERS']);

const KEYS = new Set([
  'PUBLIC KEY',
  'PRIVATE KEY',
  'RSA PUBLIC KEY',
  'RSA PRIVATE KEY',
  'EC PRIVATE KEY',
  'CERTIFICATE',
  'X509 CERTIFICATE',
  'ENCRYPTED PRIVATE KEY',
]);

const readBlock = (label: string, body: string): PublicKey | KeyError => {
  if (!KEYS.has(label)) return { error: 'pem_label', detail: label };
  // RFC 1421 headers, as OpenSSL writes them for a passphrase
  if (label === 'ENCRYPTED PRIVATE KEY' || body.includes('ENCRYPTED')) return { error: 'encrypted' };
  try {
    const read = readDerKey(Uint8Array.fromBase64(body));
    return 'error' in read ? { detail: label, ...read } : read;
  } catch {
    return { error: 'pem_base64', detail: label };
  }
};

/** Whether there is a PEM block in `text`. */
export const isPem = (text: string): boolean => text.includes(BEGIN);

/**
 * Every PEM block of `text` (RFC 7468), each as a key or as what is wrong with it.
 * Line breaks may be missing, or be written as `\n`, as they are in env files and JSON.
 */
export const readPem = (text: string): readonly (PublicKey | KeyError)[] => {
  const plain = text.replace(/(?:\\r)?\\n|\\r/g, '\n');
  const blocks: (PublicKey | KeyError)[] = [];
  let at = plain.indexOf(BEGIN);
  while (at >= 0) {
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
