/** Malformed, or unsecured: wrong at first sight. */
import type { Problem, ProblemCode } from '../../token/decoded.ts';
import type { Evidence, SentToken } from '../diagnosis.ts';
import { evidence, found, type LookAt } from './look.ts';

/** With one of these no library makes a JWT of it (RFC 7519 section 7.2), whatever else is said of the signature. */
const FATAL: ReadonlySet<ProblemCode> = new Set([
  'segments',
  'empty_segment',
  'character',
  'length',
  'truncated',
  'json',
  'not_object',
]);

/** Where it breaks: what the decoder found, or else what the verifier did. */
const where = ({ decoded, signature }: SentToken, fatal: Problem | undefined): Evidence[] => {
  const problem = fatal ?? decoded.problems[0];
  if (problem) return [evidence('detail', { problem })];
  return signature
    ? [evidence('detail', { signature: { reason: signature.reason, detail: signature.detail ?? [] } })]
    : [];
};

/** RFC 7519 section 7.2 steps 1 to 10, and `alg` none, which RFC 8725 section 3.2 wants refused. */
export const lookAtForm: LookAt = ({ token }) => {
  const { decoded, claims, signature } = token;
  const fatal = [...decoded.problems, ...claims.problems].find(({ code }) => FATAL.has(code));
  if (fatal || decoded.form === 'malformed' || signature?.state === 'malformed') {
    return found('malformed', 'malformed', [], where(token, fatal));
  }
  if (decoded.form === 'unsecured') return found('unsecured', 'unsecured');
  return decoded.problems.length === 0 ? 'in_order' : undefined;
};
