import { sha256 } from '@noble/hashes/sha2.js';

/** Strings remembered at most; a page repeats a handful, so the bound only stops a hostile one. */
const MAX_REMEMBERED = 4096;

const encoder = new TextEncoder();

/** A string as SHA-256 in base64url without padding: what names a token (TokenRecord.id) and a given key (RingKey.id). */
export const digest = (text: string): string =>
  sha256(encoder.encode(text)).toBase64({ alphabet: 'base64url', omitPadding: true });

/** `digest` that hashes a string once: the same token travels with every request. */
export const createTokenIds = (): ((compact: string) => string) => {
  const ids = new Map<string, string>();
  return (compact) => {
    const known = ids.get(compact);
    if (known !== undefined) return known;
    if (ids.size >= MAX_REMEMBERED) ids.clear();
    const id = digest(compact);
    ids.set(compact, id);
    return id;
  };
};
