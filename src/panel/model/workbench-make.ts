/** What becomes of the texts: signed, put together, encrypted, and judged. */
import { decode } from '../../core/token/decode.ts';
import { isSealedByAuthjs } from '../../core/trust/authjs.ts';
import { type Failure, notAKey } from '../../core/trust/fit.ts';
import { issuerOf } from '../../core/trust/issuer.ts';
import type { KeyCandidate, KeyReading } from '../../core/trust/key.ts';
import type { RingKey } from '../../core/trust/signature.ts';
import type { EncryptionFailure, EncryptionReason } from '../../core/trust/signing.ts';
import type { Made } from './workbench-building.ts';
import {
  type Begun,
  headerOf,
  inputOf,
  isSealed,
  isUntouched,
  saysPlain,
  type Texts,
  withOriginal,
} from './workbench-compose.ts';
import { encryptionKey, secretText, signingKey } from './workbench-key.ts';
import type { BuildFailure, Encryption, KeyChoice, SignatureMode } from './workbench-shape.ts';
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
  readonly choice: KeyChoice;
  readonly encryption: Omit<Encryption, 'key'>;
  readonly encryptionKey: TypedKey;
  /** What verifies. */
  readonly ring: readonly RingKey[];
  /** The key that signs, among those that verify; for the issuer of the token. Undefined while there is none. */
  own(issuer: string): RingKey | undefined;
}

type Jws = Pick<Made, 'jws' | 'signingInput'>;

const NO_KEY: Failure = { state: 'no_key', reason: 'no_key_given' };

const notEncrypted = (reason: EncryptionReason, ...detail: readonly string[]): EncryptionFailure => ({
  state: 'not_encrypted',
  reason,
  detail,
});

const keysIn = (reading: KeyReading | undefined): readonly KeyCandidate[] =>
  reading && !('error' in reading) ? reading.candidates : [];

const signatureOf = async (
  input: string,
  { texts, mode, key, choice }: Wanted,
  { sign }: Tools,
): Promise<string | Failure> => {
  if (mode !== 'key') return '';
  if (key.reading && 'error' in key.reading) return notAKey(key.reading);
  const { alg, kid } = headerOf(texts.header);
  const name = typeof alg === 'string' ? alg : '';
  const chosen = signingKey(keysIn(key.reading), key.text, choice, { alg: name, kid });
  return chosen ? sign(input, name, chosen) : NO_KEY;
};

const jwsOf = async (wanted: Wanted, tools: Tools): Promise<Jws | Failure> => {
  const { texts, begun, mode } = wanted;
  const { captured } = begun;
  const signingInput = inputOf(texts, begun, saysPlain(headerOf(texts.header)));
  if (mode === 'original' && captured) {
    const jws = isUntouched(texts, begun) ? captured.compact : withOriginal(signingInput, texts, captured);
    return { jws, signingInput: isSealed(texts, captured) ? '' : signingInput };
  }
  const signature = await signatureOf(signingInput, wanted, tools);
  return typeof signature === 'string'
    ? { jws: `${signingInput}.${signature}${captured?.tail ?? ''}`, signingInput }
    : signature;
};

const sealed = async (
  plaintext: string,
  { encryption: { what, alg, enc, zip, more, cookie }, encryptionKey: typed }: Wanted,
  { encrypt, sessionKey }: Tools,
): Promise<string | BuildFailure> => {
  const { reading, text } = typed;
  if (reading && 'error' in reading) return notEncrypted('not_a_key', reading.error, reading.detail ?? '');
  const given = encryptionKey(keysIn(reading), text, { alg, enc });
  const secret = isSealedByAuthjs(alg, enc) && cookie !== '' ? secretText(keysIn(reading), text) : undefined;
  const key = secret ? await sessionKey(secret, enc, cookie) : given;
  if (!key) return notEncrypted('no_key_given');
  const { kid } = key;
  // RFC 7519 section 5.2; and by the `kid` the recipient finds the key. What is typed goes before both.
  const members = { ...(what === 'token' && { cty: 'JWT' }), ...(kid !== undefined && { kid }), ...headerOf(more) };
  return encrypt(plaintext, { alg, enc, ...(zip && { zip: 'DEF' }), members }, key);
};

/**
 * The keys that judge it: those of the ring, and the one that signed. The key that verifies the original, be it one of the
 * ring or the one that is typed here, is a key of its copy too, whatever issuer that names now: so one sees it fail. Of a
 * copy that it has nothing to do with the typed key says nothing.
 */
const judgesOf = async (issuer: string, wanted: Wanted, tools: Tools): Promise<readonly RingKey[]> => {
  const { mode, ring, own, begun } = wanted;
  const key = own(issuer);
  const all = key ? [...ring, key] : ring;
  if (mode !== 'original' || !begun.captured) return mode === 'key' ? all : ring;
  const { state, key: holder } = await tools.verifyOriginal(begun.captured.decoded, all);
  if (state !== 'verified' || !holder) return ring;
  const judges = key && holder.id === key.id ? all : ring;
  return judges.map((one) => (one.id === holder.id ? { ...one, issuer } : one));
};

const answerTo = async (jws: string, wanted: Wanted, tools: Tools): Promise<Pick<Made, 'answer' | 'byOwnKey'>> => {
  const decoded = decode(jws);
  const issuer = issuerOf(decoded);
  const answer = await tools.verify(decoded, await judgesOf(issuer, wanted, tools));
  const id = answer.key?.id;
  return { answer, byOwnKey: id !== undefined && id === wanted.own(issuer)?.id };
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
