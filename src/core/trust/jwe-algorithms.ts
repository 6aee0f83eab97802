/** The JWE algorithms of the IANA registry "JSON Web Signature and Encryption Algorithms" (RFC 7518 sections 4 and 5). */

/** How the key that encrypts the content is had. */
export type Family = 'dir' | 'rsa' | 'ecdh' | 'aes' | 'pbes2';

/** The modes of AES that WebCrypto has; a browser may lack keys of 192 bits for any of them. */
export type AesMode = 'AES-KW' | 'AES-GCM' | 'AES-CBC';

export interface KeyManagement {
  readonly name: string;
  readonly family: Family;
  /** `aes` only: the length of the secret. */
  readonly bits?: number;
  /** Takes an AES key of 192 bits in this mode. */
  readonly aes192?: AesMode;
  /** Its `iv` and `tag` are header parameters (RFC 7518 section 4.7.1). */
  readonly gcm?: true;
  /** jose and WebCrypto lack it. */
  readonly lacking?: true;
}

export interface ContentEncryption {
  readonly name: string;
  /** Lengths of the content encryption key, the initialization vector and the authentication tag. */
  readonly keyBits: number;
  readonly ivBytes: number;
  readonly tagBytes: number;
  readonly aes192?: AesMode;
}

const SIZES = [128, 192, 256] as const;
const HASHES = { 128: 256, 192: 384, 256: 512 } as const;

const needs192 = (size: number, mode: AesMode) => (size === 192 ? { aes192: mode } : {});

const management: readonly KeyManagement[] = [
  { name: 'dir', family: 'dir' },
  { name: 'RSA1_5', family: 'rsa', lacking: true },
  ...['RSA-OAEP', 'RSA-OAEP-256', 'RSA-OAEP-384', 'RSA-OAEP-512'].map(
    (name): KeyManagement => ({ name, family: 'rsa' }),
  ),
  { name: 'ECDH-ES', family: 'ecdh' },
  ...SIZES.flatMap((size): KeyManagement[] => {
    const wraps = needs192(size, 'AES-KW');
    return [
      { name: `ECDH-ES+A${size}KW`, family: 'ecdh', ...wraps },
      { name: `A${size}KW`, family: 'aes', bits: size, ...wraps },
      { name: `A${size}GCMKW`, family: 'aes', bits: size, gcm: true, ...needs192(size, 'AES-GCM') },
      { name: `PBES2-HS${HASHES[size]}+A${size}KW`, family: 'pbes2', ...wraps },
    ];
  }),
];

const BITS_PER_BYTE = 8;

const encryption: readonly ContentEncryption[] = SIZES.flatMap((size): ContentEncryption[] => [
  { name: `A${size}GCM`, keyBits: size, ivBytes: 12, tagBytes: 16, ...needs192(size, 'AES-GCM') },
  {
    name: `A${size}CBC-HS${HASHES[size]}`,
    keyBits: size * 2,
    ivBytes: 16,
    tagBytes: size / BITS_PER_BYTE,
    ...needs192(size, 'AES-CBC'),
  },
]);

/** By `alg` of a JWE, which is case-sensitive (RFC 7516 section 4.1.1). */
export const KEY_MANAGEMENT: ReadonlyMap<string, KeyManagement> = new Map(management.map((row) => [row.name, row]));

/** By `enc` (RFC 7516 section 4.1.2). */
export const CONTENT_ENCRYPTION: ReadonlyMap<string, ContentEncryption> = new Map(
  encryption.map((row) => [row.name, row]),
);

/** Curves of a key agreement (RFC 7518 section 6.2.1.1, RFC 8037 section 3.2) that WebCrypto has. */
export const AGREEMENT_CURVES: ReadonlySet<string> = new Set(['P-256', 'P-384', 'P-521', 'X25519']);

/**
 * Members of a JWE's header that say how it is encrypted (RFC 7516 section 4.1, RFC 7518 section 4): set apart from the others,
 * or made anew each time.
 */
export const OWN_MEMBERS: ReadonlySet<string> = new Set(['alg', 'enc', 'zip', 'epk', 'iv', 'tag', 'p2s']);
