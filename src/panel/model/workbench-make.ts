/** What becomes of the texts: signed, put together, encrypted, and judged. */
import { decode } from '../../core/token/decode.ts';
import type { Failure } from '../../core/trust/fit.ts';
import { issuerOf } from '../../core/trust/issuer.ts';
import type { KeyCandidate, KeyReading } from '../../core/trust/key.ts';
import type { RingKey, SecretReading, SignatureAnswer } from '../../core/trust/signature.ts';
import {
  type Begun,
  headerOf,
  inputOf,
  isUntouched,
  saysPlain,
  type Texts,
  withOriginal,
} from './workbench-compose.ts';
import { encryptionKey, signingKey } from './workbench-key.ts';
import type { BuildFailure, Built, Encryption, SignatureMode } from './workbench-shape.ts';
import type { Tools } from './workbench-tools.ts';

/** A key as it was typed. */
export interface TypedKey {
  readonly text: string;
  /** Undefined while nothing is typed. */
  readonly reading: KeyReading | undefined;
}

/** Everything that a token is made of, at one moment. */
export interface Wanted {
  readonly texts: Texts;
  readonly begun: Begun;
  readonly mode: SignatureMode;
  readonly key: TypedKey;
  readonly choice: SecretReading;
  readonly encryption: Omit<Encryption, 'key'>;
  readonly encryptionKey: TypedKey;
  /** What verifies. */
  readonly ring: readonly RingKey[];
  /** The key that signs, among those that verify; for the issuer of the token. Undefined while there is none. */
  own(issuer: string): RingKey | undefined;
}

type Made = Omit<Built, 'current'>;
type Jws = Pick<Made, 'jws' | 'signingInput'>;

const NO_KEY: Failure = { state: 'no_key', reason: 'no_key_given' };

/** The keys in a typed text, or what is wrong with it. */
const keysOf = ({ reading }: TypedKey): readonly KeyCandidate[] | Failure => {
  if (!reading) return NO_KEY;
  if (!('error' in reading)) return reading.candidates;
  return { state: 'key_does_not_fit', reason: 'not_a_key', detail: [reading.error, reading.detail ?? ''] };
};

const signatureOf = async (
  input: string,
  { texts, mode, key, choice }: Wanted,
  { sign }: Tools,
): Promise<string | Failure> => {
  if (mode !== 'key') return '';
  const keys = keysOf(key);
  if ('state' in keys) return keys;
  const { alg, kid } = headerOf(texts.header);
  const name = typeof alg === 'string' ? alg : '';
  const chosen = signingKey(keys, key.text, choice, { alg: name, kid });
  return chosen ? sign(input, name, chosen) : NO_KEY;
};

const jwsOf = async (wanted: Wanted, tools: Tools): Promise<Jws | Failure> => {
  const { texts, begun, mode } = wanted;
  const { captured } = begun;
  const signingInput = inputOf(texts, begun, saysPlain(headerOf(texts.header)));
  if (mode === 'original' && captured) {
    const jws = isUntouched(texts, begun) ? captured.compact : withOriginal(signingInput, texts, captured);
    return { jws, signingInput };
  }
  const signature = await signatureOf(signingInput, wanted, tools);
  return typeof signature === 'string'
    ? { jws: `${signingInput}.${signature}${captured?.tail ?? ''}`, signingInput }
    : signature;
};

const sealed = async (
  plaintext: string,
  { encryption: { what, alg, enc }, encryptionKey: typed }: Wanted,
  { encrypt }: Tools,
): Promise<string | BuildFailure> => {
  const keys = keysOf(typed);
  if ('state' in keys) return keys;
  const key = encryptionKey(keys, typed.text, { alg, enc });
  return key ? encrypt(plaintext, { alg, enc, ...(what === 'token' && { cty: 'JWT' }) }, key) : NO_KEY;
};

/** By the keys of the ring and by that which is typed here, which goes first: it is the newest. */
const answerTo = async (jws: string, { ring, own }: Wanted, { verify }: Tools) => {
  const decoded = decode(jws);
  const key = own(issuerOf(decoded));
  const answer: SignatureAnswer = await verify(decoded, key ? [...ring, key] : ring);
  return { answer, byOwnKey: key !== undefined && answer.key?.id === key.id };
};

/**
 * Makes the token; gives why there is none where there is none. A payload that is encrypted alone has no signature, so there
 * is no answer to it. Rejects only where a chunk does not load.
 */
export const makeToken = async (wanted: Wanted, tools: Tools): Promise<Made | BuildFailure> => {
  const { on, what } = wanted.encryption;
  const isAlone = on && what === 'payload';
  const jws: Jws | Failure = isAlone ? { jws: '', signingInput: '' } : await jwsOf(wanted, tools);
  if ('state' in jws) return jws;
  const compact = on ? await sealed(isAlone ? wanted.texts.payload : jws.jws, wanted, tools) : jws.jws;
  if (typeof compact !== 'string') return compact;
  const judged = isAlone ? { answer: undefined, byOwnKey: false } : await answerTo(jws.jws, wanted, tools);
  return { compact, ...jws, decoded: decode(compact), ...judged };
};
