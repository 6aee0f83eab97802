/** The shapes the decoder returns. Terms are those of RFC 7515 (JWS), RFC 7516 (JWE) and RFC 7519 (JWT). */

/** Where in a compact serialisation something stands. `token` is the whole string. */
export type Segment = 'token' | 'header' | 'payload' | 'signature' | 'encrypted_key' | 'iv' | 'ciphertext' | 'tag';

/** Everything that can be wrong with the encoding of a token. Closed: each code has a sentence in `_locales`. */
export type ProblemCode =
  | 'segments' // not three (JWS) or, with `enc` in the header, five (JWE); detail: how many
  | 'empty_segment' // a segment that must hold something is empty
  | 'character' // a character outside base64url; detail: it, made visible
  | 'padding' // `=` where RFC 7515 section 2 wants none
  | 'white_space' // white space inside a segment
  | 'length' // a length that no octet sequence encodes to (1 mod 4)
  | 'trailing_bits' // non-zero bits after the last octet
  | 'utf8' // octets that are not UTF-8
  | 'json' // JSON that breaks; line, column, detail: what was found there
  | 'not_object' // JSON, but not an object (header)
  | 'duplicate_member' // a member name twice; detail: the name
  | 'truncated' // cut off: the token ends inside the segment
  | 'too_large' // longer than the bound; only the header was read
  | 'too_deep' // nested deeper than the bound
  | 'b64' // `b64` is false, and `crit` does not name it (RFC 7797 section 6)
  // JSON serialisations, RFC 7515 section 7.2 and RFC 7516 section 7.2:
  | 'member_type' // a member is missing, or of another type than it must be; detail: its name
  | 'member_extra' // a member that may not stand beside `signatures` or `recipients`; detail: its name
  | 'header_conflict' // a header parameter that stands in more than one header; detail: its name
  | 'not_protected' // a header parameter that must be protected, and is not; detail: its name
  | 'b64_differs' // `b64` of a signature is not as that of the first (RFC 7797 section 3); detail: which, from 1
  | 'too_many' // signatures, recipients or disclosures; detail: the bound, behind which none is read
  // SD-JWT, RFC 9901 section 4:
  | 'tilde_missing'; // the last disclosure is not closed by a tilde

export interface Problem {
  readonly code: ProblemCode;
  readonly segment: Segment;
  /** 0-based UTF-16 offset. In the compact string for encoding problems; in the decoded text of the segment for `json`, `not_object`, `duplicate_member` and `too_deep`. */
  readonly offset: number;
  /** 1-based; only for problems inside decoded JSON. */
  readonly line?: number;
  readonly column?: number;
  readonly detail?: string;
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** `unsecured`: `alg` is none in any case (RFC 7515 appendix A.5). `malformed`: neither JWS nor JWE could be made of it. */
export type Form = 'jws' | 'jwe' | 'unsecured' | 'malformed';

/** One string, read as far as it can be read. Plain data; never throws to build. */
export interface Decoded {
  readonly compact: string;
  readonly form: Form;
  /** The segments as they stand between the dots. */
  readonly segments: readonly string[];
  /** The header as text and as JSON object, where it is one (lenient: problems are listed beside it). */
  readonly headerText?: string;
  readonly header?: JsonObject;
  /** The payload of a JWS as text (where it is UTF-8), and as JSON object, where it is one. */
  readonly payloadText?: string;
  readonly payload?: JsonObject;
  readonly problems: readonly Problem[];
  /** RFC 7515 section 7.2, RFC 7516 section 7.2. Absent: compact. `compact` is the JSON text then, and `segments` are put
   * together as the compact serialisation would have them; `header` is the JOSE header, protected and unprotected members. */
  readonly serialization?: 'flattened' | 'general';
  /** The members that nothing protects. */
  readonly unprotected?: JsonObject;
  /** Every signature, or recipient, of a general serialisation, each as if flattened; this one reads as the first. */
  readonly parts?: readonly Decoded[];
  /** JSON serialisation of a JWE: its `aad`, base64url as it stands. */
  readonly aad?: string;
  /**
   * Not the token itself but what a redacted export left of it: `problems` are those of the whole token, and these the
   * lengths of its segments in characters.
   */
  readonly whole?: readonly number[];
  /** What was signed is not in the token (RFC 7515 appendix F). */
  readonly detached?: true;
  /** SD-JWT (RFC 9901): the disclosures as they stand between the tildes; none is an SD-JWT all the same. */
  readonly disclosures?: readonly string[];
  /** SD-JWT: the key-binding JWT at the end. */
  readonly keyBinding?: Decoded;
  /** A nested JWT: the payload, or the decrypted plaintext, is itself a token (RFC 7519 section 7.2 step 8). */
  readonly inner?: Decoded;
}

/** What the token is for, named by evidence. */
export type Kind =
  | 'access_token'
  | 'id_token'
  | 'refresh_token'
  | 'dpop_proof'
  | 'logout_token'
  | 'client_assertion'
  | 'assertion' // a grant, RFC 7523 section 2.1
  | 'security_event'
  | 'userinfo'
  | 'key_binding' // RFC 9901 section 4.3
  | 'credential' // an SD-JWT, verifiable or not
  | 'session' // a JWS in a cookie that is none of the above
  | 'encrypted' // a JWE whose content is not known
  | 'token'; // none of these
