import { readCompact } from './compact.ts';
import type { Decoded } from './decoded.ts';
import { readers } from './forms.ts';
import { MAX_NESTING, nestedIn } from './nested.ts';
import { MAX_COMPACT } from './reading.ts';
import { readTail, tailStart } from './sd-tail.ts';

/** A compact string, with or without the tail of an SD-JWT (RFC 9901 section 4). */
const readString = (compact: string): Decoded => {
  const start = tailStart(compact);
  if (start === undefined) return readCompact(compact);
  const decoded = readCompact(compact, compact.slice(0, start));
  if (compact.length > MAX_COMPACT) return decoded;
  const { disclosures, problems, bound } = readTail(compact, start);
  return {
    ...decoded,
    problems: [...decoded.problems, ...problems],
    disclosures,
    ...(bound !== undefined && { keyBinding: readCompact(bound) }),
  };
};

/** The token with the one that it holds, down to MAX_NESTING. */
const withInner = (decoded: Decoded, level: number): Decoded => {
  const text = nestedIn(decoded);
  if (text === undefined) return decoded;
  if (level === MAX_NESTING) {
    const problem = { code: 'too_deep', segment: 'payload', offset: 0, line: 1, column: 1 } as const;
    return { ...decoded, problems: [...decoded.problems, problem] };
  }
  return { ...decoded, inner: withInner(readAny(text), level + 1) };
};

const readAny = (text: string): Decoded => {
  for (const read of readers) {
    const decoded = read(text);
    if (decoded) return decoded;
  }
  return readString(text);
};

/**
 * Reads one token as far as it can be read: a compact string (JWS, RFC 7515 section 7.1; JWE, RFC 7516 section 7.1;
 * unsecured, RFC 7515 appendix A.5; SD-JWT, RFC 9901 section 4), or, where json-serialization.ts is loaded, the text of a
 * JSON serialisation (sections 7.2 of both, RFC 9901 section 8). Any string will do; of a compact one nothing is trimmed.
 * Nothing is verified or decrypted. A payload that is itself a token is read as `inner`, five deep.
 *
 * `form` is `malformed` where the header is not one whole JSON object, or the segments are neither three nor, with `enc`
 * in the header, five; a payload is read even then, unless `enc` (or five segments, where the header tells nothing) says
 * JWE. Problems stand in the order in which they were met. Linear; never throws.
 */
export const decode = (text: string): Decoded => withInner(readAny(text), 0);

/** Of a payload that came to light later, as `decode` does. */
export const withNested = (decoded: Decoded): Decoded => withInner(decoded, 0);
