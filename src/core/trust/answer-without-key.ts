import { isBase64url } from '../token/base64url.ts';
import type { Decoded, Problem } from '../token/decoded.ts';
import { explainAlg } from '../token/glossary.ts';
import { ALGORITHMS, type Algorithm } from './algorithms.ts';
import { critical, isUnencoded } from './critical.ts';
import type { Failure } from './fit.ts';
import type { SignatureReason } from './signature.ts';

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
  'member_type', // only of a JSON serialisation
]);

const isBroken = ({ form, header, problems, segments }: Decoded): boolean => {
  if (form === 'malformed' || !header) return true;
  if (problems.length === 0) return false;
  return (
    problems.some(({ code }) => BREAKING.has(code)) ||
    // Of a token this long the decoder has read the header only.
    (problems.some(({ code }) => code === 'too_large') && !segments.every(isBase64url))
  );
};

/** The IANA registry: names of WebCrypto's, which rest on SHA-1 and are prohibited. */
const PROHIBITED: ReadonlySet<string> = new Set(['HS1', 'RS1']);

/** Names that the registry has, and that sign nothing: those of JWE, and those it prohibits. */
const notInTable = (name: string): SignatureReason =>
  PROHIBITED.has(name) ? 'alg_prohibited' : explainAlg(name) ? 'alg_not_signature' : 'alg_unknown';

const ENCRYPTED: Failure = { state: 'cannot_be_checked', reason: 'encrypted' };
const REMOVED: Failure = { state: 'cannot_be_checked', reason: 'signature_removed' };
export const BROKEN: Failure = { state: 'malformed', reason: 'encoding' };

/** The signature algorithm of that name, or why nothing is signed with it. Case counts, but for `none`. */
export const signatureAlgorithm = (name: string): Failure | Algorithm => {
  const alg = ALGORITHMS.get(name);
  if (alg ? !alg.kty : name.toLowerCase() === 'none') return { state: 'unsecured', reason: 'unsecured' };
  return alg ?? { state: 'cannot_be_checked', reason: notInTable(name), detail: [name] };
};

/**
 * What can be said before any key is tried, or the algorithm to check with.
 * @param name the algorithm: the header's, or the one that is forced
 */
export const answerWithoutKey = (decoded: Decoded, name: unknown): Failure | Algorithm => {
  if (decoded.form === 'jwe') return ENCRYPTED;
  const failure = decoded.form === 'malformed' ? undefined : critical(decoded);
  if (failure?.reason === 'b64_not_critical') return failure;
  if (isBroken(decoded)) return BROKEN;
  if (typeof name !== 'string') return { state: 'malformed', reason: 'alg_missing' };
  // The decoder calls `none` unsecured in any case; a forced algorithm overrides it.
  const alg = signatureAlgorithm(name);
  if ('state' in alg) return alg;
  if (!decoded.segments[2]) return decoded.whole?.[2] ? REMOVED : { state: 'malformed', reason: 'signature_empty' };
  if (failure) return failure;
  // Half of a surrogate pair is no character, and has no octets that could have been signed.
  if (isUnencoded(decoded) && !decoded.segments[1]?.isWellFormed()) return BROKEN;
  return alg;
};
