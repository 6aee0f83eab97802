import * as v from 'valibot';
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

/** The public half came with it (RFC 7517 section 9.2 wants that), or it must be made out of the private one. */
const readPrivate = (jwk: Jwk, read: KeyCandidate | KeyError, format: KeyFormat): KeyCandidate | KeyError => {
  const { kty } = jwk;
  if (kty === 'RSA') {
    if ('error' in read || read.kty !== 'RSA') return read;
    const [n, e] = [octets(jwk.n), octets(jwk.e)];
    return n && e && !('oth' in jwk)
      ? rsaPrivate(
          format,
          n,
          e,
          RSA_PRIVATE.map((name) => own(jwk, name)),
        )
      : { ...read, fromPrivate: true };
  }
  if (kty !== 'EC' && kty !== 'OKP' && kty !== 'AKP') return read;
  const d = own(jwk, kty === 'AKP' ? 'priv' : 'd');
  if (!('error' in read)) return read.kty === 'oct' ? read : withPrivate(read, kty, d);
  const variant = kty === 'AKP' ? jwk.alg : jwk.crv;
  const absent = jwk[kty === 'AKP' ? 'pub' : 'x'] === '' && jwk.y === '';
  return (d && variant && absent ? onlyPrivate(format, kty, variant, d) : undefined) ?? read;
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
  return { ...key, kid, intent: { alg, use, key_ops } };
};
