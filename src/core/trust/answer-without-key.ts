import { isBase64url } from '../token/base64url.ts';
import type { Decoded, JsonObject, Problem } from '../token/decoded.ts';
import { ALGORITHMS, type Algorithm } from './algorithms.ts';
import type { Failure } from './fit.ts';

/**
 * RFC 7515 section 5.2 steps 2 to 8: with one of these the JWS is invalid, whatever the key. Trailing bits leave the octets
 * clear, so there the mathematics decides and the problem is told beside.
 */
const BREAKING: ReadonlySet<Problem['code']> = new Set([
  'segments',
  'character',
  'padding',
  'white_space',
  'length',
  'truncated',
]);

const isBroken = ({ form, header, problems, segments }: Decoded): boolean =>
  form === 'malformed' ||
  !header ||
  problems.some(({ code }) => BREAKING.has(code)) ||
  // Of a token this long the decoder has read the header only.
  (problems.some(({ code }) => code === 'too_large') && !segments.every(isBase64url));

/** Extensions that are understood; `b64` (RFC 7797) will be the first. */
const UNDERSTOOD: ReadonlySet<unknown> = new Set();

/** RFC 7515 section 4.1.11: a list of names, not empty; one that is not understood makes the JWS impossible to judge. */
const critical = (header: JsonObject): Failure | undefined => {
  const { crit } = header;
  if (crit === undefined) return;
  if (!Array.isArray(crit) || crit.length === 0)
    return { state: 'malformed', reason: 'crit_unsupported', detail: ['crit'] };
  const name: unknown = crit.find((one) => !UNDERSTOOD.has(one));
  return name === undefined
    ? undefined
    : { state: 'cannot_be_checked', reason: 'crit_unsupported', detail: [String(name)] };
};

/** What stands to be checked: the algorithm, and the octets of both sides. */
export interface Checkable {
  readonly alg: Algorithm;
  readonly signature: Uint8Array<ArrayBuffer>;
}

/**
 * What can be said before any key is tried, or what there is to check.
 * @param name the algorithm: the header's, or the one that is forced
 */
export const answerWithoutKey = (decoded: Decoded, name: unknown): Failure | Checkable => {
  if (decoded.form === 'jwe') return { state: 'cannot_be_checked', reason: 'encrypted' };
  if (isBroken(decoded)) return { state: 'malformed', reason: 'encoding' };
  if (typeof name !== 'string') return { state: 'malformed', reason: 'alg_missing' };
  const alg = ALGORITHMS.get(name);
  // The decoder calls `none` unsecured in any case; a forced algorithm overrides it.
  if (name.toLowerCase() === 'none') return { state: 'unsecured', reason: 'unsecured' };
  if (!alg) return { state: 'cannot_be_checked', reason: 'alg_unknown', detail: [name] };
  const segment = decoded.segments[2] ?? '';
  if (segment === '') return { state: 'malformed', reason: 'signature_empty' };
  const failure = critical(decoded.header ?? {});
  if (failure) return failure;
  if (!alg.parameters) return { state: 'cannot_be_checked', reason: 'alg_unsupported_here', detail: [name] };
  try {
    return { alg, signature: Uint8Array.fromBase64(segment, { alphabet: 'base64url' }) };
  } catch {
    return { state: 'malformed', reason: 'encoding' };
  }
};
