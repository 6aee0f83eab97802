/** What a certificate says of itself. All its texts are hostile: whoever made it chose them. */
import type { CertificateWords } from './certificate-words.ts';
import { readDerKey } from './der-key.ts';
import type { PublicKey } from './key.ts';
import { base64url } from './public-key.ts';

type Octets = Uint8Array<ArrayBuffer>;

export interface Fingerprint {
  /** `A1:B2:…`, as openssl writes it. */
  readonly hex: string;
  /** As the header's `x5t` and `x5t#S256` write it (RFC 7515 sections 4.1.7 and 4.1.8). */
  readonly base64url: string;
}

export interface CertificateFacts extends CertificateWords {
  readonly sha256: Fingerprint;
  readonly sha1: Fingerprint;
  /** `RSA 2048`, `EC P-256`, `Ed25519`; '' where the key is of a kind that signs no tokens. */
  readonly key: string;
}

/** Octets. Chains of smart cards and long lists of host names come to some 10 kB each. */
const MAX_CERTIFICATE = 65_536;

const fingerprint = async (hash: 'SHA-1' | 'SHA-256', der: Octets): Promise<Fingerprint> => {
  const digest = new Uint8Array(await crypto.subtle.digest(hash, der));
  return {
    hex: digest
      .toHex()
      .toUpperCase()
      .replace(/..(?!$)/g, '$&:'),
    base64url: base64url(digest),
  };
};

const describeKey = ({ kty, variant = '', bits }: PublicKey): string =>
  bits !== undefined ? `${kty} ${bits}` : kty === 'EC' ? `${kty} ${variant}` : variant;

/**
 * What stands in a certificate (RFC 5280), in DER: whose it is, who vouches for it, from when to when (ms since the
 * epoch), its key and its fingerprints. No signature is computed: it is for reading, and proves nothing.
 * Undefined where the octets are no certificate, or more than MAX_CERTIFICATE. Never rejects for what is in it.
 * The reader is loaded with the first certificate.
 */
export const describeCertificate = async (der: Octets): Promise<CertificateFacts | undefined> => {
  if (der.length > MAX_CERTIFICATE) return;
  const { readCertificateWords } = await import('./certificate-words.ts');
  const words = readCertificateWords(der);
  if (!words) return;
  const key = readDerKey(der);
  return {
    ...words,
    sha256: await fingerprint('SHA-256', der),
    sha1: await fingerprint('SHA-1', der),
    key: 'error' in key ? '' : describeKey(key),
  };
};
