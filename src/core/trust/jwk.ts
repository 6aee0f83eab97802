import * as v from 'valibot';
import type { KeyCandidate, KeyError } from './key.ts';
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

/** base64url, and base64 too: keys are copied out of many tools. */
const octets = (encoded: string): Uint8Array<ArrayBuffer> | undefined => {
  try {
    return Uint8Array.fromBase64(encoded.replaceAll('+', '-').replaceAll('/', '_'), { alphabet: 'base64url' });
  } catch {
    return;
  }
};

const readMaterial = (jwk: v.InferOutput<typeof schema>, format: KeyFormat): KeyCandidate | KeyError => {
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

/**
 * One JWK (RFC 7517), already parsed from JSON; of a private one only the public half is taken.
 * Errors: `not_a_jwk`, `kty`, `member`.
 */
export const readJwk = (value: unknown, format: 'jwk' | 'jwks'): KeyCandidate | KeyError => {
  const parsed = v.safeParse(schema, value);
  if (!parsed.success) return { error: 'not_a_jwk' };
  const jwk = parsed.output;
  const key = readMaterial(jwk, format);
  if ('error' in key) return key;
  const { kid, alg, use, key_ops } = jwk;
  const named = { ...key, kid, intent: { alg, use, key_ops } };
  return named.kty !== 'oct' && ('d' in jwk || 'priv' in jwk) ? { ...named, fromPrivate: true } : named;
};
