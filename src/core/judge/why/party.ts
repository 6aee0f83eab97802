/** Who made a token and for whom (RFC 7519 sections 4.1.1 and 4.1.3), against the policy, and against what was accepted. */
import { type Case, claimsOf, comparedWith, found, type Look, type LookAt, listed, policyCheck } from './look.ts';

const texts = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');

/** What the policy says of it; undefined where it says nothing. */
const byPolicy = (one: Case, name: 'issuer' | 'audience'): Look => {
  const check = policyCheck(one, name);
  if (check?.state === 'pass') return 'in_order';
  if (check?.state !== 'fail') return undefined;
  return found(`wrong_${name}`, 'policy', [{ check }]);
};

/** Against the tokens that were accepted: only where each of them has the claim, since else the API does not ask for it. */
const byAccepted = (one: Case, claim: 'iss' | 'aud', own: readonly string[]): Look => {
  const name = claim === 'iss' ? 'issuer' : 'audience';
  const theirs = one.comparable.map(({ token }) => texts(claimsOf(token)?.[claim]));
  if (theirs.length === 0 || theirs.some((values) => values.length === 0)) return undefined;
  const known = new Set(theirs.flat());
  if (own.some((value) => known.has(value))) return 'in_order';
  const compared = [comparedWith(one.comparable)];
  return own.length === 0
    ? found(`wrong_${name}`, `wrong_${name}_none`, [listed(known)], compared)
    : found(`wrong_${name}`, `wrong_${name}`, [listed(own), listed(known)], compared);
};

const lookAt =
  (claim: 'iss' | 'aud'): LookAt =>
  (one) => {
    const claims = claimsOf(one.token);
    if (!claims) return undefined;
    const own = texts(claims[claim]);
    return byPolicy(one, claim === 'iss' ? 'issuer' : 'audience') ?? byAccepted(one, claim, own);
  };

export const lookAtIssuer: LookAt = lookAt('iss');
export const lookAtAudience: LookAt = lookAt('aud');

/**
 * An audience that all tokens had which were accepted, and this one lacks, although it shares another with one of them:
 * weaker, since the shared one may be enough.
 */
export const lookAtCommonAudience: LookAt = (one) => {
  const own = texts(claimsOf(one.token)?.aud);
  const [first, ...rest] = one.comparable;
  if (!first || own.length === 0 || policyCheck(one, 'audience')?.state === 'pass') return undefined;
  const audiences = texts(claimsOf(first.token)?.aud);
  if (audiences.every((value) => own.includes(value))) return undefined;
  const others = rest.map(({ token }) => new Set(texts(claimsOf(token)?.aud)));
  const common = audiences.filter((value) => others.every((values) => values.has(value)));
  if (common.length === 0 || common.some((value) => own.includes(value))) return undefined;
  return found('wrong_audience', 'wrong_audience_lacks', [listed(own), listed(common)], [comparedWith(one.comparable)]);
};
