/** What the panel loads as one chunk, with the first token: all that needs cryptography. */
export { describeCertificate } from './certificate.ts';
export { getKeys } from './get-keys.ts';
export { joinSet } from './join-set.ts';
export { createOpener } from './open.ts';
export { withPublicHalf } from './public-half.ts';
export { readKey } from './read-key.ts';
export { createVerifier } from './verify.ts';
export { publicSet, thumbprint, toJwk, toPem } from './write-key.ts';
