import type { FlattenedJWE } from 'jose';
import { isBase64url } from '../token/base64url.ts';
import type { Decoded, JsonObject } from '../token/decoded.ts';
import type { DecryptionAnswer, DecryptionReason } from './decryption.ts';
import {
  AGREEMENT_CURVES,
  CONTENT_ENCRYPTION,
  type ContentEncryption,
  KEY_MANAGEMENT,
  type KeyManagement,
} from './jwe-algorithms.ts';

/** An answer that did not decrypt, before it is known whose key it was. */
export type DecryptionFailure = Pick<DecryptionAnswer, 'state' | 'reason' | 'detail'>;

/** What stands to be decrypted. */
export interface Encrypted {
  readonly alg: KeyManagement;
  readonly enc: ContentEncryption;
  readonly header: JsonObject;
  /** As jose takes it. */
  readonly jwe: FlattenedJWE;
  /** Of a key agreement: the curve of `epk`. */
  readonly curve?: string;
  /** Of PBES2: `p2c`. */
  readonly iterations?: number;
}

/** Iterations of PBKDF2 that are worth nobody's question: some 50 ms. OWASP wants 600,000 of HS256, so some tokens ask. */
export const MAX_UNASKED_ITERATIONS = 100_000;

/** The cap of RFC 8725bis section 3.13: more is an attack on who decrypts. */
export const MAX_ITERATIONS = 1_200_000;

/** Octets of `p2s`; RFC 7518 section 4.8.1.1 wants 8 or more, and nobody uses more than a hash has. */
const MIN_SALT = 8;
const MAX_SALT = 1024;

/** Octets of plaintext that `zip` may give: jose's own limit. */
export const MAX_INFLATED = 250_000;

/**
 * Octets of ciphertext with `zip`. DEFLATE grows by a factor of 1,032 at most, and Chromium inflates all that it was
 * handed before jose can count: 48 kB take 40 ms at the worst, and the longest token that is captured 140.
 */
export const MAX_DEFLATED = 49_152;

const GCM_IV_BYTES = 12;
const GCM_TAG_BYTES = 16;
const BASE64URL = { alphabet: 'base64url' } as const;

const malformed = (reason: DecryptionReason, ...detail: readonly string[]): DecryptionFailure => ({
  state: 'malformed',
  reason,
  detail,
});
const uncheckable = (reason: DecryptionReason, ...detail: readonly string[]): DecryptionFailure => ({
  state: 'cannot_be_checked',
  reason,
  detail,
});

/** A text of a header as octets; undefined where it is none. */
const octets = (value: unknown): Uint8Array<ArrayBuffer> | undefined =>
  typeof value === 'string' && isBase64url(value) ? Uint8Array.fromBase64(value, BASE64URL) : undefined;

const lengthOf = (segment: string | undefined): number => Math.floor(((segment?.length ?? 0) * 3) / 4);

/** RFC 7516 section 4.1.13. Nothing is understood, since no extension of JWE is registered. */
const critical = ({ header, unprotected }: Decoded): DecryptionFailure | undefined => {
  const crit = header?.crit;
  if (crit === undefined) return;
  const name: unknown = Array.isArray(crit) && unprotected?.crit === undefined ? crit[0] : undefined;
  return typeof name === 'string' ? uncheckable('crit_unsupported', name) : malformed('crit_unsupported', 'crit');
};

/** RFC 7516 section 4.1.3: DEF or nothing, and protected. */
const compression = ({ header, unprotected, segments }: Decoded): DecryptionFailure | undefined => {
  const zip = header?.zip;
  if (zip === undefined) return;
  if (zip !== 'DEF') return uncheckable('zip_unknown', typeof zip === 'string' ? zip : JSON.stringify(zip));
  if (unprotected?.zip !== undefined) return malformed('header_member', 'zip');
  return lengthOf(segments[3]) > MAX_DEFLATED ? uncheckable('zip_too_large', String(MAX_DEFLATED)) : undefined;
};

const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'];

