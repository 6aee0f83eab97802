/** Why a request was refused, or ought to have been (product.md section 6). Shapes only. */
import type { ExchangeRecord, Place } from '../capture/records.ts';
import type { Decoded, Kind } from '../token/decoded.ts';
import type { Check } from '../trust/check.ts';
import type { SignatureAnswer } from '../trust/signature.ts';
import type { Decision } from './policy.ts';
import type { ClockOffset } from './verdict.ts';

/** Closed, in the order of product.md section 6. What a server says in so many words comes before what is inferred. */
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
  | 'dpop_mismatch'
  | 'missing_claim' // that tokens had which this API accepted
  | 'policy' // another check of the policy fails
  | 'nothing_visible';

export type Detail = string | { readonly ms: number };

/** A thing that was seen, as a sentence of its own: `why_evidence_<code>`. */
export interface Evidence {
  readonly code: string;
  readonly detail: readonly Detail[];
}

export interface Diagnosis {
  /** `accepted`: answered 2xx, although the token should have failed. */
  readonly outcome: 'refused' | 'accepted';
  readonly code: WhyCode;
  /** The sentence: `why_<outcome>_<sentence>`, several for one code (by the server's clock, by the device's …). */
  readonly sentence: string;
  readonly detail: readonly Detail[];
  /** TokenRecord.id of the token that it is about. */
  readonly token?: string;
  readonly evidence: readonly Evidence[];
  /** What was looked at and is in order, `why_checked_<name>`; what could not be looked at is not among them. */
  readonly checked: readonly string[];
}

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
