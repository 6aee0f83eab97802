import type { Decoded } from '../token/decoded.ts';

/**
 * What a JWS signature is computed over: `BASE64URL(header) || '.' || BASE64URL(payload)` (RFC 7515 section 5.1),
 * exactly as it stands in the token. Missing segments count as empty.
 */
export const signingInput = (decoded: Decoded): string => `${decoded.segments[0] ?? ''}.${decoded.segments[1] ?? ''}`;
