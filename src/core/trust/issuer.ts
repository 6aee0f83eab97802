import type { Decoded } from '../token/decoded.ts';

/** Characters by which issuers are told apart; a URL has fewer, and the claim may be of any length. */
const MAX_ISSUER = 1000;

/** The `iss` of a token (RFC 7519 section 4.1.1), cut; '' where it names none. */
export const issuerOf = ({ payload }: Decoded): string =>
  typeof payload?.iss === 'string' ? payload.iss.slice(0, MAX_ISSUER) : '';
