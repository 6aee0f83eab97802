import type { JsonObject } from '../token/decoded.ts';
import { readJwk } from './jwk.ts';
import type { KeyCandidate } from './key.ts';
import { readKey } from './read-key.ts';
import type { RingKey } from './signature.ts';
import type { Trial } from './trials.ts';

/** The proofs of one client carry one key, and hostile tokens each another: what was read is forgotten beyond this many. */
const MAX_REMEMBERED = 100;

/** Characters: twice what the largest keys take, a certificate of RSA 4096 or a JWK of ML-DSA-87. */
const MAX_TEXT = 8192;

/** RFC 7515 section 4.1.6: base64, not base64url, and nothing around it. */
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

const ringKey = (id: 'jwk' | 'x5c'): RingKey => ({ id, text: '', provenance: 'token', issuer: '', addedAt: 0 });
const JWK_KEY = ringKey('jwk');
const X5C_KEY = ringKey('x5c');

/** A JWK's public key. A private or symmetric one is no key to check with (RFC 7515 section 4.1.3). */
export const publicJwk = (value: unknown): KeyCandidate | undefined => {
  const key = readJwk(value, 'jwk');
  return 'error' in key || key.kty === 'oct' || key.fromPrivate ? undefined : key;
};

/** The first certificate is that of the key (RFC 7515 section 4.1.6); whether the chain is trusted is not asked here. */
const leaf = (text: string): KeyCandidate | undefined => {
  const reading = BASE64.test(text) ? readKey(text) : { error: 'der' as const };
  return 'error' in reading ? undefined : reading.candidates.find(({ format }) => format === 'x509');
};

/**
 * Gives the keys that a token brought along, in `jwk` and the leaf of `x5c`, each to be tried where no key of the ring
 * decides: anybody can have put them there (CVE-2018-0114). What is no public key is left out.
 */
export const createEmbedded = (): ((header: JsonObject) => readonly Trial[]) => {
  const remembered = new Map<string, readonly Trial[]>();
  const once = (text: string, given: RingKey, read: () => KeyCandidate | undefined): readonly Trial[] => {
    const known = remembered.get(text);
    if (known) return known;
    const candidate = read();
    const trials = candidate ? [{ given, candidate }] : [];
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    if (text.length <= MAX_TEXT) remembered.set(text, trials);
    return trials;
  };
  return ({ jwk, x5c }) => {
    const certificate: unknown = Array.isArray(x5c) ? x5c[0] : undefined;
    return [
      ...(typeof jwk === 'object' && jwk !== null ? once(JSON.stringify(jwk), JWK_KEY, () => publicJwk(jwk)) : []),
      ...(typeof certificate === 'string' ? once(certificate, X5C_KEY, () => leaf(certificate)) : []),
    ];
  };
};
