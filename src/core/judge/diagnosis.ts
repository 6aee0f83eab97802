/** Why a request was refused, or ought to have been (product.md section 6). Shapes only. */
import type { ExchangeRecord, Place } from '../capture/records.ts';
import type { Decoded, Kind, Problem } from '../token/decoded.ts';
import type { Check, CheckName } from '../trust/check.ts';
import type { SignatureAnswer } from '../trust/signature.ts';
import type { Decision, PolicyCheck } from './policy.ts';
import type { ClockOffset } from './verdict.ts';

/**
 * Closed, in the order of product.md section 6. What a server says in so many words comes before what is inferred. Each
 * has a short form for a table, `why_short_<code>`.
 */
export type WhyCode =
  | 'no_token'
  | 'opaque' // a credential was sent that is no JWT: nothing can be told of it
  | 'malformed'
  | 'unsecured'
  | 'expired'
  | 'around_expiry' // the answer came just as it expired
  | 'not_yet_valid'
  | 'wrong_issuer'
  | 'wrong_audience'
  | 'signature_mismatch'
  | 'unknown_key' // `kid` is not in the issuer's set
  | 'missing_scope'
  | 'weak_login' // the token holds, but the login behind it is not enough (RFC 9470, claims challenge of Entra ID)
  | 'dpop_nonce' // a step of the protocol, and no fault (RFC 9449 section 8)
  | 'dpop_mismatch'
  | 'wrong_kind' // an ID token, where this API accepted access tokens
  | 'missing_claim' // that tokens had which this API accepted
  | 'policy' // another check of the policy fails
  | 'nothing_visible';

/** Closed: the sentence `why_refused_<sentence>`; its `$1` is the status, what follows stands here. */
export type RefusedSentence =
  | 'no_token'
  | 'no_token_preflight' // an OPTIONS request of CORS, which never carries credentials
  | 'no_token_bearer' // the server asks for a Bearer token, and only cookies were sent
  | 'opaque' // scheme
  | 'opaque_plain'
  | 'malformed'
  | 'unsecured'
  | 'expired' // how long before the request left, by the server's clock
  | 'expired_device' // the same by the device's clock: the server told no time
  | 'around_expiry'
  | 'not_yet_valid' // how early
  | 'wrong_issuer' // the token's, those that were accepted
  | 'wrong_issuer_none' // those that were accepted
  | 'wrong_issuer_lacks' // the token's, that of all that were accepted
  | 'wrong_audience' // as for the issuer
  | 'wrong_audience_none'
  | 'wrong_audience_lacks' // the token's, what all that were accepted had too
  | 'signature_mismatch'
  | 'signature_mismatch_kid' // kid
  | 'unknown_key' // kid, the kids that the set has
  | 'missing_scope' // missing, what the token has
  | 'missing_scope_none' // missing
  | 'missing_scope_needed' // what the server asks for, of a token that cannot be read
  | 'missing_scope_said' // the server says so, and not which
  | 'missing_scope_accepted' // missing, as tokens had that were accepted for the same request
  | 'weak_login'
  | 'weak_login_acr' // the classes
  | 'weak_login_age' // the greatest age
  | 'weak_login_claims'
  | 'dpop_nonce'
  | 'dpop_proof' // what disagrees
  | 'dpop_proof_said'
  | 'dpop_as_bearer'
  | 'dpop_no_proof'
  | 'wrong_kind'
  | 'missing_claim' // claims
  | 'missing_value' // claim, values
  | 'policy' // the check of the policy that fails, whatever the code
  | 'nothing_visible'
  | 'nothing_visible_said' // the server's words
  | 'nothing_visible_sealed'
  | 'nothing_visible_several'; // of how many tokens any may be meant

/** Closed: the sentence `why_accepted_<sentence>`, after the status as above. */
export type AcceptedSentence =
  | 'unsecured'
  | 'expired'
  | 'expired_device'
  | 'not_yet_valid'
  | 'signature_mismatch'
  | 'signature_mismatch_kid'
  | 'policy';

