import { type Algorithm, MIN_RSA_BITS, SOFTWARE_CURVES } from './algorithms.ts';
import { signatureAlgorithm } from './answer-without-key.ts';
import type { Failure } from './fit.ts';
import { CONTENT_ENCRYPTION, KEY_MANAGEMENT, type KeyManagement } from './jwe-algorithms.ts';
import { readJwk } from './jwk.ts';
import type { KeyCandidate, KeyError } from './key.ts';
import { onlyPrivate, PRIVATE_SIZES } from './private-key.ts';
import { withPublicHalf } from './public-half.ts';
import type { GeneratedKey, RandomOctets } from './signing.ts';
import { thumbprint, toJwk, toPem } from './write-key.ts';
import { toPrivateJwk, toPrivatePem } from './write-private.ts';

const BITS_PER_BYTE = 8;

/** With F4 for the public exponent, which every library takes. The hash is none of the key's. */
const RSA: RsaHashedKeyGenParams = {
  name: 'RSA-PSS',
  modulusLength: MIN_RSA_BITS,
  publicExponent: Uint8Array.of(1, 0, 1),
  hash: 'SHA-256',
};

/** Octets of a password for PBES2: as much entropy as the longest key that is wrapped with it. */
const PASSWORD = 32;

/** A number beyond the order of secp256k1 is one in 2^128; of the other curves any number will do. */
const MAX_DRAWS = 2;

/** What is to be made. */
type Plan =
  | { readonly kty: 'oct'; readonly octets: number }
  | { readonly kty: 'RSA' }
  | { readonly kty: 'EC' | 'OKP' | 'AKP'; readonly variant: string };

const secretOf = (bits: number): Plan => ({ kty: 'oct', octets: bits / BITS_PER_BYTE });

const signingPlan = ({ kty = 'oct', variants = [], hash = 'SHA-256' }: Algorithm): Plan => {
  // RFC 7518 section 3.2: as long as the hash, or longer.
  if (kty === 'oct') return secretOf(Number(hash.slice('SHA-'.length)));
  return kty === 'RSA' ? { kty } : { kty, variant: variants[0] ?? '' };
};

const notMade = (name: string): Failure => ({ state: 'cannot_be_checked', reason: 'no_key_made', detail: [name] });

const encryptionPlan = ({ name, family, bits, lacking }: KeyManagement, enc: string): Plan | Failure => {
  if (lacking) return notMade(name);
  if (family === 'rsa') return { kty: 'RSA' };
  if (family === 'ecdh') return { kty: 'EC', variant: 'P-256' };
  if (family === 'pbes2') return { kty: 'oct', octets: PASSWORD };
  const length = bits ?? CONTENT_ENCRYPTION.get(enc)?.keyBits;
  return length === undefined ? notMade(enc) : secretOf(length);
};

const planFor = (alg: string, enc: string): Plan | Failure => {
  const management = KEY_MANAGEMENT.get(alg);
  if (management) return encryptionPlan(management, enc);
  const signature = signatureAlgorithm(alg);
  return 'state' in signature ? signature : signingPlan(signature);
};

const makeOnPlatform = async (parameters: RsaHashedKeyGenParams | EcKeyGenParams): Promise<KeyCandidate | KeyError> => {
  const { privateKey } = await crypto.subtle.generateKey(parameters, true, ['sign', 'verify']);
  return readJwk(await crypto.subtle.exportKey('jwk', privateKey), 'jwk');
};

const draw = async (kty: 'EC' | 'OKP' | 'AKP', variant: string, random: RandomOctets): Promise<KeyCandidate> => {
  for (let drawn = 0; drawn < MAX_DRAWS; drawn++) {
    const bare = onlyPrivate('jwk', kty, variant, random(PRIVATE_SIZES.get(variant) ?? 0));
    const key = bare && (await withPublicHalf(bare));
    if (key && toJwk(key)) return key;
  }
  throw new RangeError(variant);
};

const make = async (plan: Plan, random: RandomOctets): Promise<KeyCandidate | KeyError> => {
  if (plan.kty === 'oct') return { format: 'jwk', kty: plan.kty, bytes: random(plan.octets) };
  if (plan.kty === 'RSA') return makeOnPlatform(RSA);
  const { kty, variant } = plan;
  const isOnPlatform = kty === 'EC' && !SOFTWARE_CURVES.has(variant);
  return isOnPlatform ? makeOnPlatform({ name: 'ECDSA', namedCurve: variant }) : draw(kty, variant, random);
};

const inLines = (jwk: unknown): string => JSON.stringify(jwk, undefined, 2);

/**
 * Makes a key for an algorithm: of JWS, or of JWE where a key is managed (RFC 7518 sections 3 and 4). RSA has 2048 bits, a
 * secret is as long as the hash or as the key that it stands for, EdDSA is Ed25519, ECDH-ES P-256. Its `kid` is the
 * thumbprint (RFC 7638), of a secret too: this one is random, so that nothing can be guessed from the hash. Its `alg` and
 * `use` are told.
 * @param random where secrets come from, and the private numbers that the platform does not make: RSA and the curves of
 * NIST are its own
 * @param enc for `dir`, which takes a secret of that algorithm's length
 * @returns the key in every form; or that the name is none, or that this browser cannot make one. Never rejects
 */
export const generateKey = async (
  alg: string,
  random: RandomOctets,
  enc = 'A256GCM',
): Promise<GeneratedKey | Failure> => {
  const plan = planFor(alg, enc);
  if ('state' in plan) return plan;
  try {
    const made = await make(plan, random);
    if ('error' in made) return notMade(alg);
    const intent = { alg, use: KEY_MANAGEMENT.has(alg) ? 'enc' : 'sig' };
    const key: KeyCandidate = { ...made, kid: await thumbprint(made), intent };
    const isPair = key.kty !== 'oct';
    return {
      key,
      jwk: inLines(toPrivateJwk(key)),
      ...(isPair && { publicJwk: inLines(toJwk(key)), pem: toPrivatePem(key), publicPem: toPem(key) }),
    };
  } catch {
    // A chunk that does not load, or a browser that makes no such key.
    return notMade(alg);
  }
};
