/** What a signature check says. Shapes only. */

export type SignatureState =
  | 'verified'
  | 'mismatch'
  | 'no_key'
  | 'key_does_not_fit'
  | 'cannot_be_checked'
  | 'unsecured'
  | 'malformed';

/** Why, as a closed code; each has a sentence in `_locales`, with `detail` filled in. */
export type SignatureReason =
  | 'ok'
  | 'bad_signature' // the mathematics does not hold
  | 'entra_nonce' // nor does it for a token that Entra ID made for Microsoft's own APIs
  | 'no_key_given'
  | 'no_key_with_kid' // detail: kid, kids the set has
  | 'no_key_fits' // keys of other issuers were tried, and none verifies
  | 'wrong_key_type' // detail: key's type, alg
  | 'secret_for_public_alg' // a shared secret, but the algorithm takes a public key; detail: alg
  | 'secret_for_private_alg' // to sign: a shared secret, but the algorithm takes a private key; detail: alg
  | 'no_private_half' // to sign: a public key, or a certificate; detail: alg
  | 'no_key_made' // this browser makes none for it; detail: alg
  | 'wrong_curve' // detail: key's curve, alg
  | 'rsa_too_small' // detail: bits, alg
  | 'wrong_use' // a key for encryption or key agreement (X25519, X448); detail: key's type, alg
  | 'not_a_key' // what was pasted is no key; detail: KeyErrorCode (`key_error_<code>` says it), its own detail
  | 'alg_unknown' // not in the IANA registry; detail: alg
  | 'alg_not_signature' // in the registry, for JWE; detail: alg
  | 'alg_prohibited' // in the registry as prohibited; detail: alg
  | 'alg_missing'
  | 'alg_unsupported_here' // this browser cannot compute it; detail: alg
  | 'encrypted' // a JWE has no signature
  | 'unsecured'
  | 'signature_empty'
  | 'signature_removed' // before the file was written that the token came out of
  | 'encoding' // a segment is not base64url
  | 'crit_unsupported' // a critical header parameter that is not understood; detail: name
  | 'crit_malformed' // RFC 7515 section 4.1.11; detail: the name that must not be there, or `crit`
  | 'b64_not_critical' // `b64: false` that `crit` does not name (RFC 7797 section 6)
  | 'member_twice' // protected and unprotected (RFC 7515 section 7.2.1); detail: name
  | 'payload_detached'; // the payload segment is empty and what was signed is elsewhere (RFC 7515 appendix F)

/** How a symmetric secret was read from the text that was given. */
export type SecretReading = 'text' | 'base64' | 'base64url' | 'hex';

/** What the key box recognised. */
export type KeyFormat =
  | 'secret'
  | 'spki'
  | 'pkcs1_public'
  | 'pkcs1_private'
  | 'pkcs8'
  | 'sec1_private'
  | 'x509'
  | 'jwk'
  | 'jwks'
  | 'openssh' // `ssh-ed25519 AAAA… comment`
  | 'openssh_private'; // of which the public half stands in the clear, even under a passphrase

/** Where a key came from, best first (product.md section 4). */
export type Provenance = 'given' | 'discovery' | 'traffic' | 'token';

/**
 * One entry of the key ring. What a person pasted is kept as typed, a set as one entry; of a set that was fetched, or
 * seen in traffic, each key is an entry of its own (its public members as JWK). Reading `text` is pure and repeatable.
 */
export interface RingKey {
  /** Given: SHA-256 of the text, base64url. Of a set: SHA-256 of its address and the key's own members. */
  readonly id: string;
  readonly text: string;
  readonly provenance: Provenance;
  /** Issuer that it is known for (`issuerOf`), '' where that is not known: only of that issuer's tokens does its failure say something. */
  readonly issuer: string;
  /** Further issuers whose own documents name the same set, as tenants of one provider do; it is theirs just as well. */
  readonly alsoOf?: readonly string[];
  /** ms since the epoch */
  readonly addedAt: number;
  /** The name that a person gave it. */
  readonly name?: string;
  /** A person said to trust it: it ranks as if given by them. */
  readonly pinned?: true;
  /** On disk too, because a person asked for it. */
  readonly remembered?: true;
  /** The address of the set that it stood in; for `discovery` and `traffic`. */
  readonly source?: string;
  /** ms since the epoch: the set came again, and without this key. */
  readonly goneAt?: number;
  /** The name of the cookie that Auth.js sealed with this secret, where a person named it. */
  readonly cookie?: string;
}

export interface SignatureAnswer {
  readonly state: SignatureState;
  readonly reason: SignatureReason;
  /** Substitutions for the sentence of `reason`, in order. */
  readonly detail?: readonly string[];
  /** `no_key_with_kid`: the set has nothing to do with the token's issuer, as far as is known. */
  readonly elsewhere?: true;
  /** The algorithm that was used: the header's, or the forced one. */
  readonly alg?: string;
  readonly forced?: boolean;
  /** The key that decided it. */
  readonly key?: {
    /** RingKey.id; `jwk` or `x5c` for the one that the token brought along. */
    readonly id: string;
    readonly format: KeyFormat;
    readonly provenance: Provenance;
    readonly kid?: string;
    /** For `secret`: the reading that fits. */
    readonly reading?: SecretReading;
    /** A private key was given; only its public half was used. */
    readonly fromPrivate?: boolean;
  };
  /**
   * Verified, although the key says otherwise: the JWK's member `alg`, `use` or `key_ops` (RFC 7517 section 4), or the
   * algorithm identifier `id-RSASSA-PSS` (RFC 4055 section 1.2).
   */
  readonly disagrees?: readonly string[];
}
