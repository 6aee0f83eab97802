import type { JWK } from 'jose';
import { readJwk } from './jwk.ts';
import type { KeyCandidate, KeyError } from './key.ts';
import { readPem } from './pem.ts';

/** The largest sets in the wild have some dozens; each key is tried on tokens that name none. */
export const MAX_SET_KEYS = 100;
/** Characters of one key: 16,384-bit RSA takes 2,800, ML-DSA-87 takes 3,500. */
const MAX_MEMBERS = 8192;

/** Why a text is no set of public keys. */
export type SetErrorCode = 'not_json' | 'not_a_set' | 'empty_set';

export interface SetRead {
  /** At least one and MAX_SET_KEYS at most, none twice: the public members, what the key says of itself, nothing else. */
  readonly keys: readonly JWK[];
  /** Entries that are no public key, cannot be read, or are beyond the bound. */
  readonly skipped: number;
}

/** Of a private key the public half; of a secret nothing: it has no place in a set that is published. */
const publicMembers = (key: KeyCandidate | KeyError): JWK | undefined => {
  if ('error' in key || key.kty === 'oct' || key.material instanceof Uint8Array) return;
  const { alg, use, key_ops } = key.intent ?? {};
  const members = {
    ...key.material,
    ...(key.kid !== undefined && { kid: key.kid }),
    ...(alg !== undefined && { alg }),
    ...(use !== undefined && { use }),
    ...(key_ops && { key_ops: [...key_ops] }),
  };
  return JSON.stringify(members).length > MAX_MEMBERS ? undefined : members;
};

/** Google's other form: certificates in PEM by `kid` (https://www.googleapis.com/robot/v1/metadata/x509/…). */
const certificates = (value: object): readonly (KeyCandidate | KeyError)[] | undefined => {
  const entries = Object.entries(value);
  const isPem = ([, pem]: [string, unknown]): boolean =>
    typeof pem === 'string' && pem.startsWith('-----BEGIN CERTIFICATE-----');
  if (entries.length === 0 || !entries.every(isPem)) return;
  return entries
    .slice(0, MAX_SET_KEYS)
    .map(([kid, pem]) => ({ kid, ...(readPem(String(pem))[0] ?? { error: 'no_keys' }) }));
};

const readEntries = (value: unknown): readonly (KeyCandidate | KeyError)[] | undefined => {
  if (typeof value !== 'object' || value === null) return;
  if (!('keys' in value)) return certificates(value);
  if (!Array.isArray(value.keys)) return;
  return value.keys.slice(0, MAX_SET_KEYS).map((key: unknown) => readJwk(key, 'jwks'));
};

const entriesIn = (value: unknown): number => {
  if (typeof value !== 'object' || value === null) return 0;
  return 'keys' in value && Array.isArray(value.keys) ? value.keys.length : Object.keys(value).length;
};

/**
 * A set of public keys as it is published: JWK set (RFC 7517 section 5), or certificates by `kid`.
 * Errors: `not_json`, `not_a_set`, and `empty_set` where no entry is a public key.
 */
export const readSet = (text: string): SetRead | { readonly error: SetErrorCode } => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { error: 'not_json' };
  }
  const entries = readEntries(value);
  if (!entries) return { error: 'not_a_set' };
  const keys = new Map(
    entries.flatMap((entry) => {
      const members = publicMembers(entry);
      return members ? [[JSON.stringify(members), members] as const] : [];
    }),
  );
  const readable = entries.filter((entry) => publicMembers(entry)).length;
  return keys.size === 0 ? { error: 'empty_set' } : { keys: [...keys.values()], skipped: entriesIn(value) - readable };
};
