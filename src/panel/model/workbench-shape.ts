/** What the workbench holds: a copy of a token, or a blank one, being edited. Shapes only; `workbench.ts` makes it. */
import type { ReadonlySignal } from '@preact/signals';
import type { Decoded } from '../../core/token/decoded.ts';
import type { JsonMark } from '../../core/token/json-marks.ts';
import type { Failure } from '../../core/trust/fit.ts';
import type { KeyReading } from '../../core/trust/key.ts';
import type { SecretReading, SignatureAnswer } from '../../core/trust/signature.ts';
import type { EncryptionFailure, GeneratedKey } from '../../core/trust/signing.ts';
import type { Sheet } from './workbench-sheets.ts';

export type Part = 'header' | 'payload';

/** The texts with an editor: `outer` is that of the further members of a JWE's header. */
export type Edited = Part | 'outer';

/** Where a text is no JSON, or says less than it seems to. An error leaves the last good token standing; a warning does not. */
export type Mark = JsonMark;

/**
 * What becomes of the signature: that of the original, one made with the key, none (`alg` is none, and no signature
 * follows: RFC 7519 section 6), or an empty one under the header as it is typed.
 */
export type SignatureMode = 'original' | 'key' | 'none' | 'empty';

/**
 * How the text of a key is read: a secret in one of its readings, any other key as `key`; or, as `key_text`, the octets of a
 * key's own text as the secret, to try whether a server lets the token choose the algorithm (RFC 8725 section 2.1).
 */
export type KeyChoice = SecretReading | 'key' | 'key_text';

/**
 * JWE around it: what is encrypted is the token (`cty` JWT), or the payload alone: then the header that is typed, and the
 * signature, are no part of it.
 */
export interface Encryption {
  readonly on: boolean;
  readonly what: 'token' | 'payload';
  readonly alg: string;
  readonly enc: string;
  /** Compressed first, by DEFLATE (RFC 7516 section 4.1.3). */
  readonly zip: boolean;
  /** JSON text of the further members of its header: an object, `{}` where there are none. */
  readonly more: string;
  /** Of a session of Auth.js the name of its cookie, from which, and the secret, its key is made; '' of all else. */
  readonly cookie: string;
  readonly key: string;
}

/** What was made of the texts. */
export interface Built {
  readonly compact: string;
  /** The JWS in it; the same where there is no JWE around it, '' where the payload alone is encrypted. */
  readonly jws: string;
  /** RFC 7515 section 5.1 step 5; of the JWS, where there is a JWE around it. '' where nothing is signed. */
  readonly signingInput: string;
  /** Of `compact`. */
  readonly decoded: Decoded;
  /** Of the JWS's signature, by the keys of the ring and by that which it was signed with. */
  readonly answer: SignatureAnswer | undefined;
  /** The key that decided `answer` is the one typed here, and not one of the ring. */
  readonly byOwnKey: boolean;
  /** False: the texts have changed since, and nothing could be made of them; this is the last that could. */
  readonly current: boolean;
}

/**
 * Why no token could be made: of a signature (`signature_reason_<reason>`; `no_key_given` means here that there is none to
 * sign with), or, by its state, of an encryption (`encryption_reason_<reason>`).
 */
export type BuildFailure = Failure | EncryptionFailure;

/** `now` is the panel's clock, in whole seconds. */
export type QuickAction = 'iat_now' | 'nbf_now' | 'exp_5m' | 'exp_1h' | 'exp_1d' | 'jti_new';

