/** What the sentence on top of a token is made of, and what it can be. */
import type { ExchangeRecord } from '../capture/records.ts';
import type { Decoded, Kind, Problem } from '../token/decoded.ts';
import type { DecryptionAnswer } from '../trust/decryption.ts';
import type { Doubt } from '../trust/doubt.ts';
import type { SdReading } from '../trust/sd-reading.ts';
import type { SignatureAnswer } from '../trust/signature.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { TimeAnswer } from './verdict.ts';

/** `bad` (red) only where something was refused, or would be. */
export type Tone = 'good' | 'plain' | 'warn' | 'bad';

/** Of the sentence of a diagnosis. */
export const toneOf = ({ outcome, code }: Diagnosis): Tone => {
  if (outcome === 'accepted') return 'warn';
  return code === 'dpop_nonce' ? 'plain' : 'bad';
};

type Life = 'alive' | 'expiring' | 'never_expires';
export type Checked =
  | 'verified'
  | 'strangers_key' // verified with a key that is not known to be the issuer's: anyone's who brought a set along
  | 'gone_key' // verified with a key that its set no longer has
  | 'own_key' // verified with the key that the token brought along, which proves nothing about its issuer
  | 'decrypted' // no signature, but a secret: whoever sealed it has that too
  | 'sealed_by_anyone' // no signature, and a public key: anyone can seal to it
  | 'no_key'
  | 'key_does_not_fit'
  | 'cannot_be_checked'
  | 'pending';

/** Closed: each has its sentence, `summary_<code>`. `$1…` are the `detail` in order, durations formatted. */
export type SummaryCode =
  | 'malformed'
  | 'encrypted'
  | 'encrypted_wrong_key'
  | 'encrypted_key_does_not_fit'
  | 'encrypted_asks' // to open it takes long, and nobody said yes
  | 'encrypted_cannot_be_checked'
  | 'why' // the sentence of the diagnosis
  | 'answered' // status; the request carried other tokens too, and any of them may be what was refused
  | 'signature_mismatch'
  | 'part_mismatch' // of a JSON serialisation with several signatures: how many hold, of how many
  | 'proof_mismatch' // a DPoP proof, and the key that it carries
  | 'proof_disagrees' // names of what disagrees with its request
  | 'proof_verified'
  | 'disclosure_refused' // of an SD-JWT, one that makes it invalid (RFC 9901 section 7.1)
  | 'digest_twice' // of an SD-JWT: a digest that stands there twice, and has no disclosure (RFC 9901 section 7.1 step 4)
  | 'disclosures_uncompared' // of an SD-JWT, its digests are of an unknown hash: that one
  | 'key_binding_refused' // of an SD-JWT (RFC 9901 section 7.3)
  | 'key_binding_unchecked'
  | 'would_be_refused_expired' // how long ago
  | 'would_be_refused_not_yet_valid' // for how long
  | 'unsecured'
  | 'not_claims'
  | 'time_unreadable' // the claim
  | `${Life}_${Checked}`; // how long, for alive and expiring

export interface Summary {
  readonly tone: Tone;
  readonly code: SummaryCode;
  readonly detail: readonly (string | { readonly ms: number })[];
  /** For the malformed: the first thing that is wrong, to be told with the decoder's own sentence. */
  readonly problem?: Problem;
  /** For `why`. */
  readonly why?: Diagnosis;
}

export interface SummaryInput {
  /** The token as captured. */
  readonly decoded: Decoded;
  /** Of the claims, wherever they are inside. */
  readonly time: TimeAnswer;
  readonly kind?: Kind;
  /** Absent while it is being computed, and where there is none. Of a JWE the signature of what it holds. */
  readonly signature?: SignatureAnswer;
  /** What speaks against the key that verified it (`doubtOf`). */
  readonly doubt?: Doubt;
  /** Of a JWE; absent while it is being computed. */
  readonly decryption?: DecryptionAnswer;
  readonly sd?: SdReading;
  /** Of a JSON serialisation with several signatures or recipients, the answer of each. */
  readonly parts?: readonly (SignatureAnswer | DecryptionAnswer)[];
  /** What of a DPoP proof disagrees with the request that carried it, by name; of the token itself or of the one beside it. */
  readonly disagreements?: readonly string[];
  /** The latest exchange whose request carried the token, and whose answer can be about it. */
  readonly lastExchange?: ExchangeRecord;
  /** That answer can as well be about another token of the request. */
  readonly shared?: boolean;
  /** Why that exchange was refused, or ought to have been; only where it is about this token. */
  readonly why?: Diagnosis;
}

/** A summary. Arguments: tone, code, and the details of its sentence in order. */
export const say = (tone: Tone, code: SummaryCode, ...detail: Summary['detail']): Summary => ({ tone, code, detail });
