/** A token with all that keys opened of it. Shapes only. */
import type { Decoded } from '../token/decoded.ts';
import type { DecryptionAnswer } from './decryption.ts';
import type { SdReading } from './sd-reading.ts';
import type { SignatureAnswer } from './signature.ts';

/** One token of a nesting. */
export interface Layer {
  /** With its content, where it is a JWE that was decrypted. */
  readonly decoded: Decoded;
  /** Of a JWS, or of what is malformed. */
  readonly signature?: SignatureAnswer;
  /** One for each of `decoded.parts`, in order. */
  readonly parts?: readonly (SignatureAnswer | DecryptionAnswer)[];
  /** Of a JWE. */
  readonly decryption?: DecryptionAnswer;
  /** Of an SD-JWT. */
  readonly sd?: SdReading;
}

/** At least one layer: the token as captured first, then what it holds, the innermost last. */
export interface Opened {
  readonly layers: readonly [Layer, ...Layer[]];
}
