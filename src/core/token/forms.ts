import type { Decoded } from './decoded.ts';

/**
 * Readers of what is no compact string; each gives undefined for what is not of its kind. The one of JSON serialisations adds
 * itself when it is loaded: such a token is only ever pasted, or decrypted, and what reads pasted or decrypted text brings
 * it along, so that the panel's first load need not.
 */
export const readers = new Set<(text: string) => Decoded | undefined>();
