import { readDerKey } from './der-key.ts';
import { readJwk } from './jwk.ts';
import type { KeyCandidate, KeyError, KeyReading } from './key.ts';
import { MAX_KEYS, TOO_MANY } from './max-keys.ts';
import { isOpenSsh, readOpenSsh } from './openssh.ts';
import { isPem, readPem } from './pem.ts';
import { readSecret, unquote } from './secret.ts';
import type { KeyFormat } from './signature.ts';

/** Characters. The largest sets in the wild are some 100 kB; product.md takes a fetched one up to 1 MB. */
export const MAX_KEY_TEXT = 1_048_576;

/** Every SEQUENCE in base64 whose length takes two octets or more starts like this; so do all keys but the smallest. */
const DER_START = /^M[A-P]/;

/** PuTTY's private key file, all versions. */
const PPK = /^\s*PuTTY-User-Key-File-\d/;

/** A text that means to be JSON of keys, and not a secret that happens to start with a bracket. */
const JSON_START = /^\s*(?:\{|\[\s*(?:\{|"M[A-P]))/;
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

/** Members of a set, as far as the bound goes. */
const readAll = <T>(values: readonly T[], read: (value: T) => KeyCandidate | KeyError) => {
  const all = values.slice(0, MAX_KEYS).map(read);
  return values.length > MAX_KEYS ? [...all, TOO_MANY] : all;
};

/** Base64 of DER without its PEM lines, as Keycloak shows a realm's key and `x5c` holds a certificate. */
const readBase64Der = (text: string): KeyCandidate | KeyError => {
  try {
    return readDerKey(Uint8Array.fromBase64(text));
  } catch {
    return { error: 'der' };
  }
};

/** What no shared secret looks like: a structure that is known, although it holds no key. */
const readBareDer = (text: string): KeyReading | undefined => {
  const read = readBase64Der(text);
  return 'error' in read && read.error === 'der' ? undefined : collect([read]);
};

const keysIn = (value: unknown): readonly unknown[] | undefined =>
  Array.isArray(value)
    ? value
    : typeof value === 'object' && value !== null && 'keys' in value && Array.isArray(value.keys)
      ? value.keys
      : undefined;

/** A certificate and those that vouch for it, as `x5c` has them (RFC 7515 section 4.1.6), or a key of a set. */
const readMember = (member: unknown): KeyCandidate | KeyError => {
  if (typeof member !== 'string') return readJwk(member, 'jwks');
  const read = readBase64Der(member);
  return 'error' in read && read.error === 'der' ? { error: 'not_a_jwk' } : read;
};

/** Certificates in PEM by `kid`, as Google and Firebase publish them. */
const readPemByKid = (value: unknown): readonly (KeyCandidate | KeyError)[] | undefined => {
  const entries: readonly (readonly [string, unknown])[] =
    typeof value === 'object' && value !== null ? Object.entries(value) : [];
  if (!entries.some(([, pem]) => isPem(pem)) || !entries.every(([, pem]) => isPem(pem))) return;
  return readAll(entries, ([kid, pem]) => {
    const read = readPem(String(pem))[0] ?? { error: 'no_keys' };
    return 'error' in read ? read : { ...read, kid };
  });
};

const readJson = (text: string): KeyReading | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    const keys = keysIn(value);
    if (!keys) return collect(readPemByKid(value) ?? [readJwk(value, 'jwk')]);
    return collect(readAll(keys, readMember), typeof keys[0] === 'string' ? undefined : 'jwks');
  } catch (error) {
    return JSON_OF_KEYS.test(text) ? { error: 'json', detail: error instanceof Error ? error.message : '' } : undefined;
  }
};

/**
 * Reads whatever was put into the key box: PEM (one block or more), JWK, JWKS, public lines and private files of OpenSSH,
 * DER in base64, `x5c`, else a shared secret. Of several keys at most MAX_KEYS are read.
 * Never throws. Formats by evidence: what looks like no key at all is a secret, since any text can be one.
 * @returns the candidates, at least one, of which the signature picks; or a closed error code.
 */
export const readKey = (text: string): KeyReading => {
  if (text === '') return { error: 'empty' };
  if (text.length > MAX_KEY_TEXT) return { error: 'too_large' };
  if (PPK.test(text)) return { error: 'ppk' };
  const bare = unquote(text.trim());
  const json = JSON_START.test(bare) ? readJson(bare) : undefined;
  // A JWK may have its own certificate beside it as PEM; any other JSON may hold PEM somewhere.
  if (json && !('error' in json)) return json;
  if (isPem(text)) return collect(readPem(text));
  if (isOpenSsh(bare)) return collect(readOpenSsh(bare));
  return json ?? (DER_START.test(bare) ? readBareDer(bare) : undefined) ?? collect(readSecret(text));
};
