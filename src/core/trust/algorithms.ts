/** The JWS algorithms of the IANA registry "JSON Web Signature and Encryption Algorithms" (RFC 7518, 8037, 8812, 9864, 9964). */

export type KeyType = 'oct' | 'RSA' | 'EC' | 'OKP' | 'AKP';

export interface Algorithm {
  readonly name: string;
  /** Absent for `none`. */
  readonly kty?: KeyType;
  /** What the key must be: its `crv` (EC, OKP) or its `alg` (AKP); any of them. */
  readonly variants?: readonly string[];
  /** The digest inside, which is also the length of the HMAC and of the PSS salt. */
  readonly hash?: `SHA-${256 | 384 | 512}`;
  /** For `subtle.verify`. Absent: no browser has it, and software.ts computes it. */
  readonly parameters?: AlgorithmIdentifier | RsaPssParams | EcdsaParams;
}

/** RFC 7518 sections 3.3 and 3.5: "A key of size 2048 bits or larger MUST be used". */
export const MIN_RSA_BITS = 2048;

const SIZES = [256, 384, 512] as const;
const CURVES = { 256: 'P-256', 384: 'P-384', 512: 'P-521' } as const;
const BITS_PER_BYTE = 8;

const table: readonly Algorithm[] = [
  ...SIZES.flatMap((size): Algorithm[] => {
    const hash = `SHA-${size}` as const;
    const saltLength = size / BITS_PER_BYTE;
    return [
      { name: `HS${size}`, kty: 'oct', hash, parameters: 'HMAC' },
      { name: `RS${size}`, kty: 'RSA', hash, parameters: 'RSASSA-PKCS1-v1_5' },
      { name: `PS${size}`, kty: 'RSA', hash, parameters: { name: 'RSA-PSS', saltLength } },
      { name: `ES${size}`, kty: 'EC', variants: [CURVES[size]], hash, parameters: { name: 'ECDSA', hash } },
    ];
  }),
  { name: 'ES256K', kty: 'EC', variants: ['secp256k1'], hash: 'SHA-256' },
  { name: 'EdDSA', kty: 'OKP', variants: ['Ed25519', 'Ed448'], parameters: 'Ed25519' },
  { name: 'Ed25519', kty: 'OKP', variants: ['Ed25519'], parameters: 'Ed25519' },
  { name: 'Ed448', kty: 'OKP', variants: ['Ed448'] },
  ...['ML-DSA-44', 'ML-DSA-65', 'ML-DSA-87'].map(
    (name): Algorithm => ({ name, kty: 'AKP', variants: [name], parameters: name }),
  ),
  { name: 'none' },
];

/** RFC 8812 section 3.2 and RFC 9864 section 2.2: curves that the browsers lack, whatever algorithm names them. */
export const SOFTWARE_CURVES: ReadonlySet<string> = new Set(['secp256k1', 'Ed448']);

/** By `alg`, which is case-sensitive (RFC 7515 section 4.1.1). An algorithm that is not in it is unknown. */
export const ALGORITHMS: ReadonlyMap<string, Algorithm> = new Map(table.map((row) => [row.name, row]));
