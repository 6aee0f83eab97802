/** What a token may do, against what is asked for here. */
import type { SentToken } from '../diagnosis.ts';
import { rolesOf, scopesOf } from '../find-claim.ts';
import { acceptedHere } from './comparable.ts';
import { type Case, claimsOf, comparedWith, found, type Look, type LookAt, listed, policyCheck } from './look.ts';

/** Its scopes; undefined where nothing in it says so, or it cannot be read. */
const scopesIn = (token: SentToken): readonly string[] | undefined => {
  const claims = claimsOf(token);
  const hasAny = claims && (Object.hasOwn(claims, 'scope') || Object.hasOwn(claims, 'scp'));
  return hasAny ? scopesOf(claims) : undefined;
};

/** Everything that can grant a scope, whatever claim it stands in. */
const granted = (token: SentToken): readonly string[] => {
  const claims = claimsOf(token) ?? {};
  return [...scopesOf(claims), ...rolesOf(claims)];
};

/** `api://id/read` is asked for, and stands as `read` in the token (Entra ID). */
const grants = (own: readonly string[], wanted: string): boolean =>
  own.some((one) => one === wanted || wanted.endsWith(`/${one}`));

const lacks = (token: SentToken, wanted: readonly string[]): readonly string[] => {
  const own = granted(token);
  return wanted.filter((one) => !grants(own, one));
};

/** The sentence for what the server asks for; undefined where the token has it all. */
export const missingOf = (token: SentToken, wanted: readonly string[]): Look => {
  if (wanted.length === 0) return undefined;
  if (!claimsOf(token)) return found('missing_scope', 'missing_scope_needed', [listed(wanted)]);
  const missing = lacks(token, wanted);
  if (missing.length === 0) return 'in_order';
  const own = scopesIn(token) ?? [];
  return own.length === 0
    ? found('missing_scope', 'missing_scope_none', [listed(missing)])
    : found('missing_scope', 'missing_scope', [listed(missing), listed(own)]);
};

/** A challenge without an error, beside a token that says what it may do: its `scope` is what the resource needs (RFC 6750 section 3). */
const byChallenge = ({ token, words }: Case): Look =>
  words.error === undefined && scopesIn(token) ? missingOf(token, words.scope) : undefined;

/** For 403 alone: scopes that all tokens had which were accepted for the same method and path. */
const byAccepted = (one: Case): Look => {
  const { token, input, words } = one;
  // "invalid_token" speaks of the token, and not of what it may do.
  if (input.exchange.status !== 403 || words.error !== undefined) return undefined;
  const here = acceptedHere(one);
  if (here.length === 0) return undefined;
  const [first, ...rest] = here.map((other) => scopesIn(other.token));
  if (!first || rest.some((scopes) => scopes === undefined) || !claimsOf(token)) return undefined;
  const common = first.filter((scope) => rest.every((scopes) => scopes?.includes(scope)));
  const missing = lacks(token, common);
  if (missing.length === 0) return common.length > 0 ? 'in_order' : undefined;
  return found('missing_scope', 'missing_scope_accepted', [listed(missing)], [comparedWith(here, true)]);
};

/** What the policy demands, what the challenge names, what was enough before. */
export const lookAtScope: LookAt = (one) => {
  const check = [policyCheck(one, 'scope'), policyCheck(one, 'role')].find((found) => found?.state === 'fail');
  if (check) return found('missing_scope', 'policy', [{ check }]);
  return byChallenge(one) ?? byAccepted(one);
};
