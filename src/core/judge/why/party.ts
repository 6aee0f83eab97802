/** Who made a token and for whom (RFC 7519 sections 4.1.1 and 4.1.3), against the policy, and against what was accepted. */
import type { AcceptedToken } from '../diagnosis.ts';
import { acceptedHere } from './comparable.ts';
import { type Case, claimsOf, comparedWith, found, type Look, type LookAt, listed, policyCheck } from './look.ts';

type Claim = 'iss' | 'aud';

/** What the look at a claim is called. */
const NAMES = {
  iss: {
    check: 'issuer',
    code: 'wrong_issuer',
    none: 'wrong_issuer_none',
    lacks: 'wrong_issuer_lacks',
  },
  aud: {
    check: 'audience',
    code: 'wrong_audience',
    none: 'wrong_audience_none',
    lacks: 'wrong_audience_lacks',
  },
} as const;

const texts = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');

/** What the policy says of it; undefined where it says nothing. */
const byPolicy = (one: Case, name: 'issuer' | 'audience'): Look => {
  const check = policyCheck(one, name);
  if (check?.state === 'pass') return 'in_order';
  if (check?.state !== 'fail') return undefined;
  return found(`wrong_${name}`, 'policy', [{ check }]);
};

/** What each of these tokens says; undefined where one says nothing, since then nobody asks for it. */
const saidBy = (accepted: readonly AcceptedToken[], claim: Claim): readonly (readonly string[])[] | undefined => {
  const said = accepted.map(({ token }) => texts(claimsOf(token)?.[claim]));
  return said.every((values) => values.length > 0) ? said : undefined;
};

/** Against what was accepted for the same method and path; what was accepted elsewhere may have been another API's. */
const byAccepted = (one: Case, claim: Claim, own: readonly string[]): Look => {
  const here = acceptedHere(one);
  const elsewhere = new Set(one.comparable.flatMap(({ token }) => texts(claimsOf(token)?.[claim])));
  const isKnown = own.some((value) => elsewhere.has(value));
  if (here.length === 0) return isKnown ? 'in_order' : undefined;
  const known = new Set(saidBy(here, claim)?.flat());
  if (own.some((value) => known.has(value))) return 'in_order';
  if (isKnown || known.size === 0) return undefined;
  const compared = [comparedWith(here, true)];
  return own.length === 0
    ? found(NAMES[claim].code, NAMES[claim].none, [listed(known)], compared)
    : found(NAMES[claim].code, NAMES[claim].code, [listed(own), listed(known)], compared);
};

const lookAt =
  (claim: Claim): LookAt =>
  (one) => {
    const claims = claimsOf(one.token);
    if (!claims) return undefined;
    return byPolicy(one, NAMES[claim].check) ?? byAccepted(one, claim, texts(claims[claim]));
  };

export const lookAtIssuer: LookAt = lookAt('iss');
export const lookAtAudience: LookAt = lookAt('aud');

/**
 * What all tokens had which were accepted at this origin, and this one lacks. Weaker: what it shares with one of them may
 * be enough, and one origin may have several APIs. Says what was seen, and not what the API takes.
 */
const lookAtCommon =
  (claim: Claim): LookAt =>
  (one) => {
    const claims = claimsOf(one.token);
    if (!claims || policyCheck(one, NAMES[claim].check)?.state === 'pass') return undefined;
    const own = texts(claims[claim]);
    const isIn = (said: readonly (readonly string[])[] = []) =>
      said.some((values) => values.some((value) => own.includes(value)));
    const said = saidBy(one.comparable, claim) ?? [];
    // It was taken elsewhere.
    if (isIn(said) && !isIn(saidBy(acceptedHere(one), claim))) return undefined;
    const [first = new Set<string>(), ...rest] = said.map((values) => new Set(values));
    const common = [...first].filter((value) => rest.every((values) => values.has(value)));
    if (common.length === 0 || common.some((value) => own.includes(value))) return undefined;
    const compared = [comparedWith(one.comparable)];
    return own.length === 0
      ? found(NAMES[claim].code, NAMES[claim].none, [listed(common)], compared)
      : found(NAMES[claim].code, NAMES[claim].lacks, [listed(own), listed(common)], compared);
  };

export const lookAtCommonIssuer: LookAt = lookAtCommon('iss');
export const lookAtCommonAudience: LookAt = lookAtCommon('aud');
