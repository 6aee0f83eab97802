/** What a key box holds once it has been read. Shapes only. */
import type { JWK } from 'jose';
import type { KeyType } from './algorithms.ts';
import type { KeyFormat, SecretReading } from './signature.ts';

/** What a JWK says of its own use (RFC 7517 sections 4.2 to 4.4); kept apart, so that it cannot stop the mathematics. */
interface Intent {
  readonly alg?: string;
  readonly use?: string;
  readonly key_ops?: readonly string[];
}

interface Candidate {
  readonly format: KeyFormat;
  readonly kid?: string;
  readonly intent?: Intent;
}

export interface SecretKey extends Candidate {
  readonly kty: 'oct';
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** How the text was read; absent where a JWK says it. */
  readonly reading?: SecretReading;
}

export interface PublicKey extends Candidate {
  readonly kty: Exclude<KeyType, 'oct'>;
  /** `crv` of EC and OKP, `alg` of AKP. */
  readonly variant?: string;
  /** Length of the modulus, RSA only. */
  readonly bits?: number;
  readonly fromPrivate?: true;
  /** RSA whose algorithm identifier allows RSASSA-PSS only (RFC 4055 section 1.2). */
  readonly pssOnly?: true;
  /** The members that make the public key, and no others; or the PKCS#8 octets of a private key that does not carry them. */
  readonly material: JWK | Uint8Array<ArrayBuffer>;
  /** The private half, to decrypt with: a private JWK, or PKCS#8 octets. Only with `fromPrivate`. */
  readonly privateMaterial?: JWK | Uint8Array<ArrayBuffer>;
  /** The certificate it was taken from, in DER. */
  readonly certificate?: Uint8Array<ArrayBuffer>;
}

export type KeyCandidate = SecretKey | PublicKey;

/** Why a text, or one of several keys in it, is no key. Closed: each code has a sentence `key_error_<code>`. */
export type KeyErrorCode =
  | 'empty'
  | 'too_large' // longer than the bound
  | 'pem_cut' // a BEGIN line without its END, or the other way round; detail: label, as far as it is there
  | 'pem_base64' // what stands between the lines is not base64; detail: label
  | 'pem_label' // a PEM block that holds no key that verifies a JWS; detail: label
  | 'encrypted' // a private key under a passphrase
  | 'der' // octets that are no key structure; detail: label
  | 'algorithm' // a key of another algorithm (DH, unnamed curve …); detail: its object identifier
  | 'dsa'
  | 'not_on_curve' // an EC point of another length, or a compressed one whose x no point has
  | 'no_public_half' // a private key without its public half
  | 'json' // JSON that breaks; detail: the parser's words
  | 'not_a_jwk' // JSON that is no JWK and no set
  | 'kty' // a key type that is not registered; detail: it
  | 'member' // a JWK member that is missing or not base64url; detail: its name
  | 'no_keys' // a set, or a PEM file, without a key
  | 'too_many' // keys beyond MAX_KEYS; detail: the bound
  | 'openssh' // a key of SSH that is cut or broken
  | 'openssh_hardware' // `sk-…`, a key of a security key, which signs no tokens
  | 'openssh_type' // a key type of SSH that no token is signed with; detail: it
  | 'pgp'
  | 'ppk' // PuTTY's own format
  | 'csr' // a certificate request
  | 'crl' // a revocation list
  | 'pkcs7' // a bundle of certificates
  | 'pkcs12' // a container of keys under a password
  | 'refused'; // the browser takes it for no key; detail: its words

export interface KeyError {
  readonly error: KeyErrorCode;
  readonly detail?: string;
}

export interface KeysRead {
  readonly format: KeyFormat;
  /** At least one. For a secret: one for each reading that gives other octets. */
  readonly candidates: readonly KeyCandidate[];
  /** Keys of a set, or PEM blocks, that could not be read. */
  readonly skipped: readonly KeyError[];
}

export type KeyReading = KeysRead | KeyError;
