/** What a policy asks of the claims, and of `typ`. */
import type { JsonObject } from '../token/decoded.ts';
import { shown, shownAll } from '../token/shown.ts';
import { holdsRule } from './claim-rule.ts';
import { findClaim, rolesOf, scopesOf, textsOf } from './find-claim.ts';
import type { ClaimRule, Policy, PolicyCheck } from './policy.ts';
import { check } from './policy-token.ts';

const own = (object: JsonObject, name: string): unknown => (Object.hasOwn(object, name) ? object[name] : undefined);

const withoutSlash = (text: string): string => text.replace(/\/$/, '');

/** Exact, no URL is made of it (RFC 8725 section 3.8, OpenID Connect Core section 3.1.3.7). */
export const checkIssuer = ({ issuers }: Policy, claims: JsonObject): PolicyCheck => {
  const issuer = own(claims, 'iss');
  const wanted = shownAll(issuers);
  if (issuer === undefined) return check('issuer', 'fail', 'issuer_fail_missing', wanted);
  if (typeof issuer !== 'string') return check('issuer', 'fail', 'issuer_fail', shown(issuer), wanted);
  if (issuers.includes(issuer)) return check('issuer', 'pass', 'issuer_pass', shown(issuer));
  const isNear = issuers.some((one) => withoutSlash(one) === withoutSlash(issuer));
  return check('issuer', 'fail', isNear ? 'issuer_fail_slash' : 'issuer_fail', shown(issuer), wanted);
};

/** One of several is enough (RFC 7519 section 4.1.3). */
export const checkAudience = ({ audiences }: Policy, claims: JsonObject): PolicyCheck => {
  const value = own(claims, 'aud');
  const wanted = shownAll(audiences);
  if (value === undefined) return check('audience', 'fail', 'audience_fail_missing', wanted);
  const found = textsOf(value).find((one) => audiences.includes(one));
  return found === undefined
    ? check('audience', 'fail', 'audience_fail', shown(value), wanted)
    : check('audience', 'pass', 'audience_pass', shown(found));
};

/** RFC 7515 section 4.1.9: media types are told apart without case, and `application/` may be left out where no other slash follows. */
const mediaType = (type: string): string => type.toLowerCase().replace(/^application\/(?=[^/]*$)/, '');

/** Explicit typing (RFC 8725 section 3.11). */
export const checkType = ({ types }: Policy, header: JsonObject): PolicyCheck => {
  const typ = own(header, 'typ');
  const wanted = shownAll(types);
  if (typ === undefined) return check('type', 'fail', 'type_fail_missing', wanted);
  const isAccepted = typeof typ === 'string' && types.some((one) => mediaType(one) === mediaType(typ));
  return isAccepted
    ? check('type', 'pass', 'type_pass', shown(typ))
    : check('type', 'fail', 'type_fail', shown(typ), wanted);
};

export const checkClaim = (rule: ClaimRule, claims: JsonObject): PolicyCheck => {
  const { claim, test, values } = rule;
  const value = findClaim(claims, claim);
  if (holdsRule(value, rule)) return check('claim', 'pass', 'claim_pass', shown(claim));
  if (value === undefined || test === 'present') return check('claim', 'fail', 'claim_fail_missing', shown(claim));
  return check('claim', 'fail', `claim_fail_${test}`, shown(claim), shown(value), shownAll(values));
};

/** Two ways to say what is missing, since of nothing at all there is nothing to show. */
const checkAll = (name: 'scope' | 'role', wanted: readonly string[], found: readonly string[]): PolicyCheck => {
  const missing = wanted.filter((one) => !found.includes(one));
  if (missing.length === 0) return check(name, 'pass', `${name}_pass`);
  return found.length === 0
    ? check(name, 'fail', `${name}_fail_missing`, shownAll(missing))
    : check(name, 'fail', `${name}_fail`, shownAll(missing), shownAll(found));
};

export const checkScopes = ({ scopes }: Policy, claims: JsonObject): PolicyCheck =>
  checkAll('scope', scopes, scopesOf(claims));

export const checkRoles = ({ roles }: Policy, claims: JsonObject): PolicyCheck =>
  checkAll('role', roles, rolesOf(claims));

export const checkDenied = ({ denied }: Policy, claims: JsonObject): PolicyCheck => {
  const jti = own(claims, 'jti');
  return typeof jti === 'string' && denied.includes(jti)
    ? check('denied', 'fail', 'denied_fail', shown(jti))
    : check('denied', 'pass', 'denied_pass');
};
