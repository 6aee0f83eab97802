/** DPoP: a token that is bound to a key, and the proof that its holder has it (RFC 9449 section 7.1). */
import { isObject } from '../../token/reading.ts';
import type { CheckName } from '../../trust/check.ts';
import type { SentToken } from '../diagnosis.ts';
import { type Case, claimsOf, found, type LookAt } from './look.ts';

const isProof = ({ kind }: SentToken): boolean => kind === 'dpop_proof';

const isBound = (token: SentToken): boolean => {
  const cnf = claimsOf(token)?.cnf;
  return isObject(cnf) && typeof cnf.jkt === 'string';
};

/** What disagrees with the request, of the token and of the proofs beside it; undefined until anything was checked. */
export const disagreementsOf = ({ token, input }: Case): readonly CheckName[] | undefined => {
  const proofs = isProof(token) ? [] : input.sent.filter(isProof);
  const checks = [token, ...proofs].flatMap((one) => one.checks ?? []);
  if (checks.length === 0) return undefined;
  const bad = checks.filter(({ state }) => state === 'mismatch' || state === 'missing');
  return [...new Set(bad.map(({ name }) => name))];
};

/** Only of what stands in `Authorization`, and of proofs. */
export const lookAtProof: LookAt = (one) => {
  const { token, input } = one;
  const { kind, name, scheme = '' } = token.place;
  if (kind === 'request_header' && name === 'authorization') {
    const isDpop = scheme.toLowerCase() === 'dpop';
    if (!isDpop && isBound(token)) return found('dpop_mismatch', 'dpop_as_bearer');
    if (isDpop && !input.sent.some(isProof)) return found('dpop_mismatch', 'dpop_no_proof');
  }
  const bad = disagreementsOf(one);
  if (bad === undefined) return undefined;
  return bad.length > 0 ? found('dpop_mismatch', 'dpop_proof', [{ checks: bad }]) : 'in_order';
};
