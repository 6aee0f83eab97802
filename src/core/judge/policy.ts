/** What an API, or the gateway before it, demands of a token (product.md section 5). Shapes only. */

/** How a claim is compared. `matches` takes `*` for any text: a pattern language that no hostile value can hold up. */
export type ClaimTest = 'present' | 'equals' | 'one_of' | 'contains' | 'matches';

export interface ClaimRule {
  /** The claim's name, or a path into nested ones: `realm_access.roles`. A name that has dots itself is found first. */
  readonly claim: string;
  readonly test: ClaimTest;
  /** None for `present`, one for `equals`, `contains` and `matches`, any for `one_of`; compared as text. */
  readonly values: readonly string[];
}

/** An empty list demands nothing. */
export interface Policy {
  /** The API's origin, or `*` for all that have no policy of their own. */
  readonly origin: string;
  readonly algorithms: readonly string[];
  readonly issuers: readonly string[];
  readonly audiences: readonly string[];
  /** Of the header's `typ`, compared as RFC 7515 section 4.1.9 says (without case, `application/` left out). */
  readonly types: readonly string[];
  /** Seconds granted at `exp`, at `nbf`, and to the maximum age. */
  readonly leeway: number;
  /** Seconds since `iat`. */
  readonly maxAge?: number;
  readonly claims: readonly ClaimRule[];
  /** All of these, out of `scope`, `scp`. */
  readonly scopes: readonly string[];
  /** All of these, out of `roles`, `groups`, `realm_access.roles` … */
  readonly roles: readonly string[];
  /** `jti`s that are refused. */
  readonly denied: readonly string[];
}

/** In the order in which a gateway looks: the first that fails is the reason. */
export type PolicyCheckName =
  | 'well_formed'
  | 'algorithm'
  | 'signature'
  | 'time'
  | 'age'
  | 'issuer'
  | 'audience'
  | 'type'
  | 'claim'
  | 'scope'
  | 'role'
  | 'denied';

/** It cannot be told: the content is encrypted, and out of reach. */
type Sealed<Name extends PolicyCheckName> = `${Name}_unknown_sealed`;

/**
 * Closed: each has its sentence, `policy_check_<code>`, with the details behind it filled in. The code begins with the
 * check's name and its state.
 */
export type PolicyCode =
  | 'well_formed_pass'
  | 'well_formed_fail'
  | 'well_formed_fail_no_token'
  | 'well_formed_fail_no_claims' // well encoded, but the payload is no JSON object
  | 'well_formed_unknown' // too long or too deep to be read to its end
  | 'algorithm_pass' // alg
  | 'algorithm_fail' // alg, those that are accepted
  | 'algorithm_fail_missing'
  | 'algorithm_fail_none' // unsecured, and the policy does not name `none`
  | Sealed<'algorithm'>
  | 'signature_pass'
  | 'signature_pass_unsecured' // `none`, which the policy names
  | 'signature_fail_mismatch'
  | 'signature_fail_unsecured'
  | 'signature_fail_malformed'
  | 'signature_unknown_pending'
  | 'signature_unknown_no_key'
  | 'signature_unknown_key_does_not_fit'
  | 'signature_unknown_cannot_be_checked'
  | 'signature_unknown_own_key' // verified with the key that the token brought along, which proves nothing
  | 'signature_unknown_encrypted' // opened, and there is no signature in it
  | Sealed<'signature'>
  | 'time_pass'
  | 'time_pass_never_expires'
  | 'time_fail_expired' // how long before the request left
  | 'time_fail_not_yet_valid' // for how long
  | 'time_unknown_clock' // what is not known of the server's clock decides it
  | 'time_unknown_unreadable' // the claim; libraries differ in what they make of it
  | Sealed<'time'>
  | 'age_pass' // how old, how old it may be
  | 'age_fail' // the same
  | 'age_fail_missing' // no `iat`
  | 'age_unknown_clock'
  | 'age_unknown_unreadable'
  | Sealed<'age'>
  | 'issuer_pass' // the issuer
  | 'issuer_fail' // the issuer, those that are accepted
  | 'issuer_fail_slash' // the same; they differ in a slash at the end, and so differ (RFC 8414 section 3.3)
  | 'issuer_fail_missing' // those that are accepted
  | Sealed<'issuer'>
  | 'audience_pass' // the audience that fits
  | 'audience_fail' // the audiences, those that are accepted
  | 'audience_fail_missing' // those that are accepted
  | Sealed<'audience'>
  | 'type_pass' // typ
  | 'type_fail' // typ, those that are accepted
  | 'type_fail_missing' // those that are accepted
  | Sealed<'type'>
  | 'claim_pass' // the claim
  | 'claim_fail_missing' // the claim
  | 'claim_fail_equals' // the claim, what it says, what it must say; so the next three
  | 'claim_fail_one_of'
  | 'claim_fail_contains'
  | 'claim_fail_matches'
  | 'claim_unknown_sealed' // the claim
  | 'scope_pass'
  | 'scope_fail' // those that are missing, those there are
  | 'scope_fail_missing' // those that are missing: there is none at all
  | Sealed<'scope'>
  | 'role_pass'
  | 'role_fail' // as `scope_fail`
  | 'role_fail_missing'
  | Sealed<'role'>
  | 'denied_pass'
  | 'denied_fail' // jti
  | Sealed<'denied'>;

export interface PolicyCheck {
  readonly name: PolicyCheckName;
  /** `unknown`: it cannot be told here, as a signature without a key, or the claims of what is sealed. */
  readonly state: 'pass' | 'fail' | 'unknown';
  readonly code: PolicyCode;
  /** The substitutions of its sentence (`checkText`), `ms` as a duration. */
  readonly detail: readonly (string | { readonly ms: number })[];
}

export interface Decision {
  /** `undecided`: nothing fails, and something cannot be told here. */
  readonly decision: 'accept' | 'reject' | 'undecided';
  /** The first check that failed; of an undecided one, the first that cannot be told. */
  readonly first?: PolicyCheck;
  /** Every check that the policy asks for, in order. */
  readonly checks: readonly PolicyCheck[];
}

/** What stands in `storage.local`. */
export interface StoredPolicies {
  readonly policies: readonly Policy[];
  /** What was there and is no policy of this version: reported, and kept as it is. */
  readonly unreadable: readonly { readonly key: string; readonly text: string }[];
}
