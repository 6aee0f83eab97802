/** What the tokens have in common that this API accepted, and this one lacks. */
import { isObject } from '../../token/reading.ts';
import type { AcceptedToken, SentToken } from '../diagnosis.ts';
import { acceptedAlike, acceptedHere } from './comparable.ts';
import { type Case, claimsOf, comparedWith, found, type LookAt, listed } from './look.ts';

/** Of one token or login by nature, or about a person and no reason: the profile of OpenID Connect Core section 5.1. */
const PERSONAL: ReadonlySet<string> = new Set([
  ...['jti', 'iat', 'exp', 'nbf', 'nonce', 'auth_time', 'sid', 'at_hash', 'c_hash', 's_hash', 'amr', 'updated_at'],
  ...['session_state', 'session_id', 'origin_jti', 'event_id', 'uti', 'rh', 'aio', 'xms_ftd', 'cnf', 'act', 'ipaddr'],
  ...['name', 'given_name', 'family_name', 'middle_name', 'nickname', 'preferred_username', 'unique_name', 'profile'],
  ...['picture', 'website', 'gender', 'birthdate', 'zoneinfo', 'locale', 'phone_number', 'address'],
  // Each of these is looked at by itself.
  ...['iss', 'aud', 'scope', 'scp'],
]);

/** RFC 9068 section 2.2.3.1, Auth0's, Cognito's, Keycloak's. */
const REALM = 'realm_access.roles';
const LISTS = ['roles', 'groups', 'permissions', 'entitlements', 'cognito:groups', REALM] as const;

/** Fewer tokens than this, of other requests, are no rule. */
const ENOUGH = 2;

const textsIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

/** A list of rights by the path of its claim; Keycloak's roles among them. */
const listOf = (token: SentToken, name: string): readonly string[] => {
  const claims = claimsOf(token) ?? {};
  if (name !== REALM) return textsIn(claims[name]);
  return isObject(claims.realm_access) ? textsIn(claims.realm_access.roles) : [];
};

/** What is compared with: accepted for the same method and path; else elsewhere, where there were enough to make a rule. */
const rule = (one: Case): { readonly tokens: readonly AcceptedToken[]; readonly isHere: boolean } => {
  const here = acceptedHere(one);
  if (here.length > 0) return { tokens: here, isHere: true };
  const isEnough = new Set(one.comparable.map(({ token }) => token.id)).size >= ENOUGH;
  return { tokens: isEnough ? one.comparable : [], isHere: false };
};

const lackedNames = (token: SentToken, accepted: readonly AcceptedToken[]): readonly string[] => {
  const own = claimsOf(token) ?? {};
  const [first, ...rest] = accepted.map((one) => claimsOf(one.token) ?? {});
  return Object.keys(first ?? {}).filter(
    (name) => !PERSONAL.has(name) && !Object.hasOwn(own, name) && rest.every((claims) => Object.hasOwn(claims, name)),
  );
};

const lackedValues = (token: SentToken, accepted: readonly AcceptedToken[]) => {
  const [first, ...rest] = accepted;
  for (const name of LISTS) {
    const own = listOf(token, name);
    const wanted = first ? listOf(first.token, name).filter((value) => !own.includes(value)) : [];
    if (wanted.length === 0) continue;
    const others = rest.map((one) => new Set(listOf(one.token, name)));
    const lacked = wanted.filter((value) => others.every((values) => values.has(value)));
    if (lacked.length > 0) return { name, lacked };
  }
  return undefined;
};

export const lookAtClaims: LookAt = (one) => {
  const { token } = one;
  const { tokens, isHere } = rule(one);
  if (!claimsOf(token) || tokens.length === 0) return undefined;
  const compared = [comparedWith(tokens, isHere)];
  const names = lackedNames(token, tokens);
  if (names.length > 0) return found('missing_claim', 'missing_claim', [listed(names)], compared);
  const values = lackedValues(token, tokens);
  if (values) return found('missing_claim', 'missing_value', [values.name, listed(values.lacked)], compared);
  return 'in_order';
};

/** An ID token is for the app that asked for it, and not for an API (OpenID Connect Core section 2, RFC 9068 section 5). */
export const lookAtKind: LookAt = ({ token, input }) => {
  if (token.kind !== 'id_token') return undefined;
  const alike = acceptedAlike(token, input.accepted);
  if (alike.length === 0) return undefined;
  const isOther = alike.every((one) => one.token.kind === 'access_token');
  return isOther ? found('wrong_kind', 'wrong_kind', [], [comparedWith(alike)]) : undefined;
};
