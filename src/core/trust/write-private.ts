import type { JWK } from 'jose';
import type { KeyCandidate, PublicKey } from './key.ts';
import { RSA_PRIVATE, wrapPkcs8, writePkcs8 } from './private-key.ts';
import { integer, sequence } from './write-der.ts';
import { ecPoint, octets, ordered, rsaAlgorithm, toJwk } from './write-key.ts';
import { writePem } from './write-pem.ts';

type Octets = Uint8Array<ArrayBuffer>;

/** RFC 8017 appendix A.1.2: that of a key of two primes. */
const TWO_PRIMES = integer(Uint8Array.of(0));

/** The private half as a JWK; undefined of a public key, and of one that is only there as PKCS#8. */
const privateMembers = (key: KeyCandidate): JWK | undefined =>
  key.kty === 'oct' || key.privateMaterial instanceof Uint8Array ? undefined : key.privateMaterial;

/**
 * The whole key as a JWK: the private members too (RFC 7518 section 6), then `kid`, `use` and `alg`; of a secret the secret.
 * Undefined of a public key, and of a private one that came without its public half: `withPublicHalf` goes before.
 */
export const toPrivateJwk = (key: KeyCandidate): JWK | undefined => {
  const jwk = toJwk(key);
  if (key.kty === 'oct') return jwk;
  const own = privateMembers(key);
  return own && jwk && { ...ordered(own), ...jwk };
};

const structureOf = (key: PublicKey, jwk: JWK): Octets | undefined => {
  const { kty, variant = '' } = key;
  if (kty !== 'RSA')
    return writePkcs8(kty, variant, octets(kty === 'AKP' ? jwk.priv : jwk.d), kty === 'EC' ? ecPoint(jwk) : undefined);
  const numbers = (['n', 'e', ...RSA_PRIVATE] as const).map((name) => integer(octets(jwk[name])));
  return wrapPkcs8(rsaAlgorithm(key), sequence(TWO_PRIMES, ...numbers));
};

/**
 * The private key in PEM, as PKCS#8 (RFC 5958, RFC 7468 section 10) without a passphrase; of ML-DSA its seed (RFC 9881
 * section 6). Undefined of a secret, of a public key, and of a curve without an object identifier.
 */
export const toPrivatePem = (key: KeyCandidate): string | undefined => {
  if (key.kty === 'oct') return;
  const { privateMaterial } = key;
  const pkcs8 =
    privateMaterial instanceof Uint8Array ? privateMaterial : privateMaterial && structureOf(key, privateMaterial);
  return pkcs8 && writePem('PRIVATE KEY', pkcs8);
};
