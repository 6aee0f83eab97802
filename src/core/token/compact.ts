import type { Decoded } from './decoded.ts';
import {
  checkRest,
  formOf,
  isDetached,
  isEncrypted,
  JWE,
  JWS,
  MAX_COMPACT,
  type Reading,
  readHeader,
  readPayload,
} from './reading.ts';

/** Three and five mean something; a hostile string of dots must not become a million parts. What follows is left out. */
export const MAX_SEGMENTS = 16;

/**
 * Reads a compact serialisation (see `decode`), of an SD-JWT the issuer-signed JWT alone.
 * @param jwt the compact string, without the tail of an SD-JWT
 */
export const readCompact = (compact: string, jwt = compact): Decoded => {
  const segments = jwt.split('.', MAX_SEGMENTS);
  const reading: Reading = { compact, segments, problems: [] };
  const isLarge = compact.length > MAX_COMPACT;
  if (isLarge) reading.problems.push({ code: 'too_large', segment: 'token', offset: MAX_COMPACT });
  const head = (segments[0]?.length ?? 0) > MAX_COMPACT ? {} : readHeader(reading);
  const isJwe = head.header ? isEncrypted(head.header) : segments.length === JWE.length;
  if (segments.length !== JWS.length && !(isJwe && segments.length === JWE.length)) {
    const detail = segments.length < MAX_SEGMENTS ? String(segments.length) : `${MAX_SEGMENTS}+`;
    reading.problems.push({ code: 'segments', segment: 'token', offset: 0, detail });
  }
  const body = isJwe || isLarge ? {} : readPayload(reading, head.header);
  if (!isLarge) checkRest(reading, isJwe ? JWE : JWS, head.header);
  const form = formOf(reading, head.header);
  const { problems } = reading;
  return { compact, form, segments, ...head, ...body, problems, ...(isDetached(form, segments) && { detached: true }) };
};
