/** One comparison of a token with what it must agree with. Shapes only. */

export type CheckState =
  | 'ok'
  | 'mismatch'
  | 'missing' // the token must have it, and has not
  | 'unknown'; // what it is to be compared with was not seen

/** Closed. Each has its name in `_locales`, `check_<name>`, and a sentence for each state that can be, `check_<name>_<state>`. */
export type CheckName =
  // DPoP, RFC 9449 section 4.3
  | 'htm'
  | 'htu'
  | 'ath'
  | 'dpop_iat'
  | 'dpop_nonce'
  | 'jti'
  | 'jkt'
  | 'dpop_jwk'
  // OpenID Connect Core sections 3.1.3.6, 3.3.2.11; FAPI for s_hash
  | 'at_hash'
  | 'c_hash'
  | 's_hash'
  | 'oidc_nonce'
  // RFC 9901 section 4.3
  | 'kb_typ'
  | 'sd_hash'
  | 'kb_nonce'
  | 'kb_aud'
  | 'kb_iat';

export interface Check {
  readonly name: CheckName;
  readonly state: CheckState;
  /** What the token says, as text. */
  readonly found?: string;
  /** What it was compared with. */
  readonly expected?: string;
}
