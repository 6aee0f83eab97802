import type { Problem } from './decoded.ts';

/** Ten times what a credential of a state has; each costs a hash. */
export const MAX_DISCLOSURES = 1_000;

/**
 * Where the disclosures begin behind the issuer-signed JWT (RFC 9901 section 4): at a tilde. Undefined: no SD-JWT. Two dots
 * stand before it; behind one, it is part of an unencoded payload (RFC 7797).
 */
export const tailStart = (compact: string): number | undefined => {
  const tilde = compact.indexOf('~');
  const jwt = tilde < 0 ? '' : compact.slice(0, tilde);
  return jwt.includes('.', jwt.indexOf('.') + 1) && jwt.includes('.') ? tilde : undefined;
};

export interface SdTail {
  readonly disclosures: readonly string[];
  /** The key-binding JWT behind the last tilde. */
  readonly bound?: string;
  readonly problems: readonly Problem[];
}

/**
 * Takes a compact SD-JWT and where its first tilde stands; gives what follows (RFC 9901 section 4). Problems:
 * `tilde_missing` where the last disclosure is not closed, and `too_many` (detail: the bound), behind which none is read.
 */
export const readTail = (compact: string, start: number): SdTail => {
  const problems: Problem[] = [];
  const end = compact.lastIndexOf('~');
  const last = compact.slice(end + 1);
  const disclosures = end > start ? compact.slice(start + 1, end).split('~', MAX_DISCLOSURES + 1) : [];
  const isOpen = last !== '' && !last.includes('.');
  if (isOpen) {
    disclosures.push(last);
    problems.push({ code: 'tilde_missing', segment: 'token', offset: compact.length });
  }
  if (disclosures.length > MAX_DISCLOSURES) {
    disclosures.length = MAX_DISCLOSURES;
    problems.push({ code: 'too_many', segment: 'token', offset: start, detail: String(MAX_DISCLOSURES) });
  }
  return { disclosures, problems, ...(last !== '' && !isOpen && { bound: last }) };
};
