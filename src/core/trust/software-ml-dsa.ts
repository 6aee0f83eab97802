import { ml_dsa44, ml_dsa65, ml_dsa87 } from '@noble/post-quantum/ml-dsa.js';
import { inside, TAG } from './der.ts';
import type { Octets, Scheme } from './software.ts';
import { member, privateStructure } from './software-octets.ts';

/** The long form. RFC 9881 section 6: the seed, the long form, or both, the seed first. */
const fromPkcs8 = (pkcs8: Octets, { keygen }: typeof ml_dsa44): Uint8Array => {
  const { tag, content } = privateStructure(pkcs8);
  if (tag === TAG.octets) return content;
  return keygen(tag === TAG.sequence ? inside({ tag, content })[0]?.content : content).secretKey;
};

/** FIPS 204, pure and with an empty context, as RFC 9964 takes it. */
const schemeOf = (dsa: typeof ml_dsa44): Scheme => ({
  publicKey(material) {
    if (material instanceof Uint8Array) return dsa.getPublicKey(fromPkcs8(material, dsa));
    const key = member(material.pub);
    if (key.length !== dsa.lengths.publicKey) throw new RangeError(`${key.length} octets`);
    return key;
  },
  verify: (signature, input, publicKey) =>
    signature.length === dsa.lengths.signature && dsa.verify(signature, input, publicKey),
  privateKey: (material) =>
    material instanceof Uint8Array ? fromPkcs8(material, dsa) : dsa.keygen(member(material.priv)).secretKey,
  sign: (input, privateKey) => dsa.sign(input, privateKey, { extraEntropy: false }),
});

export const mlDsa = {
  'ML-DSA-44': schemeOf(ml_dsa44),
  'ML-DSA-65': schemeOf(ml_dsa65),
  'ML-DSA-87': schemeOf(ml_dsa87),
} as const;
