import type { Decoded } from './decoded.ts';
import { JWT_TYPE, TOKEN_START } from './reading.ts';

/** Tokens inside each other that are read. Nobody nests deeper than a signature in an encryption in a signature. */
export const MAX_NESTING = 5;

/** RFC 7515 section 4.1.10: any JOSE object, compact or in JSON. */
const JOSE_TYPE = /^(?:application\/)?jose(\+json)?$/i;

/**
 * The text that is itself a token: the payload whose `cty` says so (RFC 7519 section 5.2), or that begins like one. A claims
 * set is none, even where `cty` says JWT, as some libraries write by mistake. Any Decoded will do.
 */
export const nestedIn = ({ header, payload, payloadText = '' }: Decoded): string | undefined => {
  const cty = typeof header?.cty === 'string' ? header.cty : '';
  const jose = JOSE_TYPE.exec(cty);
  const isSaid = payload ? jose?.[1] !== undefined : (jose !== null || JWT_TYPE.test(cty)) && payloadText.includes('.');
  return isSaid || TOKEN_START.test(payloadText) ? payloadText : undefined;
};
