import { errors, exportJWK, importJWK, importPKCS8, type JWK } from 'jose';
import type { Algorithm } from './algorithms.ts';
import type { Failure } from './fit.ts';
import type { KeyCandidate } from './key.ts';

/** Without `d`, which would make the import a private key, and without what WebCrypto adds (`key_ops`, `ext`). */
const publicHalf = ({ kty, crv, x, y, alg, pub }: JWK): JWK =>
  kty === 'AKP' ? { kty, alg, pub } : { kty, crv, x, ...(y && { y }) };

const importMaterial = async (
  material: JWK | Uint8Array<ArrayBuffer>,
  alg: string,
): Promise<CryptoKey | Uint8Array> => {
  if (!(material instanceof Uint8Array)) return importJWK(material, alg);
  const pem = `-----BEGIN PRIVATE KEY-----\n${material.toBase64()}\n-----END PRIVATE KEY-----`;
  const own = await importPKCS8(pem, alg, { extractable: true });
  return importJWK(publicHalf(await exportJWK(own)), alg);
};

const isUnsupported = (error: unknown): boolean =>
  error instanceof errors.JOSENotSupported || (error instanceof DOMException && error.name === 'NotSupportedError');

/** What the platform's or jose's exception means: it cannot compute the algorithm, or it refuses the key. */
export const explain = (error: unknown, alg: string): Failure =>
  isUnsupported(error)
    ? { state: 'cannot_be_checked', reason: 'alg_unsupported_here', detail: [alg] }
    : {
        state: 'key_does_not_fit',
        reason: 'not_a_key',
        detail: ['refused', error instanceof Error ? error.message : String(error)],
      };

/**
 * The key as WebCrypto's, to verify with `alg`. `key` must fit `alg` (`misfit`).
 * Never rejects: what jose or the browser throws becomes a failure, `alg_unsupported_here` or `not_a_key`.
 */
const importKey = async (key: KeyCandidate, alg: Algorithm): Promise<CryptoKey | Failure> => {
  try {
    const imported =
      key.kty === 'oct'
        ? await crypto.subtle.importKey('raw', key.bytes, { name: 'HMAC', hash: alg.hash ?? '' }, false, ['verify'])
        : await importMaterial(key.material, alg.name);
    return imported instanceof CryptoKey ? imported : explain(new TypeError(key.kty), alg.name);
  } catch (error) {
    return explain(error, alg.name);
  }
};

/** Once it is here it is had without waiting: one turn less for each token. */
type Imported = Promise<CryptoKey | Failure> | CryptoKey | Failure;

/** `importKey`, once per key and algorithm. */
export const createImporter = (): ((key: KeyCandidate, alg: Algorithm) => Imported) => {
  const imported = new WeakMap<KeyCandidate, Map<string, Imported>>();
  return (key, alg) => {
    const byAlg = imported.get(key) ?? new Map<string, Imported>();
    const known = byAlg.get(alg.name);
    if (known) return known;
    const importing = importKey(key, alg);
    imported.set(key, byAlg.set(alg.name, importing));
    importing.then((settled) => byAlg.set(alg.name, settled));
    return importing;
  };
};
