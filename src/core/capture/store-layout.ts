import type { StoreLayout } from './records.ts';

/** Of one stored value. */
interface Kept {
  /** As Place.name of a store. */
  readonly name: string;
  readonly value: string;
}

/** What MSAL writes beside the token of a credential (msal-common, CredentialEntity). */
const MSAL_CREDENTIAL = /"credentialType"\s*:\s*"(?:AccessToken|IdToken|RefreshToken)/;

/**
 * Names as the libraries write them, in web storage and in cookies; a cookie's name has lost the number of its chunk.
 * Sources: auth0-spa-js (cache/shared), msal-common (CredentialEntity) and msal-browser, amazon-cognito-identity-js,
 * firebase/auth (persistence), supabase-js, oidc-client-ts (UserManager), okta-auth-js (constants). keycloak-js itself keeps
 * tokens in memory: the names are those that its users give them.
 */
const NAMES: readonly (readonly [StoreLayout, RegExp])[] = [
  ['auth0', /^@@auth0spajs@@::/],
  ['msal', /^msal[.|]/],
  ['cognito', /^CognitoIdentityServiceProvider\./],
  ['firebase', /^(?:firebaseLocalStorageDb \/ firebaseLocalStorage \/ )?firebase:authUser:/],
  ['supabase', /^(?:sb-.+-auth-token|supabase\.auth\.token)$/],
  ['oidc_client_ts', /^oidc\.user:/],
  ['okta', /^okta-(?:shared-)?token-storage(?:_|$)/],
  ['keycloak', /^kc(?:_token|_refreshToken|_idToken|-callback-)/],
];

/** Keys of MSAL without its prefix: `<account>-<host>-accesstoken-<client>-…`, parted by `|` in newer ones. */
const MSAL_KEY = /[-|](?:access|id|refresh)token(?:_with_authscheme)?[-|]/i;

/** Whose habit it is to keep a token like this; undefined where nobody's known. */
export const layoutOf = ({ name, value }: Kept): StoreLayout | undefined =>
  NAMES.find(([, pattern]) => pattern.test(name))?.[0] ??
  (MSAL_KEY.test(name) && MSAL_CREDENTIAL.test(value) ? 'msal' : undefined);
