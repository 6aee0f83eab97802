/** What a gateway would have said to a token (product.md section 5). */
import type { JsonObject } from '../token/decoded.ts';
import { shown } from '../token/shown.ts';
import type { Decision, Policy, PolicyCheck, PolicyCheckName } from './policy.ts';
import {
  checkAudience,
  checkClaim,
  checkDenied,
  checkIssuer,
  checkRoles,
  checkScopes,
  checkType,
} from './policy-claims.ts';
import { checkAge, checkTime, type Moment } from './policy-time.ts';
import { check, checkAlgorithm, checkForm, checkSignature, type JudgedToken, signedOf } from './policy-token.ts';

/** What nobody can tell of an envelope that is closed. */
const SEALED = ['time', 'age', 'issuer', 'audience', 'type', 'scope', 'role', 'denied'] as const;

/** What the policy asks for beside the time: an empty list asks for nothing. */
const asks = (policy: Policy): ReadonlySet<PolicyCheckName> => {
  const { maxAge, issuers, audiences, types, scopes, roles, denied } = policy;
  const lists = { issuer: issuers, audience: audiences, type: types, scope: scopes, role: roles, denied };
  const asked = (['issuer', 'audience', 'type', 'scope', 'role', 'denied'] as const).filter(
    (name) => lists[name].length > 0,
  );
  return new Set<PolicyCheckName>(['time', ...(maxAge === undefined ? [] : (['age'] as const)), ...asked]);
};

/** The checks of the claims by their name; those of the rules come between `type` and `scope`. */
const claimChecks = (policy: Policy, token: JudgedToken, claims: JsonObject, at: Moment): readonly PolicyCheck[] => {
  const asked = asks(policy);
  const header = signedOf(token).header ?? {};
  const ask = (name: PolicyCheckName, make: () => PolicyCheck) => (asked.has(name) ? [make()] : []);
  return [
    ...ask('time', () => checkTime(policy, claims, at)),
    ...ask('age', () => checkAge(policy, claims, at)),
    ...ask('issuer', () => checkIssuer(policy, claims)),
    ...ask('audience', () => checkAudience(policy, claims)),
    ...ask('type', () => checkType(policy, header)),
    ...policy.claims.map((rule) => checkClaim(rule, claims)),
    ...ask('scope', () => checkScopes(policy, claims)),
    ...ask('role', () => checkRoles(policy, claims)),
    ...ask('denied', () => checkDenied(policy, claims)),
  ];
};

const sealedChecks = (policy: Policy): readonly PolicyCheck[] => {
  const asked = asks(policy);
  const of = (names: readonly (typeof SEALED)[number][]) =>
    names.filter((name) => asked.has(name)).map((name) => check(name, 'unknown', `${name}_unknown_sealed`));
  const rules = policy.claims.map(({ claim }) => check('claim', 'unknown', 'claim_unknown_sealed', shown(claim)));
  const before = SEALED.indexOf('scope');
  return [...of(SEALED.slice(0, before)), ...rules, ...of(SEALED.slice(before))];
};

const decisionOf = (checks: readonly PolicyCheck[]): Decision => {
  const failed = checks.find(({ state }) => state === 'fail');
  if (failed) return { decision: 'reject', first: failed, checks };
  const open = checks.find(({ state }) => state === 'unknown');
  return open ? { decision: 'undecided', first: open, checks } : { decision: 'accept', checks };
};

/**
 * What a gateway with this policy would say to a token at a moment: every check that the policy asks for, in the order of
 * `PolicyCheckName`. Of what is malformed, and of no token at all, nothing else is asked. What cannot be told from here
 * (no key, a sealed content, a clock that leaves it open) is `unknown`, never a failure. Linear; never throws.
 * @param token undefined: none was sent
 */
export const decide = (policy: Policy, token: JudgedToken | undefined, at: Moment): Decision => {
  if (!token) return decisionOf([check('well_formed', 'fail', 'well_formed_fail_no_token')]);
  const form = checkForm(token);
  if (form.state === 'fail') return decisionOf([form]);
  const { payload } = token.claims;
  const rest = token.sealed || !payload ? sealedChecks(policy) : claimChecks(policy, token, payload, at);
  return decisionOf([form, checkAlgorithm(policy, token), checkSignature(policy, token), ...rest]);
};
