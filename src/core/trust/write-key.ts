import { calculateJwkThumbprint, type JWK } from 'jose';
import { spkiOf } from './certificate-key.ts';
import type { KeyCandidate, PublicKey } from './key.ts';
import { EC, idOf, PSS, RSA } from './key-ids.ts';
import { withPublicHalf } from './public-half.ts';
import { base64url } from './public-key.ts';
import { bitString, element, integer, joined, objectId, sequence } from './write-der.ts';
import { writePem } from './write-pem.ts';

type Octets = Uint8Array<ArrayBuffer>;

/** ASN.1 NULL: the parameters of RSA (RFC 3279 section 2.3.1). */
const NULL = element(5);
/** SEC 1 section 2.3.3 */
const UNCOMPRESSED = Uint8Array.of(4);

/** Members in order of name, as RFC 7638 section 3.3 hashes them. */
export const ordered = (material: JWK): JWK =>
  Object.fromEntries(Object.entries(material).sort(([a], [b]) => (a < b ? -1 : 1)));

/**
 * The key as a JWK (RFC 7517): the members that make it, in order of name, then `kid`, `use` and `alg`. Of a private key
 * the public half. Of a secret the secret itself (`k`). Undefined of a private key that came without its public half:
 * `withPublicHalf` goes before.
 */
export const toJwk = (key: KeyCandidate): JWK | undefined => {
  const material: JWK | Octets = key.kty === 'oct' ? { k: base64url(key.bytes), kty: 'oct' } : key.material;
  if (material instanceof Uint8Array) return;
  const { use, alg } = key.intent ?? {};
  return {
    ...ordered(material),
    ...(key.kid !== undefined && { kid: key.kid }),
    ...(use !== undefined && { use }),
    ...(alg !== undefined && { alg }),
  };
};

/** A member as octets; none where it is missing. Throws where it is no base64url. */
export const octets = (member: string | undefined): Octets =>
  Uint8Array.fromBase64(member ?? '', { alphabet: 'base64url' });

/** The AlgorithmIdentifier of an RSA key: RFC 3279 section 2.3.1, RFC 4055 section 1.2. */
export const rsaAlgorithm = ({ pssOnly }: PublicKey): Octets =>
  pssOnly ? sequence(objectId(PSS)) : sequence(objectId(RSA), NULL);

/** The public half of an EC key, uncompressed. */
export const ecPoint = ({ x, y }: JWK): Octets => joined(UNCOMPRESSED, octets(x), octets(y));

/** RFC 5280 section 4.1.2.7, with what each algorithm puts into it: RFC 3279, RFC 4055, RFC 5480, RFC 8410, RFC 9881. */
const writeSpki = (key: PublicKey, jwk: JWK): Octets | undefined => {
  const { kty, variant = '' } = key;
  const { n, e, x, pub } = jwk;
  if (kty === 'RSA') return sequence(rsaAlgorithm(key), bitString(sequence(integer(octets(n)), integer(octets(e)))));
  const id = idOf(variant);
  if (!id) return;
  return kty === 'EC'
    ? sequence(sequence(objectId(EC), objectId(id)), bitString(ecPoint(jwk)))
    : sequence(sequence(objectId(id)), bitString(octets(kty === 'AKP' ? pub : x)));
};

/**
 * The public key in PEM, as SPKI (RFC 7468 section 13); of a certificate what it holds itself. Undefined of a secret, of a
 * curve without an object identifier, and of a private key that came without its public half (`withPublicHalf`).
 */
export const toPem = (key: KeyCandidate): string | undefined => {
  if (key.kty === 'oct' || key.material instanceof Uint8Array) return;
  const spki = (key.certificate && spkiOf(key.certificate)) ?? writeSpki(key, key.material);
  return spki && writePem('PUBLIC KEY', spki);
};

/**
 * The thumbprint (RFC 7638) with SHA-256, base64url, as `jkt` and many a `kid` have it. Of a secret it is the hash of the
 * secret. Undefined where there is no public half to be had, or a member is empty. Never rejects.
 */
export const thumbprint = async (key: KeyCandidate): Promise<string | undefined> => {
  const jwk = toJwk(await withPublicHalf(key));
  try {
    return jwk && (await calculateJwkThumbprint(jwk));
  } catch {
    return;
  }
};

/** The public keys among these as the text of a JWK set (RFC 7517 section 5). Secrets are left out. */
export const publicSet = async (keys: readonly KeyCandidate[]): Promise<string> => {
  const whole = await Promise.all(keys.filter(({ kty }) => kty !== 'oct').map(withPublicHalf));
  return JSON.stringify({ keys: whole.flatMap((key) => toJwk(key) ?? []) }, undefined, 2);
};
