/** What stands where something was that has no name of its own. */
export const MASK = '***';

const PLACEHOLDER = /^token-\d+$/;

/** Whether nothing is left to be taken out: it was, or a captured token is told by its name. */
export const isTakenOut = (value: string): boolean => value === '' || value === MASK || PLACEHOLDER.test(value);

/** Yes, no, nothing and moments (RFC 3339): no secret, whatever they are called. A day alone may be a password. */
const NO_SECRET = /^(?:true|false|null|undefined|\d{4}-\d\d-\d\dT(?:[\d.:+Z-]|%3A|%2B){5,40})$/i;

/** Whether a value under the name of a secret may stay. */
export const mayStay = (value: string): boolean => isTakenOut(value) || NO_SECRET.test(value);

/** Names that are taken out already, and what stands between them. */
const TAKEN_OUT = /\btoken-\d+\b|\*\*\*|%(?:25)*[0-9A-F]{2}|[^\p{L}\p{N}]/giu;

/** Whether a list or an object holds nothing else. */
export const isAllTakenOut = (text: string): boolean => text.replace(TAKEN_OUT, '') === '';
