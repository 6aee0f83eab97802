import { ed448 as curve } from '@noble/curves/ed448.js';
import type { Scheme } from './software.ts';
import { member, privateStructure } from './software-octets.ts';

/** RFC 8032 section 5.2.6: R and S, 57 octets each. */
const SIGNATURE = 114;

/** Ed448 (RFC 8037 section 3.1, RFC 9864 section 2.2): pure EdDSA with an empty context; points as RFC 8032 wants them. */
export const ed448: Scheme = {
  publicKey(material) {
    if (material instanceof Uint8Array) return curve.getPublicKey(privateStructure(material).content);
    const point = member(material.x);
    if (!curve.utils.isValidPublicKey(point, false)) throw new RangeError('not a point of Ed448');
    return point;
  },
  verify: (signature, input, publicKey) =>
    signature.length === SIGNATURE && curve.verify(signature, input, publicKey, { zip215: false }),
  privateKey: (material) => (material instanceof Uint8Array ? privateStructure(material).content : member(material.d)),
  sign: (input, privateKey) => curve.sign(input, privateKey),
};
