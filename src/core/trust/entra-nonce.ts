import type { Decoded } from '../token/decoded.ts';
import { issuerOf } from './issuer.ts';

/** The hosts of Entra ID's issuers, in its public and national clouds. */
const ENTRA = /^(?:sts\.windows\.net|login\.microsoftonline\.(?:com|us)|login\.partner\.microsoftonline\.cn)$/;

/**
 * Whether the token is one of Entra ID's for Microsoft's own APIs (Graph above all): those have a `nonce` in the header,
 * and are signed with another value in its place than the one that is sent. As it stands no key of theirs verifies it, so
 * that a signature which does not hold says nothing.
 */
export const hasEntraNonce = (decoded: Decoded): boolean =>
  typeof decoded.header?.nonce === 'string' && ENTRA.test(URL.parse(issuerOf(decoded))?.hostname ?? '');
