/** The claims that occur in tokens, and which of them are about a person. */
import type { Entry } from './entry.ts';

/** More than a person looks through; others can be named by hand. Claims' names are hostile text, and may be any number. */
const MAX_NAMES = 100;
/** Characters; a longer one is no name that anybody wants to read. */
const MAX_NAME = 60;

/**
 * What tells who somebody is, or how to reach them: OpenID Connect Core section 5.1, Identity Assurance section 4, and
 * what Entra ID, Cognito and Keycloak add. `sub` is not among them: without it no token can be followed.
 */
const PERSONAL: ReadonlySet<string> = new Set([
  ...['name', 'given_name', 'family_name', 'middle_name', 'nickname', 'preferred_username', 'profile', 'picture'],
  ...['website', 'email', 'gender', 'birthdate', 'phone_number', 'address'],
  ...['place_of_birth', 'nationalities', 'birth_family_name', 'birth_given_name', 'birth_middle_name', 'msisdn'],
  ...['also_known_as', 'salutation', 'upn', 'unique_name', 'ipaddr', 'onprem_sid', 'emails', 'username', 'user_name'],
  ...['cognito:username', 'user_metadata', 'phone', 'displayName', 'login', 'identities'],
]);

export const isPersonal = (claim: string): boolean => PERSONAL.has(claim);

/** Personal ones first, then by name. */
export const claimNames = (entries: readonly Entry[]): readonly string[] => {
  const names = new Set(
    entries.flatMap(({ decoded, claims }) => [
      ...Object.keys(decoded.payload ?? {}),
      ...(claims === decoded ? [] : Object.keys(claims.payload ?? {})),
    ]),
  );
  return [...names]
    .filter((name) => name.length <= MAX_NAME && name !== '')
    .sort((a, b) => Number(isPersonal(b)) - Number(isPersonal(a)) || (a < b ? -1 : 1))
    .slice(0, MAX_NAMES);
};
