import { importJWK, importPKCS8, type JWK } from 'jose';
import type { DecryptionFailure } from './decrypt-check.ts';
import { isUnsupported } from './import-key.ts';
import type { PublicKey } from './key.ts';
import { createOncePerKey } from './once-per-key.ts';

/** What the platform's or jose's exception means: it lacks the algorithm (`named`), or it refuses the key. */
export const explainKey = (error: unknown, named: string): DecryptionFailure =>
  isUnsupported(error)
    ? { state: 'cannot_be_checked', reason: 'unsupported_here', detail: [named] }
    : {
        state: 'key_does_not_fit',
        reason: 'not_a_key',
        detail: ['refused', error instanceof Error ? error.message : String(error)],
      };

/** A private JWK, or PKCS#8, as WebCrypto's key for `alg`; rejects as jose does. */
export const importPrivateMaterial = (
  material: JWK | Uint8Array<ArrayBuffer>,
  alg: string,
): Promise<CryptoKey | Uint8Array> =>
  material instanceof Uint8Array
    ? importPKCS8(`-----BEGIN PRIVATE KEY-----\n${material.toBase64()}\n-----END PRIVATE KEY-----`, alg)
    : importJWK(material, alg);

const importPrivate = async (key: PublicKey, alg: string): Promise<CryptoKey | DecryptionFailure> => {
  try {
    const imported = key.privateMaterial && (await importPrivateMaterial(key.privateMaterial, alg));
    return imported instanceof CryptoKey ? imported : explainKey(new TypeError(key.kty), alg);
  } catch (error) {
    return explainKey(error, key.variant ?? alg);
  }
};

/**
 * The private half of a key as WebCrypto's, to decrypt with `alg`; each is imported once for each algorithm.
 * Never rejects: what jose or the browser throws becomes a failure, `unsupported_here` or `not_a_key`.
 */
export const createPrivateImporter = (): ((key: PublicKey, alg: string) => Promise<CryptoKey | DecryptionFailure>) =>
  createOncePerKey(importPrivate);
