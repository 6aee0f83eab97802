import type { KeyError } from './key.ts';

/** Keys read out of one text. The largest sets in the wild have some dozens; each takes up to half a millisecond to read. */
export const MAX_KEYS = 1000;

/** Behind the last key that was read, where more of them stand. */
export const TOO_MANY: KeyError = { error: 'too_many', detail: String(MAX_KEYS) };