/** A substitution. Text is cut, and as the token or the server wrote it: to be made visible where it is shown. */
export type Detail =
  | string
  | { readonly ms: number }
  | { readonly checks: readonly CheckName[] }
  | { readonly check: PolicyCheck }
  /** These two are sentences of their own. */
  | { readonly problem: Problem }
  | { readonly signature: Pick<SignatureAnswer, 'reason' | 'detail'> };

/** Closed. Each is a sentence, `why_evidence_<code>`; `detail` is one whose only detail is a sentence of its own. */
export type EvidenceCode =
  | 'detail'
  | 'server_says' // its words
  | 'clock_measured' // to within how much
  | 'clock_device' // the server told no time
  | 'time_unreadable' // the claim
  | 'leeway' // servers often grant some minutes
  | 'one_of_several' // how many tokens, the name of the place
  | 'only_cookies' // their names
  | 'not_authorization' // the server need not judge by it
  | 'key_given'
  | 'key_discovery'
  | 'key_traffic'
  | 'key_token'
  | 'rotated' // keys are replaced
  | 'accepted' // how many tokens this API accepted
  | 'accepted_here'; // how many, for the same method and path

export interface Evidence {
  readonly code: EvidenceCode;
  readonly detail: readonly Detail[];
}

/** Closed, in the order in which they are looked at; each a few words, `why_checked_<name>`. */
export type CheckedName =
  | 'form'
  | 'time'
  | 'issuer'
  | 'audience'
  | 'signature'
  | 'scope'
  | 'proof'
  | 'claims'
  | 'policy';

interface Common {
  readonly code: WhyCode;
  /** Substitutions of the sentence, in order: the status first. */
  readonly detail: readonly Detail[];
  /** TokenRecord.id of the token that it is about; absent where there is none, or it cannot be told which. */
  readonly token?: string;
  /** Strongest first. */
  readonly evidence: readonly Evidence[];
  /** What was looked at and is in order; what could not be looked at is not among them. */
  readonly checked: readonly CheckedName[];
}

export interface Refused extends Common {
  readonly outcome: 'refused';
  readonly sentence: RefusedSentence;
}

/** Answered 2xx, although the token should have failed. */
export interface AcceptedAlthough extends Common {
  readonly outcome: 'accepted';
  readonly sentence: AcceptedSentence;
}

export type Diagnosis = Refused | AcceptedAlthough;

/** A token that a request carried. */
export interface SentToken {
  /** TokenRecord.id */
  readonly id: string;
  readonly place: Place;
  readonly decoded: Decoded;
  /** The token whose payload speaks; `decoded` itself where nothing is nested. */
  readonly claims: Decoded;
  readonly kind: Kind;
  /** Absent while it is being checked, and where there is none. */
  readonly signature?: SignatureAnswer;
  /** Its content is encrypted, and out of reach. */
  readonly sealed?: true;
  /** DPoP: of the proof with this request, and of the bound token with its proof; absent until they were made. */
  readonly checks?: readonly Check[];
}

/** A token that the same API answered 2xx, and that this answer can be about. */
export interface AcceptedToken {
  readonly exchange: ExchangeRecord;
  readonly token: SentToken;
}

export interface WhyInput {
  readonly exchange: ExchangeRecord;
  /** What the request carried, and its answer can be about (`judgedIn`): the token in `Authorization` first. */
  readonly judged: readonly SentToken[];
  /** All that the request carried. */
  readonly sent: readonly SentToken[];
  /** The clock of the exchange's server. */
  readonly clock?: ClockOffset;
  /** The policy's decision at that moment, of the first judged token; absent without a policy. */
  readonly decision?: Decision;
  /** Tokens that this API accepted, at whatever time; newest first, bounded by the caller. */
  readonly accepted: readonly AcceptedToken[];
}
