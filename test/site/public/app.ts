import { createRemoteJWKSet, jwtVerify } from 'jose';
import { IndexedDbDPoPStore, type User, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import type { PageSite } from '../app.ts';
import { callbackOf, clientIdOf, FLOWS, pathOf } from '../flows.ts';
import { readFragment, signInByFragment } from './fragment.ts';

declare const SITE: PageSite;

const flow = FLOWS.find((one) => [pathOf(one), callbackOf(one)].includes(location.pathname)) ?? 'code';

const manager = new UserManager({
  authority: SITE.issuer,
  client_id: clientIdOf(flow),
  redirect_uri: `${location.origin}${callbackOf(flow)}`,
  post_logout_redirect_uri: `${location.origin}${pathOf(flow)}`,
  scope: 'openid profile email orders:read profile:read',
  resource: SITE.audience,
  // Tokens are to expire while one watches; #refresh renews them.
  automaticSilentRenew: false,
  userStore: new WebStorageStateStore({ store: sessionStorage }),
  ...(flow === 'dpop' && { dpop: { bind_authorization_code: true, store: new IndexedDbDPoPStore() } }),
});

const element = (id: string): HTMLElement => {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`index.html has no #${id}`);
  return found;
};

const numberOf = (id: string): number => {
  const field = element(id);
  return field instanceof HTMLInputElement ? field.valueAsNumber : Number.NaN;
};

const textOf = (id: string): string => {
  const field = element(id);
  return field instanceof HTMLInputElement ? field.value.trim() : '';
};

let done = 0;

const show = (status: string, body: string): void => {
  done += 1;
  element('last-status').textContent = status;
  element('last-body').textContent = body;
  element('done-count').textContent = String(done);
};

const showSignedIn = (name: string | undefined): void => {
  element('user').textContent = name ?? 'Not signed in';
  document.body.dataset.state = name === undefined ? 'signed-out' : 'signed-in';
};

const showUser = (user: User | null): void => showSignedIn(user?.profile.name);

const showAnswer = async (answer: Response): Promise<void> =>
  show(`${answer.status} ${answer.statusText}`, await answer.text());

/** What the API asked for in its last answer (RFC 9449 section 8.2). */
let nonce: string | undefined;

const headersFor = async (url: string, token: string): Promise<Record<string, string>> => {
  const user = flow === 'dpop' ? await manager.getUser() : null;
  if (user === null) return { Authorization: `Bearer ${token}` };
  const proof = await manager.dpopProof(url, user, 'GET', nonce);
  return { Authorization: `DPoP ${token}`, DPoP: proof ?? '' };
};

const callApi = async (path: string, token: string | undefined): Promise<void> => {
  const url = SITE.api + path;
  const send = async () => fetch(url, { headers: token === undefined ? {} : await headersFor(url, token) });
  let answer = await send();
  const asked = answer.headers.get('DPoP-Nonce') ?? nonce;
  if (answer.status === 401 && asked !== nonce) {
    nonce = asked;
    answer = await send();
  }
  await showAnswer(answer);
};

const accessToken = async (): Promise<string | undefined> => (await manager.getUser())?.access_token;

/** The same token with another subject under the old signature. */
const tamper = (token: string): string => {
  const [header, payload = '', signature] = token.split('.');
  const claims: unknown = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
  const changed = btoa(JSON.stringify(Object.assign({}, claims, { sub: 'mallory' })));
  return [header, changed.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''), signature].join('.');
};

const authJsLogin = async (): Promise<void> => {
  const { csrfToken } = await (await fetch('/auth/csrf')).json();
  const body = new URLSearchParams({ csrfToken, username: 'alice', callbackUrl: location.origin });
  await fetch('/auth/callback/credentials', { method: 'POST', body });
  await showAnswer(await fetch('/auth/session'));
};

const sessionLogin = async (): Promise<void> => {
  await fetch('/session/login', { method: 'POST' });
  await showAnswer(await fetch('/session/me'));
};

/** As an app verifies its ID token: with the keys that the provider publishes. */
const verifyIdToken = async (): Promise<void> => {
  const jwksUri = await manager.metadataService.getKeysEndpoint();
  const token = (await manager.getUser())?.id_token ?? '';
  const { protectedHeader } = await jwtVerify(token, createRemoteJWKSet(new URL(jwksUri ?? '')), {
    issuer: SITE.issuer,
    audience: clientIdOf(flow),
  });
  show('Verified', JSON.stringify(protectedHeader));
};

const callMany = async (): Promise<void> => {
  const token = await accessToken();
  await Promise.all(Array.from({ length: numberOf('call-count') }, (_, index) => callApi(`/orders?n=${index}`, token)));
};

const actions: Readonly<Record<string, () => Promise<void>>> = {
  login: () => (flow === 'hybrid' || flow === 'implicit' ? signInByFragment(SITE, flow) : manager.signinRedirect()),
  logout: () => manager.signoutRedirect(),
  refresh: async () => {
    showUser(await manager.signinSilent());
    show('Refreshed', '');
  },
  'call-orders': async () => callApi('/orders', await accessToken()),
  'call-profile': async () => callApi('/profile', await accessToken()),
  'call-admin': async () => callApi('/admin', await accessToken()),
  'call-tampered': async () => callApi('/orders', tamper((await accessToken()) ?? '..')),
  'call-custom': () => callApi('/orders', textOf('custom-token')),
  'call-many': callMany,
  'verify-id-token': verifyIdToken,
  'session-login': sessionLogin,
  'authjs-login': authJsLogin,
};

const act = (action: () => Promise<void>): void => {
  action().catch((error: unknown) => show('Failed', String(error)));
};

for (const [id, action] of Object.entries(actions)) element(id).addEventListener('click', () => act(action));

act(async () => {
  if (flow === 'hybrid' || flow === 'implicit') return showSignedIn(readFragment());
  if (location.pathname === callbackOf(flow)) {
    const answer = location.href;
    // First: Chromium forgets the bodies of all answers when the address changes, before DevTools has read the tokens' one.
    history.replaceState(null, '', pathOf(flow));
    await manager.signinRedirectCallback(answer);
  }
  showUser(await manager.getUser());
});
