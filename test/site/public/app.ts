import { type User, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import type { PageSite } from '../app.ts';

declare const SITE: PageSite;

const manager = new UserManager({
  authority: SITE.issuer,
  client_id: SITE.clientId,
  redirect_uri: `${location.origin}/callback`,
  post_logout_redirect_uri: `${location.origin}/`,
  scope: 'openid profile email orders:read profile:read',
  resource: SITE.audience,
  // Tokens are to expire while one watches; #refresh renews them.
  automaticSilentRenew: false,
  userStore: new WebStorageStateStore({ store: sessionStorage }),
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

const showUser = (user: User | null): void => {
  element('user').textContent = user?.profile.name ?? 'Not signed in';
  document.body.dataset.state = user === null ? 'signed-out' : 'signed-in';
};

const showAnswer = async (answer: Response): Promise<void> =>
  show(`${answer.status} ${answer.statusText}`, await answer.text());

const callApi = async (path: string, token: string | undefined): Promise<void> =>
  showAnswer(
    await fetch(SITE.api + path, { headers: token === undefined ? {} : { Authorization: `Bearer ${token}` } }),
  );

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

const callMany = async (): Promise<void> => {
  const token = await accessToken();
  await Promise.all(Array.from({ length: numberOf('call-count') }, (_, index) => callApi(`/orders?n=${index}`, token)));
};

const actions: Readonly<Record<string, () => Promise<void>>> = {
  login: () => manager.signinRedirect(),
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
  'session-login': sessionLogin,
  'authjs-login': authJsLogin,
};

const act = (action: () => Promise<void>): void => {
  action().catch((error: unknown) => show('Failed', String(error)));
};

for (const [id, action] of Object.entries(actions)) element(id).addEventListener('click', () => act(action));

act(async () => {
  if (location.pathname === '/callback') {
    await manager.signinRedirectCallback();
    history.replaceState(null, '', '/');
  }
  showUser(await manager.getUser());
});
