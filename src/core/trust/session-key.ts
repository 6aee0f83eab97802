import { calculateJwkThumbprint } from 'jose';
import { authjsRecipes, deriveSession } from './authjs.ts';
import type { SecretKey } from './key.ts';
import { base64url } from './public-key.ts';

/** Octets of the key of Auth.js 5, which looks for its `kid`; next-auth 4 has none. */
const NAMED = 64;

/**
 * The key by which Auth.js 5 (`A256CBC-HS512`) or next-auth 4 (`A256GCM`) seals a session with this secret, for `dir`; that of
 * Auth.js 5 with its `kid`, the thumbprint by SHA-512 (RFC 7638; @auth/core `jwt.js`, encode).
 * @param cookie the name of the cookie, which Auth.js 5 salts with
 * @returns undefined of another `enc`
 */
export const sessionKey = async (secret: SecretKey, enc: string, cookie: string): Promise<SecretKey | undefined> => {
  const [recipe] = authjsRecipes(enc, [cookie]);
  if (!recipe) return;
  const bytes = await deriveSession(secret.bytes, recipe);
  if (bytes.length !== NAMED) return { format: 'secret', kty: 'oct', bytes };
  return {
    format: 'secret',
    kty: 'oct',
    bytes,
    kid: await calculateJwkThumbprint({ kty: 'oct', k: base64url(bytes) }, 'sha512'),
  };
};
