/** The public half of a private key, by @noble: a chunk of its own, which loads when a private key comes without it. */

import { ed448, x448 } from '@noble/curves/ed448.js';
import { ed25519, x25519 } from '@noble/curves/ed25519.js';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { ml_dsa44, ml_dsa65, ml_dsa87 } from '@noble/post-quantum/ml-dsa.js';
import { inside, readDer, TAG } from './der.ts';
import { readPoint } from './ec-point.ts';
import type { PublicKey } from './key.ts';
import { withPrivate } from './private-key.ts';
import { curveKey } from './public-key.ts';

type Octets = Uint8Array<ArrayBuffer>;

/** FIPS 186-5: a point, uncompressed. */
const EC = new Map([
  ['P-256', p256],
  ['P-384', p384],
  ['P-521', p521],
  ['secp256k1', secp256k1],
]);

/** RFC 8032 and RFC 7748 */
const OKP = new Map<string | undefined, { readonly getPublicKey: (d: Octets) => Uint8Array }>([
  ['Ed25519', ed25519],
  ['Ed448', ed448],
  ['X25519', x25519],
  ['X448', x448],
]);

/** FIPS 204 */
const AKP = new Map<string | undefined, typeof ml_dsa44>([
  ['ML-DSA-44', ml_dsa44],
  ['ML-DSA-65', ml_dsa65],
  ['ML-DSA-87', ml_dsa87],
]);

/** What the algorithm itself puts into PKCS#8 (RFC 5958 section 2). */
const privateKeyIn = (pkcs8: Octets) => readDer(inside(readDer(pkcs8)?.[0])[2]?.content ?? pkcs8)?.[0];

interface Halves {
  readonly kty: 'EC' | 'OKP' | 'AKP';
  readonly key: PublicKey;
  /** What stands for the private half in a JWK; absent where only the long form of ML-DSA is there. */
  readonly own?: Octets;
}

const derive = ({ format, kty, variant = '' }: PublicKey, pkcs8: Octets): Halves | undefined => {
  const inner = privateKeyIn(pkcs8);
  if (!inner || kty === 'RSA') return;
  if (kty === 'EC') {
    // RFC 5915: version, private key
    const own = inside(inner)[1]?.content ?? pkcs8;
    const point = EC.get(variant)?.getPublicKey(own, false);
    const read = point && readPoint(variant, new Uint8Array(point));
    return read && { kty, key: curveKey(format, kty, variant, read.x, read.y), own };
  }
  if (kty === 'OKP') {
    const own = inner.content;
    const x = OKP.get(variant)?.getPublicKey(own);
    return x && { kty, key: curveKey(format, kty, variant, new Uint8Array(x)), own };
  }
  // RFC 9881 section 6: the seed, the long form, or both
  const scheme = AKP.get(variant);
  const seed = inner.tag === TAG.sequence ? inside(inner)[0]?.content : inner.content;
  const own = inner.tag === TAG.octets ? undefined : seed;
  const pub = own ? scheme?.keygen(own).publicKey : scheme?.getPublicKey(inner.content);
  return pub && { kty, key: curveKey(format, kty, variant, new Uint8Array(pub)), own };
};

/**
 * The key with its public members for `material`, and a private JWK for `privateMaterial`; undefined where its private
 * number is none of the curve.
 */
export const derivePublic = (key: PublicKey, pkcs8: Octets): PublicKey | undefined => {
  try {
    const halves = derive(key, pkcs8);
    if (!halves) return;
    const { material, privateMaterial = key.privateMaterial } = withPrivate(halves.key, halves.kty, halves.own);
    return { ...key, material, privateMaterial };
  } catch {
    return;
  }
};
