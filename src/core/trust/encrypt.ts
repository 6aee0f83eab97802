import { CompactEncrypt, importJWK } from 'jose';
import { createAes192 } from './aes-192.ts';
import { kindMisfit } from './decrypt-fit.ts';
import { criticalNames, keyParameters, outerHeader } from './encrypt-header.ts';
import { isUnsupported } from './import-key.ts';
import {
  AGREEMENT_CURVES,
  CONTENT_ENCRYPTION,
  type ContentEncryption,
  KEY_MANAGEMENT,
  type KeyManagement,
} from './jwe-algorithms.ts';
import type { KeyCandidate, PublicKey } from './key.ts';
import { createOncePerKey } from './once-per-key.ts';
import { withPublicHalf } from './public-half.ts';
import type { Encrypt, EncryptionFailure, EncryptionHeader, EncryptionReason } from './signing.ts';

const failure = (reason: EncryptionReason, ...detail: readonly string[]): EncryptionFailure => ({
  state: 'not_encrypted',
  reason,
  detail,
});

interface Algorithms {
  readonly alg: KeyManagement;
  readonly enc: ContentEncryption;
}

/** The algorithms of a header, or what is wrong with it whatever the key. */
const algorithmsOf = ({ alg, enc, zip }: EncryptionHeader): Algorithms | EncryptionFailure => {
  if (alg === '') return failure('alg_missing');
  if (enc === '') return failure('enc_missing');
  const [management, content] = [KEY_MANAGEMENT.get(alg), CONTENT_ENCRYPTION.get(enc)];
  if (!management) return failure('alg_unknown', alg);
  if (!content) return failure('enc_unknown', enc);
  if (management.lacking) return failure('unsupported_here', alg);
  return zip === undefined || zip === 'DEF' ? { alg: management, enc: content } : failure('zip_unknown', zip);
};

const misfit = (key: KeyCandidate, algorithms: Algorithms): EncryptionFailure | undefined => {
  const found = kindMisfit(key, algorithms);
  if (found) return failure(found.reason, ...(found.detail ?? []));
  const { variant = '' } = key.kty === 'EC' || key.kty === 'OKP' ? key : {};
  return variant === '' || AGREEMENT_CURVES.has(variant) ? undefined : failure('unsupported_here', variant);
};

const refused = (error: unknown): EncryptionFailure =>
  failure('not_a_key', 'refused', error instanceof Error ? error.message : String(error));

/** The public half as WebCrypto's. */
const importPublic = async (key: PublicKey, alg: string): Promise<CryptoKey | EncryptionFailure> => {
  try {
    const whole = await withPublicHalf(key);
    if (whole.kty === 'oct' || whole.material instanceof Uint8Array) return refused(key.kty);
    const imported = await importJWK(whole.material, alg);
    return imported instanceof CryptoKey ? imported : refused(key.kty);
  } catch (error) {
    return isUnsupported(error) ? failure('unsupported_here', key.variant ?? alg) : refused(error);
  }
};

/**
 * An encrypter by every algorithm that the decrypter knows, on jose; it imports each key once per algorithm. PBES2 takes the
 * octets of a secret for its password; AES-192 is refused where the browser lacks it, as Chromium does.
 */
export const createEncrypter = (): Encrypt => {
  const importOnce = createOncePerKey(importPublic);
  const takes192 = createAes192();

  /** What the platform cannot do of it, whatever the key. */
  const unsupported = async ({ alg, enc }: Algorithms): Promise<EncryptionFailure | undefined> => {
    for (const { name, aes192 } of [alg, enc]) {
      if (aes192 && !(await takes192(aes192))) return failure('unsupported_here', name);
    }
    return;
  };

  return async (plaintext, header, key) => {
    const algorithms = algorithmsOf(header);
    if ('state' in algorithms) return algorithms;
    const { alg, enc } = algorithms;
    const why = misfit(key, algorithms) ?? (await unsupported(algorithms));
    if (why) return why;
    const [parameters, crit] = [keyParameters(alg, header), criticalNames(header)];
    if ('state' in parameters) return parameters;
    if (!crit) return failure('header_member', 'crit');
    const own = key.kty === 'oct' ? key.bytes : await importOnce(key, alg.name);
    if ('state' in own) return own;
    const octets = typeof plaintext === 'string' ? new TextEncoder().encode(plaintext) : plaintext;
    const encrypting = new CompactEncrypt(octets).setProtectedHeader(outerHeader(header));
    try {
      return await encrypting.setKeyManagementParameters(parameters).encrypt(own, { crit });
    } catch {
      // Algorithms, lengths and keys have been asked before: the platform has not this mode.
      return failure('unsupported_here', enc.name);
    }
  };
};
