/** What signing, making keys and encrypting give. Shapes only. */
import type { JsonObject } from '../token/decoded.ts';
import type { Failure } from './fit.ts';
import type { KeyCandidate } from './key.ts';

/** A key that was made here, in every form that a person may want to copy. Text as it is shown. */
export interface GeneratedKey {
  readonly key: KeyCandidate;
  /** The whole key, private members too (RFC 7517), laid out. */
  readonly jwk: string;
  /** Absent of a secret. */
  readonly publicJwk?: string;
  /** PKCS#8 (RFC 5958) in PEM; absent of a secret, and of what has no such form. */
  readonly pem?: string;
  /** SPKI (RFC 5280 section 4.1) in PEM. */
  readonly publicPem?: string;
}

/** Octets at random, as many as asked for. */
export type RandomOctets = (length: number) => Uint8Array<ArrayBuffer>;

/**
 * Signs `input` (the octets of its UTF-8; RFC 7515 section 5.1 step 5) with the private half of `key` by `alg`; gives the
 * signature in base64url, or why there is none. Never rejects.
 */
export type Sign = (input: string, alg: string, key: KeyCandidate) => Promise<string | Failure>;

/**
 * Why nothing was encrypted, as a closed code; each has a sentence in `_locales`, `encryption_reason_<code>`, with `detail`
 * filled in (that of `not_a_key` is `key_error_<code>`, as everywhere).
 */
export type EncryptionReason =
  | 'no_key_given' // said by whoever has none to hand over
  | 'alg_missing'
  | 'enc_missing'
  | 'alg_unknown' // not in the IANA registry for JWE; detail: alg
  | 'enc_unknown' // detail: enc
  | 'zip_unknown' // detail: zip
  | 'header_member' // `crit`, `apu`, `apv` or `p2c` that cannot be what it says; detail: name
  | 'unsupported_here' // RSA1_5, X448, AES-192 in Chromium …; detail: alg, enc or the curve
  | 'secret_given' // a shared secret, but it takes a public key; detail: alg
  | 'wrong_key_type' // detail: key's type, alg
  | 'wrong_length' // a secret of another length; detail: bits it has, bits it takes, alg or enc
  | 'rsa_too_small' // detail: bits, alg
  | 'not_a_key'; // detail: KeyErrorCode, its own detail

/** The state tells it from a Failure to sign. */
export interface EncryptionFailure {
  readonly state: 'not_encrypted';
  readonly reason: EncryptionReason;
  readonly detail?: readonly string[];
}

/** What the protected header of a JWE says (RFC 7516 section 4.1). */
export interface EncryptionHeader {
  readonly alg: string;
  readonly enc: string;
  /** `DEF` (RFC 7516 section 4.1.3) */
  readonly zip?: string;
  /**
   * All others, of which those of OWN_MEMBERS are left out. `apu` and `apv` (RFC 7518 section 4.6.1) take part in a key
   * agreement, and `p2c` (section 4.8.1.2) is the count of iterations; of other families they are members like any other.
   */
  readonly members?: JsonObject;
}

/**
 * Encrypts `plaintext` (text stands for its UTF-8) for `key`: the public half of a key pair, of which a private key will do
 * too, or a secret. Gives the JWE in the compact serialisation (RFC 7516 section 5.1), or why there is none. Never rejects.
 */
export type Encrypt = (
  plaintext: Uint8Array | string,
  header: EncryptionHeader,
  key: KeyCandidate,
) => Promise<string | EncryptionFailure>;
