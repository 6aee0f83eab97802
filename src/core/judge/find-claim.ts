/** Where a policy finds what it asks of the claims. Values come from hostile tokens: own members alone, never the prototype's. */
import type { JsonObject } from '../token/decoded.ts';
import { isObject } from '../token/reading.ts';

/**
 * A claim by its name, else by a path of names with dots between: `realm_access.roles`. At each step the longest name
 * that is there comes first, since names have dots themselves (`https://acme.io/roles`). Undefined where there is none.
 * Each member is looked at once at the most: the time is linear in the claims.
 */
export const findClaim = (claims: JsonObject, name: string): unknown => {
  if (Object.hasOwn(claims, name)) return claims[name];
  for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
    const inner = own(claims, name.slice(0, dot));
    const found = isObject(inner) ? findClaim(inner, name.slice(dot + 1)) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
};

const own = (claims: JsonObject, name: string): unknown => (Object.hasOwn(claims, name) ? claims[name] : undefined);

/** The texts of a claim that is one, or a list of them. */
export const textsOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');

/** `scope` (RFC 8693 section 4.2, RFC 9068) and `scp` (Entra ID, Okta): a list, or a text with spaces between. */
export const scopesOf = (claims: JsonObject): readonly string[] => [
  ...new Set(
    ['scope', 'scp'].flatMap((name) =>
      textsOf(own(claims, name)).flatMap((text) => text.split(' ').filter((one) => one !== '')),
    ),
  ),
];

/** Of the claims as they are, and of those under a name of one's own: Auth0 wants `https://acme.io/roles`. */
const ROLE_CLAIM = /^(?:https?:\/\/.*\/)?(?:roles?|groups|permissions|authorities)$|^cognito:(?:groups|roles)$/;

/**
 * The rights that a token names outside of its scopes: `roles`, `groups`, `permissions` (RFC 9068 section 2.2.3.1 and
 * habit), under a name of one's own, `cognito:groups`, Keycloak's `realm_access.roles` and `resource_access.*.roles`.
 */
export const rolesOf = (claims: JsonObject): readonly string[] => {
  const named = Object.keys(claims).filter((name) => ROLE_CLAIM.test(name));
  const clients = own(claims, 'resource_access');
  const holders = [own(claims, 'realm_access'), ...(isObject(clients) ? Object.values(clients) : [])];
  return [
    ...new Set([
      ...named.flatMap((name) => textsOf(claims[name])),
      ...holders.flatMap((holder) => (isObject(holder) ? textsOf(own(holder, 'roles')) : [])),
    ]),
  ];
};
