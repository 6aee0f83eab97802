/** What the disclosures of an SD-JWT (RFC 9901) make of it. Shapes only. */
import type { JsonObject } from '../token/decoded.ts';
import type { Check } from './check.ts';
import type { SignatureAnswer } from './signature.ts';

export type DisclosureState =
  | 'disclosed'
  | 'unreferenced' // no digest in the payload, or in another disclosure, is its own (section 7.1 step 5)
  | 'digest_twice' // its digest stands there twice (step 4)
  | 'name_taken' // the claim is there already (step 3.c.ii.3)
  | 'name_reserved' // `_sd` or `...` (step 3.c.ii.2)
  | 'malformed'; // no base64url of a JSON array of two or three

export interface Disclosure {
  /** As it stands between the tildes. */
  readonly text: string;
  readonly digest: string;
  readonly state: DisclosureState;
  readonly salt?: string;
  /** The claim's name; absent for an element of an array. */
  readonly name?: string;
  /** The value as it was written, JSON. */
  readonly valueText?: string;
  /** Where the claim stands, as `address.street` or `nationalities[1]`. */
  readonly path?: string;
}

export interface SdReading {
  /** The hash of the digests, as `sha-256`. */
  readonly hash: string;
  /** Not one that can be computed here; then no digest was compared. */
  readonly hashUnsupported?: true;
  /** In the order of the token. */
  readonly disclosures: readonly Disclosure[];
  /** Digests without a disclosure, by the object or array that has them: claims that stay hidden, or decoys; nobody can tell. */
  readonly hidden: readonly { readonly path: string; readonly count: number }[];
  /** Digests without a disclosure that stand there more than once, which makes the token invalid (section 7.1 step 4); the first few, cut. */
  readonly digestsTwice?: readonly string[];
  /** The claims with what was disclosed in place, without `_sd`, `_sd_alg` and `...`. */
  readonly claims: JsonObject;
  /** The same as JSON text, laid out. */
  readonly claimsText: string;
  readonly keyBinding?: {
    /** Against the key in `cnf` (RFC 7800), which the issuer signed. */
    readonly signature: SignatureAnswer;
    /** `typ`, `sd_hash`, `nonce`, `aud`, `iat` */
    readonly checks: readonly Check[];
  };
  /** `cnf` wants a key binding, and there is none. */
  readonly keyBindingMissing?: true;
}
