/** The object identifiers of keys, and how long their parts are. */

/** id-RSASSA-PSS: the same key, for PSS only (RFC 4055 section 1.2). */
export const PSS = '1.2.840.113549.1.1.10';
export const RSA = '1.2.840.113549.1.1.1';
export const EC = '1.2.840.10045.2.1';

/** By object identifier (RFC 5480 section 2.1.1.1, SEC 2). */
export const EC_CURVES: ReadonlyMap<string, string> = new Map([
  ['1.2.840.10045.3.1.7', 'P-256'],
  ['1.3.132.0.34', 'P-384'],
  ['1.3.132.0.35', 'P-521'],
  ['1.3.132.0.10', 'secp256k1'],
]);

/** Octets of a coordinate, and of a private number, of each curve (RFC 7518 sections 6.2.1.2 and 6.2.2.1). */
export const EC_SIZES: ReadonlyMap<string, number> = new Map([
  ['P-256', 32],
  ['P-384', 48],
  ['P-521', 66],
  ['secp256k1', 32],
]);

/** RFC 8410 (OKP) and RFC 9881 (AKP): the algorithm alone names the key. */
export const VARIANTS: ReadonlyMap<string, readonly ['OKP' | 'AKP', string]> = new Map([
  ['1.3.101.110', ['OKP', 'X25519']],
  ['1.3.101.111', ['OKP', 'X448']],
  ['1.3.101.112', ['OKP', 'Ed25519']],
  ['1.3.101.113', ['OKP', 'Ed448']],
  ['2.16.840.1.101.3.4.3.17', ['AKP', 'ML-DSA-44']],
  ['2.16.840.1.101.3.4.3.18', ['AKP', 'ML-DSA-65']],
  ['2.16.840.1.101.3.4.3.19', ['AKP', 'ML-DSA-87']],
]);

const ids: ReadonlyMap<string, string> = new Map([
  ...[...EC_CURVES].map(([id, name]) => [name, id] as const),
  ...[...VARIANTS].map(([id, [, name]]) => [name, id] as const),
]);

/** The object identifier of a curve or parameter set, by the name that JWK has for it; undefined where it is not known here. */
export const idOf = (name: string): string | undefined => ids.get(name);
