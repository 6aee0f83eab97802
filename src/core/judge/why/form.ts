/** Malformed, or unsecured: wrong at first sight. */
import type { ProblemCode } from '../../token/decoded.ts';
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

/** RFC 7519 section 7.2 steps 1 to 10, and `alg` none, which RFC 8725 section 3.2 wants refused. */
export const lookAtForm: LookAt = ({ token: { decoded, claims, signature } }) => {
  const problem = [...decoded.problems, ...claims.problems].find(({ code }) => FATAL.has(code));
  if (decoded.form === 'malformed' || problem) {
    const [first = undefined] = problem ? [problem] : decoded.problems;
    return found('malformed', 'malformed', [], first ? [evidence('detail', { problem: first })] : []);
  }
  if (signature?.state === 'malformed') {
    const { reason, detail = [] } = signature;
    return found('malformed', 'malformed', [], [evidence('detail', { signature: { reason, detail } })]);
  }
  if (decoded.form === 'unsecured') return found('unsecured', 'unsecured');
  return decoded.problems.length === 0 ? 'in_order' : undefined;
};
