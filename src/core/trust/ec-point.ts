import { Field } from '@noble/curves/abstract/modular.js';
import { toNumber, toOctets } from './big-numbers.ts';
import { EC_SIZES } from './key-ids.ts';

type Octets = Uint8Array<ArrayBuffer>;

/** y² = x³ + ax + b over the field of p; SEC 2 and FIPS 186-5 have the numbers. */
interface Curve {
  readonly p: bigint;
  readonly a: bigint;
  readonly b: bigint;
}

const CURVES: ReadonlyMap<string, Curve> = new Map([
  [
    'P-256',
    {
      p: 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn,
      a: -3n,
      b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
    },
  ],
  [
    'P-384',
    {
      p: 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffffn,
      a: -3n,
      b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
    },
  ],
  [
    'P-521',
    {
      p: 2n ** 521n - 1n,
      a: -3n,
      b: 0x0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
    },
  ],
  ['secp256k1', { p: 2n ** 256n - 2n ** 32n - 977n, a: 0n, b: 7n }],
]);

/** The y of an x, of which only whether it is odd is known; undefined where no point of the curve has that x. */
const yOf = ({ p, a, b }: Curve, x: bigint, odd: boolean): bigint | undefined => {
  if (x >= p) return;
  const field = Field(p);
  try {
    // The square root of all four fields is one power, since p is 3 modulo 4.
    const y = field.sqrt(field.create((x * x + a) * x + b));
    return (y & 1n) === (odd ? 1n : 0n) ? y : field.neg(y);
  } catch {
    return;
  }
};

/** SEC 1 section 2.3.3: how a point begins. Hybrid is uncompressed, and says beside whether y is odd. */
const COMPRESSED_EVEN = 2;
const COMPRESSED_ODD = 3;
const WHOLE: ReadonlySet<number | undefined> = new Set([4, 6, 7]);

/**
 * The coordinates of a point as SEC 1 section 2.3.3 writes it: compressed, uncompressed or hybrid. `curve` is JWK's `crv`.
 * Undefined where the octets are no point of the curve. That a whole point lies on it is for the browser to check.
 */
export const readPoint = (curve: string, octets: Octets): { readonly x: Octets; readonly y: Octets } | undefined => {
  const size = EC_SIZES.get(curve) ?? 0;
  const numbers = CURVES.get(curve);
  const [head, body] = [octets[0], octets.subarray(1)];
  if (WHOLE.has(head) && body.length === 2 * size) return { x: body.subarray(0, size), y: body.subarray(size) };
  if ((head !== COMPRESSED_EVEN && head !== COMPRESSED_ODD) || body.length !== size || !numbers) return;
  const y = yOf(numbers, toNumber(body), head === COMPRESSED_ODD);
  return y === undefined ? undefined : { x: body, y: toOctets(y, size) };
};
