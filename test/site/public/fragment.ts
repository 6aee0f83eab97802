/** Sign-in whose answer comes in the fragment; by hand, since oidc-client-ts gave that up. */
import type { PageSite } from '../app.ts';
import { callbackOf, clientIdOf, type Flow, RESPONSE_TYPES } from '../flows.ts';

const random = (): string => crypto.randomUUID();

/** RFC 7636 section 4.2; the code is never redeemed, so nobody keeps the verifier. */
const challenge = async (): Promise<string> => {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(random())));
  return btoa(String.fromCharCode(...digest))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
};

export const signInByFragment = async (site: PageSite, flow: Flow): Promise<void> => {
  const responseType = RESPONSE_TYPES[flow];
  const query = new URLSearchParams({
    client_id: clientIdOf(flow),
    response_type: responseType,
    redirect_uri: location.origin + callbackOf(flow),
    scope: 'openid profile email',
    nonce: random(),
    state: random(),
  });
  if (responseType.includes('code')) {
    query.set('code_challenge', await challenge());
    query.set('code_challenge_method', 'S256');
  } else query.set('resource', site.audience);
  location.assign(`${site.issuer}/auth?${query}`);
};

/** The name in the ID token that came back, or undefined. */
export const readFragment = (): string | undefined => {
  const token = new URLSearchParams(location.hash.slice(1)).get('id_token');
  const payload = token?.split('.')[1];
  if (payload === undefined) return;
  const claims: unknown = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
  return String(Object(claims).name ?? Object(claims).sub);
};
