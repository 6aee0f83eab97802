/** What signing, making keys and encrypting give. Shapes only. */
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
