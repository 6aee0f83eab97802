import { errors, exportJWK, importJWK, importPKCS8, type JWK } from 'jose';
import type { Algorithm } from './algorithms.ts';
import { type Failure, misfit } from './fit.ts';
import { createGathering } from './gather.ts';
import type { KeyCandidate, PublicKey, SecretKey } from './key.ts';
import { type Check, createSoftware, isSoftwareOnly, type Octets } from './software.ts';

/** Without `d`, which would make the import a private key, and without what WebCrypto adds (`key_ops`, `ext`). */
const publicHalf = ({ kty, crv, x, y, alg, pub }: JWK): JWK =>
  kty === 'AKP' ? { kty, alg, pub } : { kty, crv, x, ...(y && { y }) };

const importMaterial = async (material: JWK | Octets, alg: string): Promise<CryptoKey | Uint8Array> => {
  if (!(material instanceof Uint8Array)) return importJWK(material, alg);
  const pem = `-----BEGIN PRIVATE KEY-----\n${material.toBase64()}\n-----END PRIVATE KEY-----`;
  const own = await importPKCS8(pem, alg, { extractable: true });
  return importJWK(publicHalf(await exportJWK(own)), alg);
};

/** Whether the platform or jose lacks it, whatever the key. */
export const isUnsupported = (error: unknown): boolean =>
  error instanceof errors.JOSENotSupported || (error instanceof DOMException && error.name === 'NotSupportedError');

/** What the platform's, jose's or noble's exception means: it cannot compute the algorithm, or it refuses the key. */
export const explain = (error: unknown, alg: string): Failure =>
  isUnsupported(error)
    ? { state: 'cannot_be_checked', reason: 'alg_unsupported_here', detail: [alg] }
    : {
        state: 'key_does_not_fit',
        reason: 'not_a_key',
        detail: ['refused', error instanceof Error ? error.message : String(error)],
      };

/** Servers that were given no secret sign with the blank one, and no browser imports it. */
const blankCheck = async ({ bytes }: SecretKey, { hash = 'SHA-256' }: Algorithm): Promise<Check> => {
  const { hmacOf } = await import('./software-hmac.ts');
  return (signature, input) => hmacOf(hash, bytes, input).toHex() === signature.toHex();
};

/** `subtle.verify` is called directly, since jose checks every key again for every token. */
const platformCheck = async (key: KeyCandidate, { name, hash, parameters = name }: Algorithm): Promise<Check> => {
  const imported =
    key.kty === 'oct'
      ? await crypto.subtle.importKey('raw', key.bytes, { name: 'HMAC', hash: hash ?? '' }, false, ['verify'])
      : await importMaterial(key.material, name);
  if (!(imported instanceof CryptoKey)) throw new TypeError(key.kty);
  return (signature, input) => crypto.subtle.verify(parameters, imported, signature, input);
};

/** How one key checks one algorithm, or why it cannot; once it is here it is had without waiting, a turn less for each token. */
export type Ready = Check | Failure | Promise<Check | Failure>;

/**
 * Makes keys ready: each is held against the algorithm (`misfit`) and imported once. The platform first, @noble where it
 * says NotSupportedError. Never rejects: what jose, the browser or noble throws becomes `alg_unsupported_here` or `not_a_key`.
 */
export const createImporter = (): ((key: KeyCandidate, alg: Algorithm) => Ready) => {
  const software = createSoftware();
  const gather = createGathering();
  const ready = new WeakMap<KeyCandidate, Map<string, Ready>>();

  const platform = async (key: KeyCandidate, alg: Algorithm): Promise<Check> => gather(await platformCheck(key, alg));
  const platformOrSoftware = async (key: PublicKey, alg: Algorithm): Promise<Check> => {
    try {
      return await platform(key, alg);
    } catch (error) {
      const check = isUnsupported(error) ? software(key) : undefined;
      if (!check) throw error;
      return check;
    }
  };
  const make = async (key: KeyCandidate, alg: Algorithm): Promise<Check | Failure> => {
    try {
      if (key.kty === 'oct') return await (key.bytes.length > 0 ? platform(key, alg) : blankCheck(key, alg));
      return await ((isSoftwareOnly(key) && software(key)) || platformOrSoftware(key, alg));
    } catch (error) {
      return explain(error, alg.name);
    }
  };

  return (key, alg) => {
    const byAlg = ready.get(key) ?? new Map<string, Ready>();
    const known = byAlg.get(alg.name);
    if (known) return known;
    const making = misfit(key, alg) ?? make(key, alg);
    ready.set(key, byAlg.set(alg.name, making));
    if (making instanceof Promise) making.then((made) => byAlg.set(alg.name, made));
    return making;
  };
};
