/** What the workbench holds: a copy of a token, or a blank one, being edited. Shapes only; `workbench.ts` makes it. */
import type { ReadonlySignal } from '@preact/signals';
import type { Decoded } from '../../core/token/decoded.ts';
import type { Failure } from '../../core/trust/fit.ts';
import type { KeyReading } from '../../core/trust/key.ts';
import type { SignatureAnswer } from '../../core/trust/signature.ts';
import type { GeneratedKey } from '../../core/trust/signing.ts';

export type Part = 'header' | 'payload';

/** Where a text is no JSON, or says less than it seems to; `from` and `to` in UTF-16 units, line and column 1-based. */
export interface Mark {
  readonly code: 'json' | 'not_object' | 'duplicate_member' | 'lossy_number' | 'too_deep';
  readonly from: number;
  readonly to: number;
  readonly line: number;
  readonly column: number;
  readonly detail?: string;
  /** An error leaves the last good token standing; a warning does not. */
  readonly severity: 'error' | 'warning';
}

/**
 * What becomes of the signature: that of the original, one made with the key, none (`alg` is none, and no signature
 * follows: RFC 7519 section 6), or an empty one under the header as it is typed.
 */
export type SignatureMode = 'original' | 'key' | 'none' | 'empty';

/** JWE around it: what is encrypted is the token (`cty` JWT), or the payload alone. */
export interface Encryption {
  readonly on: boolean;
  readonly what: 'token' | 'payload';
  readonly alg: string;
  readonly enc: string;
  readonly key: string;
}

/** What was made of the texts. */
export interface Built {
  readonly compact: string;
  /** RFC 7515 section 5.1 step 5; of the JWS, where there is a JWE around it. */
  readonly signingInput: string;
  readonly decoded: Decoded;
  /** Of the signature, by the keys of the ring and by that which it was signed with. */
  readonly answer: SignatureAnswer | undefined;
  /** False: the texts have changed since, and nothing could be made of them; this is the last that could. */
  readonly current: boolean;
}

/** `now` is the panel's clock in ms. */
export type QuickAction = 'iat_now' | 'nbf_now' | 'exp_5m' | 'exp_1h' | 'exp_1d' | 'jti_new';

export interface Workbench {
  readonly header: ReadonlySignal<string>;
  readonly payload: ReadonlySignal<string>;
  type(part: Part, text: string): void;
  readonly marks: ReadonlySignal<Readonly<Record<Part, readonly Mark[]>>>;
  /** Lays the JSON out anew, two spaces; nothing where it is broken. */
  format(part: Part): void;
  /** Sets one claim, the other octets as they were typed. */
  quick(action: QuickAction): void;
  /** Adds a registered claim or header parameter with an example of its type; where it is there already, leaves it. Gives where its value stands. */
  add(part: Part, name: string): { readonly from: number; readonly to: number } | undefined;
  readonly mode: ReadonlySignal<SignatureMode>;
  setMode(mode: SignatureMode): void;
  /** `alg` of the header as it is typed; '' where there is none. */
  readonly alg: ReadonlySignal<string>;
  /** Writes it into the header. */
  setAlg(alg: string): void;
  /** The secret or private key to sign with. Never that of the key boxes or the ring, and never kept. */
  readonly key: ReadonlySignal<string>;
  readonly keyReading: ReadonlySignal<KeyReading | undefined>;
  typeKey(text: string): void;
  /** Makes a key for the algorithm, and signs with it. */
  generate(alg: string): Promise<void>;
  readonly generated: ReadonlySignal<GeneratedKey | undefined>;
  readonly encryption: ReadonlySignal<Encryption>;
  setEncryption(change: Partial<Encryption>): void;
  /** The newest that could be made; undefined until there was one. */
  readonly built: ReadonlySignal<Built | undefined>;
  /** Why nothing new could be made, beside the marks. */
  readonly failure: ReadonlySignal<Failure | undefined>;
  /** The token that this is a copy of, as captured; undefined of a blank one. */
  readonly original: ReadonlySignal<string | undefined>;
  /** Begins anew with a copy of the token, or with a blank one. */
  start(compact?: string): void;
  /** Puts the token that was made into the list, beside the original. */
  keep(): Promise<void>;
}