/** RFC 7518 section 4.6.1: a public key of a curve, and the two parties, of which no two are the same. */
const agreement = (header: JsonObject): DecryptionFailure | { readonly curve: string } => {
  const { epk, apu, apv } = header;
  if (typeof epk !== 'object' || epk === null || Array.isArray(epk)) return malformed('header_member', 'epk');
  const curve = 'crv' in epk ? epk.crv : undefined;
  if (typeof curve !== 'string' || PRIVATE_MEMBERS.some((name) => Object.hasOwn(epk, name)))
    return malformed('header_member', 'epk');
  for (const [name, value] of [
    ['apu', apu],
    ['apv', apv],
  ] as const) {
    if (value !== undefined && !octets(value)) return malformed('header_member', name);
  }
  if (apu !== undefined && apu === apv) return malformed('header_member', 'apv');
  return AGREEMENT_CURVES.has(curve) ? { curve } : uncheckable('unsupported_here', curve);
};

/** RFC 7518 section 4.8.1. */
const derivation = ({ p2s, p2c }: JsonObject): DecryptionFailure | { readonly iterations: number } => {
  const salt = octets(p2s)?.length ?? 0;
  if (salt < MIN_SALT || salt > MAX_SALT) return malformed('header_member', 'p2s');
  if (typeof p2c !== 'number' || !Number.isSafeInteger(p2c) || p2c < 1) return malformed('header_member', 'p2c');
  return p2c > MAX_ITERATIONS
    ? uncheckable('iterations_too_many', String(p2c), String(MAX_ITERATIONS))
    : { iterations: p2c };
};

/** The header parameters of the algorithm that wraps the key. */
const members = (
  { family, gcm }: KeyManagement,
  header: JsonObject,
): DecryptionFailure | Pick<Encrypted, 'curve' | 'iterations'> => {
  if (family === 'ecdh') return agreement(header);
  if (family === 'pbes2') return derivation(header);
  if (!gcm) return {};
  if (octets(header.iv)?.length !== GCM_IV_BYTES) return malformed('header_member', 'iv');
  return octets(header.tag)?.length === GCM_TAG_BYTES ? {} : malformed('header_member', 'tag');
};

/**
 * RFC 7516 section 5.2 steps 1 to 7. Stricter than a JWS, of which trailing bits are told beside the answer: here they
 * would let two tokens with one content pass for sealed.
 */
const isBroken = ({ form, segments, aad, problems }: Decoded, { ivBytes, tagBytes }: ContentEncryption): boolean =>
  form !== 'jwe' ||
  problems.some(({ code }) => code === 'member_type') ||
  segments.length !== 5 ||
  !segments.every(isBase64url) ||
  (aad !== undefined && !isBase64url(aad)) ||
  lengthOf(segments[2]) !== ivBytes ||
  lengthOf(segments[4]) !== tagBytes;

/** One recipient in the flattened syntax (RFC 7516 section 7.2.2), of which the compact one is a part; empty members are left out. */
const flattened = ({ segments, unprotected, aad }: Decoded): FlattenedJWE => {
  const [head, key, iv, ciphertext = '', tag] = segments;
  return {
    ...(head && { protected: head }),
    ...(key && { encrypted_key: key }),
    ...(iv && { iv }),
    ciphertext,
    ...(tag && { tag }),
    ...(unprotected && { header: { ...unprotected } }),
    ...(aad && { aad }),
  };
};

/** What can be said of a JWE before any key is tried (RFC 7516 section 5.2), or what there is to decrypt. */
export const answerBeforeKey = (decoded: Decoded): DecryptionFailure | Encrypted => {
  const { header } = decoded;
  if (!header) return malformed('encoding');
  if (typeof header.alg !== 'string') return malformed('alg_missing');
  if (typeof header.enc !== 'string') return malformed('enc_missing');
  const alg = KEY_MANAGEMENT.get(header.alg);
  const enc = CONTENT_ENCRYPTION.get(header.enc);
  if (!alg) return uncheckable('alg_unknown', header.alg);
  if (!enc) return uncheckable('enc_unknown', header.enc);
  if (decoded.whole) return uncheckable('content_removed');
  if (isBroken(decoded, enc)) return malformed('encoding');
  if (alg.lacking) return uncheckable('unsupported_here', alg.name);
  const failure = critical(decoded) ?? compression(decoded);
  if (failure) return failure;
  const found = members(alg, header);
  return 'state' in found ? found : { alg, enc, header, jwe: flattened(decoded), ...found };
};
