import * as v from 'valibot';
import { MAX_MODULUS, toNumber, toOctets } from './big-numbers.ts';
import { readDerKey } from './der-key.ts';
import type { KeyCandidate, KeyError } from './key.ts';
import { onlyPrivate, RSA_PRIVATE, rsaPrivate, withPrivate } from './private-key.ts';
import { curveKey, rsaKey } from './public-key.ts';
import type { KeyFormat } from './signature.ts';

const text = v.optional(v.fallback(v.string(), ''), '');

/** RFC 7517 section 4 and RFC 7518 section 6; a member of a wrong type counts as missing. */
const schema = v.looseObject({
  kty: v.string(),
  kid: v.fallback(v.optional(v.string()), undefined),
  alg: v.fallback(v.optional(v.string()), undefined),
  use: v.fallback(v.optional(v.string()), undefined),
  key_ops: v.fallback(v.optional(v.array(v.string())), undefined),
  crv: text,
  n: text,
  e: text,
  x: text,
  y: text,
  k: v.fallback(v.optional(v.string()), undefined),
  pub: text,
});

type Member = 'n' | 'e' | 'x' | 'y' | 'k' | 'pub';
type Jwk = v.InferOutput<typeof schema>;

/** base64url, and base64 too: keys are copied out of many tools. */
const octets = (encoded: string): Uint8Array<ArrayBuffer> | undefined => {
  try {
    return Uint8Array.fromBase64(encoded.replaceAll('+', '-').replaceAll('/', '_'), { alphabet: 'base64url' });
  } catch {
    return;
  }
};

const readMaterial = (jwk: Jwk, format: KeyFormat): KeyCandidate | KeyError => {
  let missing: string | undefined;
  const member = (name: Member): Uint8Array<ArrayBuffer> => {
    const bytes = octets(jwk[name] ?? '');
    if (!bytes || (bytes.length === 0 && !(name === 'k' && jwk.k === ''))) missing ??= name;
    return bytes ?? new Uint8Array();
  };
  const make = (): KeyCandidate | undefined => {
    switch (jwk.kty) {
      case 'RSA':
        return rsaKey(format, member('n'), member('e'));
      case 'EC':
        return curveKey(format, jwk.kty, jwk.crv, member('x'), member('y'));
      case 'OKP':
        return curveKey(format, jwk.kty, jwk.crv, member('x'));
      case 'AKP':
        return curveKey(format, jwk.kty, jwk.alg ?? '', member('pub'));
      case 'oct':
        return { format, kty: jwk.kty, bytes: member('k') };
      default:
        return;
    }
  };
  const key = make();
  if (!key) return { error: 'kty', detail: jwk.kty };
  if (key.kty !== 'oct' && key.variant === '') missing ??= jwk.kty === 'AKP' ? 'alg' : 'crv';
  return missing ? { error: 'member', detail: missing } : key;
};

/** A member of the private half, which no schema bothers with: it is there, or it is not. */
const own = (jwk: Jwk, name: string): Uint8Array<ArrayBuffer> | undefined => {
  const text = name in jwk ? jwk[name] : undefined;
  const bytes = typeof text === 'string' ? octets(text) : undefined;
  return bytes && bytes.length > 0 ? bytes : undefined;
};

/** RFC 8017 section 3.1: the modulus is the product of the primes, where it was left out. */
const modulusOf = (jwk: Jwk): Uint8Array<ArrayBuffer> | undefined => {
  const [p, q] = [own(jwk, 'p'), own(jwk, 'q')];
  return p && q && p.length + q.length <= MAX_MODULUS ? toOctets(toNumber(p) * toNumber(q)) : undefined;
};

const readPrivateRsa = (jwk: Jwk, read: KeyCandidate | KeyError, format: KeyFormat): KeyCandidate | KeyError => {
  const [n, e] = [jwk.n === '' ? modulusOf(jwk) : own(jwk, 'n'), own(jwk, 'e')];
  if (!n || !e) return read;
  const numbers = RSA_PRIVATE.map((name) => own(jwk, name));
  return rsaPrivate(format, n, e, 'oth' in jwk ? [] : numbers);
};

/** The public half came with it (RFC 7517 section 9.2 wants that), or it must be made out of the private one. */
const readPrivate = (jwk: Jwk, read: KeyCandidate | KeyError, format: KeyFormat): KeyCandidate | KeyError => {
  const { kty } = jwk;
  if (kty === 'RSA') return readPrivateRsa(jwk, read, format);
  if (kty !== 'EC' && kty !== 'OKP' && kty !== 'AKP') return read;
  const d = own(jwk, kty === 'AKP' ? 'priv' : 'd');
  if (!('error' in read)) return read.kty === 'oct' ? read : withPrivate(read, kty, d);
  const variant = kty === 'AKP' ? jwk.alg : jwk.crv;
  const absent = jwk[kty === 'AKP' ? 'pub' : 'x'] === '' && jwk.y === '';
  return (d && variant && absent ? onlyPrivate(format, kty, variant, d) : undefined) ?? read;
};

/** The first certificate of `x5c` (RFC 7517 section 4.7), if it is of this very key, as it must be. */
const certificateOf = (jwk: Jwk, key: KeyCandidate): Uint8Array<ArrayBuffer> | undefined => {
  const first: unknown = 'x5c' in jwk && Array.isArray(jwk.x5c) ? jwk.x5c[0] : undefined;
  const der = typeof first === 'string' ? octets(first) : undefined;
  const read = der && readDerKey(der);
  if (!read || 'error' in read || key.kty === 'oct') return;
  return JSON.stringify(read.material) === JSON.stringify(key.material) ? read.certificate : undefined;
};

/**
 * One JWK (RFC 7517), already parsed from JSON. A private one gives its public half and, beside it, `privateMaterial`.
 * Errors: `not_a_jwk`, `kty`, `member`.
 */
export const readJwk = (value: unknown, format: 'jwk' | 'jwks'): KeyCandidate | KeyError => {
  const parsed = v.safeParse(schema, value);
  if (!parsed.success) return { error: 'not_a_jwk' };
  const jwk = parsed.output;
  const read = readMaterial(jwk, format);
  const key = 'd' in jwk || 'priv' in jwk ? readPrivate(jwk, read, format) : read;
  if ('error' in key) return key;
  const { kid, alg, use, key_ops } = jwk;
  const certificate = certificateOf(jwk, key);
  return { ...key, ...(certificate && { certificate }), kid, intent: { alg, use, key_ops } };
};
