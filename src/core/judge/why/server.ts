/** What the server itself says is wrong: its word comes before everything that is inferred. */

import { type Case, type Finding, found } from './look.ts';
import { disagreementsOf } from './proof.ts';
import { missingOf } from './scope.ts';

/** RFC 6750 section 3.1: the token was taken, and its scope is not enough. */
const scope = ({ token, words }: Case): Finding => {
  const missing = missingOf(token, words.scope);
  return typeof missing === 'object' ? missing : found('missing_scope', 'missing_scope_said');
};

/** RFC 9449 section 7.1: it was the proof. */
const proof = (one: Case): Finding => {
  const bad = disagreementsOf(one) ?? [];
  return bad.length > 0
    ? found('dpop_mismatch', 'dpop_proof', [{ checks: bad }])
    : found('dpop_mismatch', 'dpop_proof_said');
};

/** RFC 9470 section 3. */
const login = ({ words: { acr, maxAge } }: Case): Finding => {
  if (acr !== undefined) return found('weak_login', 'weak_login_acr', [acr]);
  if (maxAge !== undefined) return found('weak_login', 'weak_login_age', [{ ms: maxAge * 1000 }]);
  return found('weak_login', 'weak_login');
};

/** The finding that the `error` of a challenge names; undefined for those that leave open what it is, as `invalid_token`. */
export const saidByServer = (one: Case): Finding | undefined => {
  switch (one.words.error) {
    case 'insufficient_scope':
      return scope(one);
    case 'use_dpop_nonce':
      return found('dpop_nonce', 'dpop_nonce');
    case 'invalid_dpop_proof':
      return proof(one);
    case 'insufficient_user_authentication':
      return login(one);
    case 'insufficient_claims':
      return found('weak_login', 'weak_login_claims');
    default:
      return undefined;
  }
};
