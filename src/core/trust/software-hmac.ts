import { hmac } from '@noble/hashes/hmac.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';

const HASHES = { 'SHA-256': sha256, 'SHA-384': sha384, 'SHA-512': sha512 } as const;

/** HMAC (RFC 2104) with any key at all, the empty one too, which WebCrypto refuses. */
export const hmacOf = (hash: keyof typeof HASHES, key: Uint8Array, input: Uint8Array): Uint8Array =>
  hmac(HASHES[hash], key, input);
