// Content may be a JSON serialisation (`cty: JOSE+JSON`), which `decode` then knows.
import './json-serialization.ts';
import { withNested } from './decode.ts';
import type { Decoded } from './decoded.ts';
import { MAX_COMPACT, type Reading, readClaims } from './reading.ts';
import { readUtf8 } from './utf8.ts';

/**
 * A JWE with its plaintext, read as the payload of a JWS would be: `payloadText`, `payload` where it is an object, and
 * `inner` where it is itself a token (RFC 7519 section 7.2 step 8).
 *
 * Takes the token as decoded and the octets as decrypted; problems of the content join those of the token, in the
 * segment `payload`; offsets are in octets for `utf8`, in the text for JSON. Content longer than MAX_COMPACT is
 * `too_large`, and not read. Linear; never throws.
 */
export const withContent = (decoded: Decoded, octets: Uint8Array): Decoded => {
  const { compact, segments, header } = decoded;
  const reading: Reading = { compact, segments, problems: [...decoded.problems] };
  if (octets.length > MAX_COMPACT) {
    reading.problems.push({ code: 'too_large', segment: 'payload', offset: MAX_COMPACT });
    return { ...decoded, problems: reading.problems };
  }
  const { text, invalidAt } = readUtf8(new Uint8Array(octets));
  if (invalidAt !== undefined) reading.problems.push({ code: 'utf8', segment: 'payload', offset: invalidAt });
  const claims = readClaims(reading, header, text);
  return withNested({ ...decoded, ...claims, problems: reading.problems });
};