export interface Workbench {
  /** As typed, line breaks too: a text may hold CR LF, which an editor must not change on its own. */
  readonly header: ReadonlySignal<string>;
  readonly payload: ReadonlySignal<string>;
  type(part: Part, text: string): void;
  readonly marks: ReadonlySignal<Readonly<Record<Part, readonly Mark[]>>>;
  /** Whether the text is a whole JSON object or array, which alone can be laid out. */
  readonly canLayOut: ReadonlySignal<Readonly<Record<Edited, boolean>>>;
  /** Lays the JSON out anew, two spaces. False: it is broken, or would become too long, and stays as it is. */
  format(part: Edited): boolean;
  /** Takes the white space between its tokens out; all else stays as it was typed. False: it is broken, and stays as it is. */
  oneLine(part: Edited): boolean;
  /** Sets one claim, the other octets as they were typed. False: the payload is no JSON object, and stays as it is. */
  quick(action: QuickAction): boolean;
  /** The names that may be added, registered ones first. */
  names(part: Part): readonly string[];
  /**
   * Adds a registered claim or header parameter with an example of its type; where it is there already, leaves it. Gives
   * where its value stands; undefined: the text is no JSON object, and stays as it is.
   */
  add(part: Part, name: string): { readonly from: number; readonly to: number } | undefined;
  readonly mode: ReadonlySignal<SignatureMode>;
  /** Those that can be chosen: a blank token, and an encrypted one, have no original signature. */
  readonly modes: ReadonlySignal<readonly SignatureMode[]>;
  /** False: it cannot be chosen, or `alg` cannot become none, since the header is no JSON object. */
  setMode(mode: SignatureMode): boolean;
  /** `alg` of the header as it is typed; '' where there is none. */
  readonly alg: ReadonlySignal<string>;
  /** Writes it into the header. False: the header is no JSON object, and stays as it is. */
  setAlg(alg: string): boolean;
  /** The secret or private key to sign with. Never that of the key boxes or the ring, and never kept. */
  readonly key: ReadonlySignal<string>;
  /** Undefined while there is none, and until it was read. */
  readonly keyReading: ReadonlySignal<KeyReading | undefined>;
  /** How the key may be read, where that makes a difference: more than one, or none. */
  readonly keyChoices: ReadonlySignal<readonly KeyChoice[]>;
  /** The one of them that signs: the first, until another is chosen. */
  readonly keyChoice: ReadonlySignal<KeyChoice>;
  chooseReading(reading: KeyChoice): void;
  typeKey(text: string): void;
  /**
   * Makes a key for the algorithm, writes `alg` into the header, and its `kid` where there is none or that of a key that was
   * made before; and signs with it.
   */
  generate(alg: string): Promise<void>;
  /** Writes the `kid` of the key that was made into the header, whatever stands there. False: the header is no JSON object. */
  writeKid(): boolean;
  /** While a key is being made: RSA takes seconds. */
  readonly generating: ReadonlySignal<boolean>;
  /** Undefined as soon as another key is typed. */
  readonly generated: ReadonlySignal<GeneratedKey | undefined>;
  readonly encryption: ReadonlySignal<Encryption>;
  setEncryption(change: Partial<Encryption>): void;
  /** Of `encryption.more`. */
  readonly outerMarks: ReadonlySignal<readonly Mark[]>;
  readonly encryptionKeyReading: ReadonlySignal<KeyReading | undefined>;
  /** Makes a key for the encryption as it is set, and encrypts with it. */
  generateEncryptionKey(): Promise<void>;
  readonly generatingEncryption: ReadonlySignal<boolean>;
  /** Undefined as soon as another key is typed. */
  readonly generatedEncryption: ReadonlySignal<GeneratedKey | undefined>;
  /** The newest that could be made; undefined until there was one. */
  readonly built: ReadonlySignal<Built | undefined>;
  /** Something newer than `built` is being made. */
  readonly busy: ReadonlySignal<boolean>;
  /** Why nothing new could be made, beside the marks; beside a current token, why no key could be. */
  readonly failure: ReadonlySignal<BuildFailure | undefined>;
  /** What is edited now: another one with each token. */
  readonly sheet: ReadonlySignal<Sheet>;
  /** The token that it is a copy of, as captured; undefined of a blank one. */
  readonly original: ReadonlySignal<string | undefined>;
  /** Those that were changed and left, the last one first. */
  readonly aside: ReadonlySignal<readonly Sheet[]>;
  /** Begins anew with a copy of the token, or with a blank one; what was changed is set aside. A key that was typed stays. */
  start(compact?: string): void;
  /** The same, but where a changed copy of the token is there or set aside, goes on with that. */
  edit(compact: string): void;
  /** Goes on with what was set aside, with its keys. */
  turnTo(sheet: Sheet): void;
  /** Takes back all changes of the texts, as steps that can be undone, and how it is signed and encrypted. */
  startOver(): void;
  /** Puts the token that was made into the list, beside the original, and shows it there. Nothing while there is none. */
  keep(): Promise<void>;
}
