import { errors, flattenedDecrypt, importJWK } from 'jose';
import { type DecryptionFailure, type Encrypted, MAX_INFLATED, MAX_ITERATIONS } from './decrypt-check.ts';
import { explainKey } from './import-private.ts';

/** jose tells these two apart by its words alone; a test holds it to them. */
const INFLATED_TOO_LARGE = /^Decompressed plaintext exceeded/;
const INFLATION_BROKEN = /^Failed to decompress/;

const explainInvalid = (message: string): DecryptionFailure => {
  if (INFLATED_TOO_LARGE.test(message))
    return { state: 'cannot_be_checked', reason: 'zip_too_large', detail: [String(MAX_INFLATED)] };
  return { state: 'malformed', reason: INFLATION_BROKEN.test(message) ? 'zip_broken' : 'encoding' };
};

/**
 * jose's exceptions as failures. `ERR_JWE_DECRYPTION_FAILED` stands for everything that a wrong key does (RFC 7516
 * section 11.5); what it would hide of the header, the lengths and the platform has been asked before.
 */
const explain = (error: unknown, { enc }: Encrypted): DecryptionFailure => {
  if (error instanceof errors.JWEDecryptionFailed) return { state: 'failed', reason: 'wrong_key' };
  if (error instanceof errors.JWEInvalid) return explainInvalid(error.message);
  // Keys are imported elsewhere, and the secret's length is right: the platform has not this mode.
  return error instanceof DOMException
    ? { state: 'cannot_be_checked', reason: 'unsupported_here', detail: [enc.name] }
    : explainKey(error, enc.name);
};

/**
 * Decrypts with one key that fits, by jose: RFC 7516 section 5.2 steps 8 to 19.
 * @returns the plaintext, inflated; or why not. Never rejects
 */
export const attemptDecryption = async (
  encrypted: Encrypted,
  key: CryptoKey | Uint8Array,
): Promise<Uint8Array | DecryptionFailure> => {
  try {
    const { plaintext } = await flattenedDecrypt(encrypted.jwe, key, {
      // PBES2 is off unless it is named.
      keyManagementAlgorithms: [encrypted.alg.name],
      contentEncryptionAlgorithms: [encrypted.enc.name],
      maxPBES2Count: MAX_ITERATIONS,
      maxDecompressedLength: MAX_INFLATED,
    });
    return plaintext;
  } catch (error) {
    return explain(error, encrypted);
  }
};

/** Whether the platform takes `epk` for a point of its curve; asked beforehand, since jose tells its refusal as a wrong key. */
export const checkEphemeralKey = async ({ alg, header, curve }: Encrypted): Promise<DecryptionFailure | undefined> => {
  if (curve === undefined) return;
  const { kty, crv, x, y } = Object(header.epk);
  try {
    await importJWK({ kty, crv, x, ...(y !== undefined && { y }) }, alg.name);
    return;
  } catch (error) {
    const failure = explainKey(error, curve);
    return failure.reason === 'unsupported_here'
      ? failure
      : { state: 'malformed', reason: 'header_member', detail: ['epk'] };
  }
};
