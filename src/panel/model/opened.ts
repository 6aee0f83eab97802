/** What of an opened token counts, where it has several layers. Pure. */
import type { Decoded, JsonObject } from '../../core/token/decoded.ts';
import type { DecryptionAnswer } from '../../core/trust/decryption.ts';
import type { Layer, Opened } from '../../core/trust/opened.ts';
import type { Disclosure, SdReading } from '../../core/trust/sd-reading.ts';
import type { SignatureAnswer } from '../../core/trust/signature.ts';

/** A token with what keys opened of it; nothing until they were tried. */
export interface Openable {
  readonly decoded: Decoded;
  readonly opened: Opened | undefined;
}

/** Tokens inside of tokens that are followed where no key is needed: as deep as the opener goes. */
const MAX_DEPTH = 5;

const innermost = (decoded: Decoded): Decoded => {
  let found = decoded;
  for (let depth = 1; depth < MAX_DEPTH && found.inner; depth++) found = found.inner;
  return found;
};

/** The token whose payload speaks: the innermost that has one; as captured, where nothing inside can be read. */
export const claimsOf = ({ decoded, opened }: Openable): Decoded =>
  opened
    ? (opened.layers.findLast((layer) => layer.decoded.payloadText !== undefined)?.decoded ?? decoded)
    : innermost(decoded);

/** The signature that counts: of the outermost token that has one. Undefined too while it is being checked. */
export const signatureOf = (opened: Opened | undefined): SignatureAnswer | undefined =>
  opened?.layers.find(({ signature }) => signature)?.signature;

/** The decryption that counts: the one that went no further, else the outermost. */
export const decryptionOf = (opened: Opened | undefined): DecryptionAnswer | undefined => {
  const all = opened?.layers.flatMap(({ decoded, decryption }) => (decoded.form === 'jwe' && decryption) || []) ?? [];
  return all.find(({ state }) => state !== 'decrypted') ?? all[0];
};

/** What the disclosures make of it, where it is an SD-JWT. */
export const sdOf = (opened: Opened | undefined): SdReading | undefined => opened?.layers.find(({ sd }) => sd)?.sd;

const isDisclosed = ({ state }: Disclosure): boolean => state === 'disclosed';

/**
 * The claims that tell when it may be used: with what was disclosed, where all of that holds; else those that the issuer
 * signed in the clear.
 */
export const datedClaims = ({ claims, opened }: Openable & { readonly claims: Decoded }): JsonObject | undefined => {
  const sd = opened?.layers.find(({ decoded }) => decoded === claims)?.sd;
  const holds = sd && !sd.hashUnsupported && !sd.digestsTwice && sd.disclosures.every(isDisclosed);
  return holds ? sd.claims : claims.payload;
};

/** Whether its content is out of reach. */
export const isSealed = ({ decoded, opened }: Openable): boolean => {
  const last: Layer | undefined = opened?.layers.at(-1);
  return last
    ? last.decoded.form === 'jwe' && last.decryption?.state !== 'decrypted'
    : innermost(decoded).form === 'jwe';
};
