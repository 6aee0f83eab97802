/** What a decryption says. Shapes only. */
import type { Decoded } from '../token/decoded.ts';
import type { KeyFormat, Provenance, SecretReading } from './signature.ts';

export type DecryptionState =
  | 'decrypted'
  | 'failed' // a key that fits was tried, and it is not the one
  | 'no_key'
  | 'key_does_not_fit'
  | 'asks' // it would take long: a person must say yes first
  | 'cannot_be_checked'
  | 'malformed';

/** Why, as a closed code; each has a sentence in `_locales`, `decryption_reason_<code>`, with `detail` filled in. */
export type DecryptionReason =
  | 'ok'
  | 'wrong_key' // the tag does not hold with any key that fits: another key, or a token that was changed
  | 'no_key_given'
  | 'no_key_with_kid' // detail: kid, kids there are
  | 'public_only' // the public half was given, and it takes the private one; detail: alg
  | 'secret_given' // a shared secret, but it takes a private key; detail: alg
  | 'wrong_key_type' // detail: key's type, alg
  | 'wrong_curve' // detail: key's curve, the curve of `epk`
  | 'wrong_length' // a secret of another length; detail: bits it has, bits it takes, alg or enc
  | 'rsa_too_small' // detail: bits, alg
  | 'not_a_key' // detail: KeyErrorCode, its own detail
  | 'alg_missing'
  | 'enc_missing'
  | 'alg_unknown' // not in the IANA registry; detail: alg
  | 'enc_unknown' // detail: enc
  | 'unsupported_here' // RSA1_5, X448, AES-192 in Chromium …; detail: alg or enc
  | 'header_member' // `epk`, `iv`, `tag`, `p2s`, `p2c` missing or unusable; detail: name
  | 'iterations_ask' // PBES2, above MAX_UNASKED_ITERATIONS; detail: p2c
  | 'iterations_too_many' // PBES2, above MAX_ITERATIONS; detail: p2c, the bound
  | 'zip_unknown' // detail: zip
  | 'zip_too_large' // detail: the bound in bytes that it is beyond, packed or unpacked
  | 'zip_broken'
  | 'crit_unsupported' // detail: name
  | 'nested_too_deep' // detail: the bound
  | 'content_removed' // before the file was written that the token came out of
  | 'encoding';

export interface DecryptionAnswer {
  readonly state: DecryptionState;
  readonly reason: DecryptionReason;
  readonly detail?: readonly string[];
  /** The key that decided it. */
  readonly key?: {
    readonly id: string;
    readonly format: KeyFormat;
    readonly provenance: Provenance;
    readonly kid?: string;
    readonly reading?: SecretReading;
    /** Auth.js: the cookie's name that the key was derived with. */
    readonly cookie?: string;
  };
  /** The token with its content read: `payloadText`, `payload`, `inner`. Only when decrypted. */
  readonly content?: Decoded;
}
