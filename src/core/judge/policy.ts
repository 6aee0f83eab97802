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
  /** Seconds granted at `exp` and `nbf`. */
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

export interface PolicyCheck {
  readonly name: PolicyCheckName;
  /** `unknown`: it cannot be told here, as a signature without a key, or the claims of what is sealed. */
  readonly state: 'pass' | 'fail' | 'unknown';
  /** What is said of it, `policy_check_<name>_<state>[_<reason>]`, and its substitutions. */
  readonly code: string;
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
