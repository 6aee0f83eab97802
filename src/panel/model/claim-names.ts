/** The claims that occur in tokens, and which of them are about a person. */
import type { Entry } from './entry.ts';

/** More than a person looks through; others can be named by hand. Claims' names are hostile text, and may be any number. */
const MAX_NAMES = 100;
/** Characters; a longer one is no name that anybody wants to read. Those of .NET, which are addresses, have 67. */
const MAX_NAME = 120;
/** How deep, and of how many members of one token, names of a person are looked for. */
const MAX_DEPTH = 4;
const MAX_MEMBERS = 1_000;

/**
 * What tells who somebody is, or how to reach them: OpenID Connect Core section 5.1, Identity Assurance section 4, and
 * what Entra ID, Cognito and Keycloak add. `sub` is not among them: without it no token can be followed.
 */
const PERSONAL: ReadonlySet<string> = new Set([
  ...['name', 'given_name', 'family_name', 'middle_name', 'nickname', 'preferred_username', 'profile', 'picture'],
  ...['website', 'email', 'gender', 'birthdate', 'phone_number', 'address'],
  ...['place_of_birth', 'nationalities', 'birth_family_name', 'birth_given_name', 'birth_middle_name', 'msisdn'],
  ...['also_known_as', 'salutation', 'upn', 'unique_name', 'ipaddr', 'onprem_sid', 'emails', 'username', 'user_name'],
  ...['user_metadata', 'phone', 'displayName', 'login', 'identities', 'firstName', 'lastName', 'fullName'],
  ...['emailaddress', 'givenname', 'surname', 'mobilephone', 'homephone', 'streetaddress', 'dateofbirth'],
]);

/** Also by the last part of a name that is an address (`https://acme.test/email`), or has a prefix (`cognito:username`). */
export const isPersonal = (claim: string): boolean => PERSONAL.has(claim.replace(/^.*[/:#]/s, ''));

/** Below the first level they are of anything: `realm.name`. Who masks them there masks what they say everywhere. */
const AMBIGUOUS: ReadonlySet<string> = new Set([
  ...['name', 'profile', 'picture', 'website', 'address', 'login', 'identities', 'displayName'],
]);

/** What is personal below the first level: `user.email`. It is masked by its own name, wherever that stands. */
const personalIn = (claims: unknown): readonly string[] => {
  const names: string[] = [];
  let left = MAX_MEMBERS;
  const look = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return;
    for (const [name, one] of Object.entries(value)) {
      left -= 1;
      if (left < 0) return;
      if (isPersonal(name) && !AMBIGUOUS.has(name)) names.push(name);
      look(one, depth + 1);
    }
  };
  look(claims, 0);
  return names;
};

/** Personal ones first, then by name. */
export const claimNames = (entries: readonly Entry[]): readonly string[] => {
  const names = new Set(
    entries.flatMap(({ decoded, claims }) => [
      ...Object.keys(decoded.payload ?? {}),
      ...personalIn(decoded.payload),
      ...(claims === decoded ? [] : [...Object.keys(claims.payload ?? {}), ...personalIn(claims.payload)]),
    ]),
  );
  return [...names]
    .filter((name) => name.length <= MAX_NAME && name !== '')
    .sort((a, b) => Number(isPersonal(b)) - Number(isPersonal(a)) || (a < b ? -1 : 1))
    .slice(0, MAX_NAMES);
};
