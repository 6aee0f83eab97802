/** Which of the keys in a text signs, or encrypts. Pure. */
import { ALGORITHMS } from '../../core/trust/algorithms.ts';
import { kindMisfit } from '../../core/trust/decrypt-fit.ts';
import { misfit } from '../../core/trust/fit.ts';
import { CONTENT_ENCRYPTION, KEY_MANAGEMENT } from '../../core/trust/jwe-algorithms.ts';
import type { KeyCandidate, KeyReading, SecretKey } from '../../core/trust/key.ts';
import type { KeyChoice } from './workbench-shape.ts';

const isSecret = (key: KeyCandidate): key is SecretKey => key.kty === 'oct' && key.reading !== undefined;

/**
 * The ways to read a text as a secret that give other octets, `text` first. Of a key that is none, where `alg` takes a secret:
 * as the key, which does not fit, or its text. None where there is one way only.
 */
export const choicesOf = (reading: KeyReading | undefined, alg: string): readonly KeyChoice[] => {
  if (!reading || 'error' in reading) return [];
  const takesSecret = ALGORITHMS.get(alg)?.kty === 'oct';
  if (takesSecret && reading.candidates.every(({ kty }) => kty !== 'oct')) return ['key', 'key_text'];
  const readings = new Set(reading.candidates.filter(isSecret).flatMap((key) => key.reading ?? []));
  return readings.size > 1 ? [...readings] : [];
};

/** Line breaks and spaces around a pasted secret are nobody's secret; quotes may be. */
const asText = (secrets: readonly SecretKey[], text: string): SecretKey | undefined => {
  const bare = text.trim();
  return secrets.find(({ reading, bytes }) => reading === 'text' && new TextDecoder().decode(bytes) === bare);
};

/** The text itself as a secret, where it is one. */
export const secretText = (candidates: readonly KeyCandidate[], text: string): SecretKey | undefined =>
  asText(candidates.filter(isSecret), text);

const octetsOf = (text: string) => new TextEncoder().encode(text);

/** What a verifier reads the same key from: of `key_text` base64, which it takes for nothing but a secret. */
export const verifyingText = (text: string, choice: KeyChoice): string =>
  choice === 'key_text' ? octetsOf(text).toBase64() : text;

const isPrivate = (key: KeyCandidate): boolean => key.kty === 'oct' || key.privateMaterial !== undefined;

/**
 * The key that signs by `alg`: of a secret the reading that was chosen, else its text without the white space around it; of
 * several keys the one that fits, has its private half and, if there is one, the `kid`. Where none fits, the first, for the
 * signer to say what is wrong with it.
 */
export const signingKey = (
  candidates: readonly KeyCandidate[],
  text: string,
  choice: KeyChoice,
  { alg, kid }: { readonly alg: string; readonly kid: unknown },
): KeyCandidate | undefined => {
  // To the letter, with the line breaks that a file ends with.
  if (choice === 'key_text') return { format: 'secret', kty: 'oct', bytes: octetsOf(text), reading: 'text' };
  const secrets = candidates.filter(isSecret);
  if (secrets.length > 0) {
    const chosen = choice === 'text' ? undefined : secrets.find(({ reading }) => reading === choice);
    return chosen ?? asText(secrets, text) ?? secrets[0];
  }
  const algorithm = ALGORITHMS.get(alg);
  const fitting = candidates.filter((key) => algorithm && isPrivate(key) && !misfit(key, algorithm));
  return fitting.find((key) => key.kid !== undefined && key.kid === kid) ?? fitting[0] ?? candidates[0];
};

/**
 * The key that encrypts: the first that is of the kind and length that the algorithms take, so that a secret need not be told
 * how it is to be read; of a password (PBES2) its text. Where none fits, the first, for the encrypter to say what is wrong.
 */
export const encryptionKey = (
  candidates: readonly KeyCandidate[],
  text: string,
  { alg, enc }: { readonly alg: string; readonly enc: string },
): KeyCandidate | undefined => {
  const first = secretText(candidates, text) ?? candidates[0];
  const [management, content] = [KEY_MANAGEMENT.get(alg), CONTENT_ENCRYPTION.get(enc)];
  if (!management || !content) return first;
  return (
    [...(first ? [first] : []), ...candidates].find((key) => !kindMisfit(key, { alg: management, enc: content })) ??
    first
  );
};
