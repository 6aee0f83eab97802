import { secp256k1 } from '@noble/curves/secp256k1.js';
import { inside } from './der.ts';
import type { Octets, Scheme } from './software.ts';
import { member, privateStructure } from './software-octets.ts';

/** SEC 1 section 2.3.3: the octet before the coordinates of a point that is not compressed. */
const UNCOMPRESSED = 4;
/** RFC 7518 section 6.2.1.2: each coordinate in as many octets as the curve's field takes. */
const COORDINATE = 32;
/** RFC 8812 section 3.2: r and s, 32 octets each. */
const SIGNATURE = 64;

/** RFC 5915: version, then the private number. */
const fromPkcs8 = (pkcs8: Octets): Octets => inside(privateStructure(pkcs8))[1]?.content ?? pkcs8;

/**
 * ES256K (RFC 8812 section 3.2): ECDSA on secp256k1 with SHA-256. Unlike Bitcoin, JOSE takes either of the two values of s;
 * so does every JOSE library that rests on OpenSSL.
 */
export const es256k: Scheme = {
  publicKey(material) {
    if (material instanceof Uint8Array) return secp256k1.getPublicKey(fromPkcs8(material), false);
    const [x, y] = [member(material.x), member(material.y)];
    const point = Uint8Array.of(UNCOMPRESSED, ...x, ...y);
    if (x.length !== COORDINATE || y.length !== COORDINATE || !secp256k1.utils.isValidPublicKey(point, false))
      throw new RangeError('not a point of secp256k1');
    return point;
  },
  verify: (signature, input, publicKey) =>
    signature.length === SIGNATURE && secp256k1.verify(signature, input, publicKey, { lowS: false }),
  privateKey: (material) => (material instanceof Uint8Array ? fromPkcs8(material) : member(material.d)),
  // r and s as they are, of what noble hashes with SHA-256; of s the lower value, which everybody takes.
  sign: (input, privateKey) => secp256k1.sign(input, privateKey),
};
