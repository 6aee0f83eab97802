import { readDerKey } from './der-key.ts';
import { readJwk } from './jwk.ts';
import type { KeyCandidate, KeyError, KeyReading } from './key.ts';
import { isPem, readPem } from './pem.ts';
import { readSecret, unquote } from './secret.ts';
import type { KeyFormat } from './signature.ts';

/** Characters. The largest sets in the wild are some 100 kB; product.md takes a fetched one up to 1 MB. */
export const MAX_KEY_TEXT = 1_048_576;

/** Every SEQUENCE in base64 whose length takes two octets or more starts like this; so do all keys but the smallest. */
const DER_START = /^M[A-P]/;

/** A text that means to be JSON of keys, and not a secret that happens to start with a bracket. */
const JSON_START = /^\s*(?:\{|\[\s*\{)/;
const JSON_OF_KEYS = /"(?:kty|keys)"/;

const collect = (read: readonly (KeyCandidate | KeyError)[], format?: KeyFormat): KeyReading => {
  const candidates: KeyCandidate[] = [];
  const skipped: KeyError[] = [];
  for (const one of read) {
    if ('error' in one) skipped.push(one);
    else candidates.push(one);
  }
  const [first] = candidates;
  return first ? { format: format ?? first.format, candidates, skipped } : (skipped[0] ?? { error: 'no_keys' });
};

const readJson = (text: string): KeyReading | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    const keys = Array.isArray(value)
      ? value
      : typeof value === 'object' && value !== null && 'keys' in value && Array.isArray(value.keys)
        ? value.keys
        : undefined;
    return keys
      ? collect(
          keys.map((key: unknown) => readJwk(key, 'jwks')),
          'jwks',
        )
      : collect([readJwk(value, 'jwk')]);
  } catch (error) {
    return JSON_OF_KEYS.test(text) ? { error: 'json', detail: error instanceof Error ? error.message : '' } : undefined;
  }
};

/** Base64 of DER without its PEM lines, as Keycloak shows a realm's key and `x5c` holds a certificate. */
const readBareDer = (text: string): KeyReading | undefined => {
  try {
    const key = readDerKey(Uint8Array.fromBase64(text));
    return 'error' in key ? undefined : collect([key]);
  } catch {
    return;
  }
};

/**
 * Reads whatever was put into the key box: PEM (one block or more), JWK, JWKS, DER in base64, else a shared secret.
 * Never throws. Formats by evidence: what looks like no key at all is a secret, since any text can be one.
 * @returns the candidates, at least one, of which the signature picks; or a closed error code.
 */
export const readKey = (text: string): KeyReading => {
  if (text === '') return { error: 'empty' };
  if (text.length > MAX_KEY_TEXT) return { error: 'too_large' };
  if (isPem(text)) return collect(readPem(text));
  const bare = unquote(text.trim());
  return (
    (JSON_START.test(bare) ? readJson(bare) : undefined) ??
    (DER_START.test(bare) ? readBareDer(bare) : undefined) ??
    collect(readSecret(text))
  );
};
