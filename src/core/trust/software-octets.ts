import { inside, readDer } from './der.ts';
import type { Octets } from './software.ts';

/** A JWK's member as octets; throws where it is missing or no base64url. */
export const member = (value: string | undefined): Octets =>
  Uint8Array.fromBase64(value ?? '', { alphabet: 'base64url' });

/** What PKCS#8 (RFC 5958 section 2) holds as private key: the structure of the algorithm's own, inside its OCTET STRING. */
export const privateStructure = (pkcs8: Octets) => {
  const key = inside(readDer(pkcs8)?.[0])[2];
  const structure = key && readDer(key.content)?.[0];
  if (!structure) throw new RangeError('no private key in it');
  return structure;
};
