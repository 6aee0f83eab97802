import type { KeyCandidate } from './key.ts';

/**
 * The key, with the members of its public half for `material`. Only a private key that came without it (PKCS#8, SEC 1 or
 * JWK) changes: it is computed here, by a chunk that loads then, and `privateMaterial` is a JWK from then on. Given back as
 * it came where it cannot be: what the private key says is no number of its curve. Never rejects.
 */
export const withPublicHalf = async (key: KeyCandidate): Promise<KeyCandidate> => {
  if (key.kty === 'oct' || !(key.material instanceof Uint8Array)) return key;
  const { derivePublic } = await import('./derive-public.ts');
  return derivePublic(key, key.material) ?? key;
};
