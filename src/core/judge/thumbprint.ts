import type { JsonObject } from '../token/decoded.ts';
import { hashOf } from '../token/hash.ts';
import { isObject } from '../token/reading.ts';

/** The members that make a public key, by `kty` and in order of name (RFC 7638 section 3.2, RFC 8037 section 2, RFC 9964). */
const PUBLIC: Readonly<Record<string, readonly string[]>> = {
  EC: ['crv', 'kty', 'x', 'y'],
  OKP: ['crv', 'kty', 'x'],
  RSA: ['e', 'kty', 'n'],
  AKP: ['alg', 'kty', 'pub'],
};

/** The members that make it a private one, or a secret (RFC 7518 section 6, RFC 8037, RFC 9964). */
const PRIVATE: readonly string[] = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'];

/** A JWK's members that make the public key, in order of name; undefined where one is missing, no string, or the `kty` unknown. */
export const publicMembers = (jwk: JsonObject): readonly string[] | undefined => {
  const { kty } = jwk;
  const names = typeof kty === 'string' && Object.hasOwn(PUBLIC, kty) ? PUBLIC[kty] : undefined;
  return names?.every((name) => typeof jwk[name] === 'string') ? names : undefined;
};

/** The members of a JWK that nobody but its owner should have, by name. */
export const privateMembers = (jwk: JsonObject): readonly string[] =>
  PRIVATE.filter((name) => Object.hasOwn(jwk, name));

/** The SHA-256 thumbprint of a JWK (RFC 7638), base64url; undefined where it is no public key. Never rejects. */
export const thumbprint = async (jwk: unknown): Promise<string | undefined> => {
  if (!isObject(jwk)) return undefined;
  const names = publicMembers(jwk);
  return names && hashOf('SHA-256', JSON.stringify(Object.fromEntries(names.map((name) => [name, jwk[name]]))));
};
