/** What the panel loads as one chunk, with the first token: all that needs cryptography. */
export { readKey } from './read-key.ts';
export { createVerifier } from './verify.ts';
