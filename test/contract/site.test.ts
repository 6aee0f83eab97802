import { parseSetCookie } from 'cookie';
import {
  calculateJwkThumbprint,
  createLocalJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  jwtVerify,
  SignJWT,
} from 'jose';
import jsonwebtoken from 'jsonwebtoken';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FAULT_CALLS, GOOD_CALLS } from '../site/faults/calls.ts';
import { callbackOf, clientIdOf, type Flow, RESPONSE_TYPES } from '../site/flows.ts';
import { CLIENT_ID } from '../site/identity-provider.ts';
import { SESSION_COOKIE, SESSION_SECRET } from '../site/session.ts';
import { type Site, startSite } from '../site/site.ts';

let site: Site;

beforeAll(async () => {
  site = await startSite({ accessTokenSeconds: 30 });
});
afterAll(() => site.close());

/** A browser's cookie jar, as far as one host needs it. */
const createClient = () => {
  const jar = new Map<string, string>();
  return {
    jar,
    fetch: async (url: string, init: RequestInit = {}): Promise<Response> => {
      const headers = new Headers(init.headers);
      if (jar.size > 0) headers.set('Cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
      const response = await fetch(url, { ...init, headers, redirect: 'manual' });
      for (const text of response.headers.getSetCookie()) {
        const { name, value = '' } = parseSetCookie(text, { decode: (raw) => raw });
        if (value === '') jar.delete(name);
        else jar.set(name, value);
      }
      return response;
    },
  };
};

const challenge = async (verifier: string): Promise<string> =>
  Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))).toString('base64url');

const VERIFIER = 'v'.repeat(43);

/** Signs in by the provider's forms: sign in, consent; gives the address that it sends back to. */
const authorize = async (flow: Flow): Promise<URL> => {
  const client = createClient();
  const type = RESPONSE_TYPES[flow];
  const query = new URLSearchParams({
    client_id: clientIdOf(flow),
    response_type: type,
    redirect_uri: `${site.app}${callbackOf(flow)}`,
    scope: 'openid profile email orders:read profile:read',
    ...(type !== 'code' && { nonce: 'a-nonce', state: 'a-state' }),
    ...(type !== 'code id_token' && { resource: site.api }),
    ...(type.includes('code') && { code_challenge: await challenge(VERIFIER), code_challenge_method: 'S256' }),
  });
  let response = await client.fetch(`${site.issuer}/auth?${query}`);
  for (const prompt of ['login', 'consent']) {
    const form = await client.fetch(new URL(response.headers.get('Location') ?? '', site.issuer).href);
    const html = await form.text();
    expect(html).toContain(`name="prompt" value="${prompt}"`);
    const action = /action="([^"]+)"/.exec(html)?.[1] ?? '';
    response = await client.fetch(new URL(action, site.issuer).href, {
      method: 'POST',
      body: new URLSearchParams({ prompt, login: 'alice', password: 'any' }),
    });
    response = await client.fetch(new URL(response.headers.get('Location') ?? '', site.issuer).href);
  }
  const back = new URL(response.headers.get('Location') ?? '');
  expect(back.href.startsWith(site.app + callbackOf(flow))).toBe(true);
  return back;
};

type Proof = (method: string, url: string, claims?: object) => Promise<string>;

const token = async (flow: Flow, form: Record<string, string>, proof?: Proof): Promise<Record<string, string>> => {
  const body = new URLSearchParams({ client_id: clientIdOf(flow), ...form });
  const headers = { Origin: site.app, ...(proof && { DPoP: await proof('POST', `${site.issuer}/token`) }) };
  const response = await fetch(`${site.issuer}/token`, { method: 'POST', body, headers });
  expect(response.status).toBe(200);
  expect(response.headers.get('Access-Control-Allow-Origin')).toBe(site.app);
  return response.json();
};

const signIn = async (flow: Flow = 'code', proof?: Proof): Promise<Record<string, string>> => {
  const code = (await authorize(flow)).searchParams.get('code') ?? '';
  const form = { grant_type: 'authorization_code', code, code_verifier: VERIFIER };
  return token(flow, { ...form, redirect_uri: `${site.app}${callbackOf(flow)}` }, proof);
};

const call = (path: string, accessToken: string, from = site): Promise<Response> =>
  fetch(from.api + path, { headers: { Authorization: `Bearer ${accessToken}`, Origin: site.app } });

test('a login gives an at+jwt access token that the API takes, and a refresh a new one', async () => {
  const first = await signIn();
  const keys = createLocalJWKSet(JSON.parse(site.jwks));
  const access = first.access_token ?? '';
  const { payload } = await jwtVerify(access, keys, { issuer: site.issuer, audience: site.api, typ: 'at+jwt' });
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(30);
  const identity = await jwtVerify(first.id_token ?? '', keys, { issuer: site.issuer, audience: CLIENT_ID });
  expect(identity.protectedHeader.alg).toBe('RS256');
  expect(identity.payload).toMatchObject({ sub: 'alice', email: 'alice@example.com' });

  expect((await call('/orders', access)).status).toBe(200);
  expect(await (await call('/profile', access)).json()).toEqual({ user: 'alice', roles: ['customer'] });
  const refused = await call('/admin', access);
  expect(refused.status).toBe(403);
  expect(refused.headers.get('WWW-Authenticate')).toContain('error="insufficient_scope"');

  const second = await token('code', { grant_type: 'refresh_token', refresh_token: first.refresh_token ?? '' });
  expect(second.refresh_token).not.toBe(first.refresh_token);
  expect((await call('/orders', second.access_token ?? '')).status).toBe(200);
});

test('DPoP binds the token to a key, and the API wants a proof with its nonce', async () => {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwk = await exportJWK(publicKey);
  const proof: Proof = (htm, htu, claims = {}) =>
    new SignJWT({ htm, htu, jti: crypto.randomUUID(), ...claims })
      .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk })
      .setIssuedAt()
      .sign(privateKey);
  const { access_token: access = '' } = await signIn('dpop', proof);
  expect(decodeJwt(access).cnf).toEqual({ jkt: await calculateJwkThumbprint(jwk) });

  const url = `${site.api}/orders`;
  const ath = await challenge(access);
  const send = async (claims: object) =>
    fetch(url, { headers: { Authorization: `DPoP ${access}`, DPoP: await proof('GET', url, claims) } });
  const first = await send({ ath });
  expect([first.status, first.headers.get('WWW-Authenticate')]).toEqual([
    401,
    expect.stringContaining('error="use_dpop_nonce"'),
  ]);
  const nonce = first.headers.get('DPoP-Nonce');
  expect((await send({ ath, nonce })).status).toBe(200);
  expect((await send({ ath: 'another', nonce })).status).toBe(401);
  expect((await call('/orders', access)).status).toBe(401);
});

test('the flow sealed encrypts its access tokens for the API', async () => {
  const { access_token: access = '' } = await signIn('sealed');
  expect(decodeProtectedHeader(access)).toMatchObject({ alg: 'RSA-OAEP-256', enc: 'A256GCM', cty: 'at+jwt' });
  expect((await call('/orders', access)).status).toBe(200);
});

test.each([
  ['hybrid', 'c_hash'],
  ['implicit', 'at_hash'],
] as const)('the flow %s brings the ID token in the fragment, with %s', async (flow, hash) => {
  const fragment = new URLSearchParams((await authorize(flow)).hash.slice(1));
  const claims = decodeJwt(fragment.get('id_token') ?? '');
  expect(claims).toMatchObject({ nonce: 'a-nonce', aud: clientIdOf(flow), [hash]: expect.any(String) });
  expect(fragment.get('state')).toBe('a-state');
  if (flow === 'implicit') expect((await call('/orders', fragment.get('access_token') ?? '')).status).toBe(200);
});

test('keys rotate while it runs: new ones sign, and the set holds no others', async () => {
  const before = await signIn();
  await site.rotateKeys();
  const after = await signIn();
  const kids = [before, after].map((tokens) => decodeProtectedHeader(tokens.access_token ?? '').kid);
  expect(kids).toEqual(['demo-es256', 'demo-es256-2']);
  const set = await (await fetch(`${site.issuer}/jwks`)).json();
  expect(set.keys.map(({ kid }: { kid: string }) => kid)).toEqual(['demo-rs256-2', 'demo-es256-2']);
  expect((await call('/orders', after.access_token ?? '')).status).toBe(200);
  expect((await call('/orders', before.access_token ?? '')).status).toBe(401);
});

test('the API names why it refuses, to pages too', async () => {
  const response = await call('/orders', 'eyJhbGciOiJFUzI1NiJ9.e30.AAAA');
  expect(response.status).toBe(401);
  expect(response.headers.get('WWW-Authenticate')).toMatch(/^Bearer error="invalid_token", error_description="/);
  expect(response.headers.get('Access-Control-Expose-Headers')).toContain('WWW-Authenticate');
});

test('an API whose clock is ahead says so in Date', async () => {
  const ahead = await startSite({ apiClockOffsetSeconds: 3600 });
  const response = await fetch(`${ahead.api}/orders`);
  expect(Date.parse(response.headers.get('Date') ?? '') - Date.now()).toBeGreaterThan(3_590_000);
  await ahead.close();
});

test('the HS256 session is an HttpOnly cookie that jsonwebtoken signed and takes back', async () => {
  const client = createClient();
  const response = await client.fetch(`${site.app}/session/login`, { method: 'POST' });
  expect(response.headers.getSetCookie()[0]).toContain('HttpOnly');
  expect(jsonwebtoken.verify(client.jar.get(SESSION_COOKIE) ?? '', SESSION_SECRET)).toMatchObject({ sub: 'alice' });
  expect(await (await client.fetch(`${site.app}/session/me`)).json()).toMatchObject({ sub: 'alice' });
  expect((await fetch(`${site.app}/session/me`)).status).toBe(401);
});

test('Auth.js keeps its session as a JWE in three cookies', async () => {
  const client = createClient();
  const { csrfToken } = await (await client.fetch(`${site.app}/auth/csrf`)).json();
  await client.fetch(`${site.app}/auth/callback/credentials`, {
    method: 'POST',
    body: new URLSearchParams({ csrfToken, username: 'alice' }),
  });
  const chunks = [0, 1, 2, 3].map((index) => client.jar.get(`authjs.session-token.${index}`));
  expect(chunks[2]).toBeDefined();
  expect(chunks[3]).toBeUndefined();
  expect(decodeProtectedHeader(chunks.join(''))).toMatchObject({ alg: 'dir', enc: 'A256CBC-HS512' });
  expect(await (await client.fetch(`${site.app}/auth/session`)).json()).toMatchObject({ user: { name: 'alice' } });
});

test('the echo answers as its query says', async () => {
  const query = new URLSearchParams({ status: '401', cookie: 'a=1; Path=/', header: 'X-Token: abc' });
  query.append('cookie', 'b=2; HttpOnly');
  const plain = await fetch(`${site.api}/echo?${query}`);
  expect(plain.status).toBe(401);
  expect(plain.headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2; HttpOnly']);
  expect(plain.headers.get('X-Token')).toBe('abc');
  const location = '/echo#id_token=a.b.c';
  const moved = await fetch(`${site.app}/echo?${new URLSearchParams({ location })}`, { redirect: 'manual' });
  expect(moved.status).toBe(302);
  expect(moved.headers.get('Location')).toBe(location);
});

test('the app is served whole', async () => {
  const html = await (await fetch(`${site.app}/`)).text();
  const script = await (await fetch(`${site.app}/app.js`)).text();
  expect(script).toContain(site.issuer);
  for (const id of ['login', 'logout', 'call-orders', 'call-many', 'refresh', 'session-login', 'authjs-login']) {
    expect(html).toContain(`id="${id}"`);
  }
});

/** DPoP takes a browser's key; those calls are driven end to end. */
const withoutProof = [...GOOD_CALLS, ...FAULT_CALLS].filter(({ token }) => !token?.bound);

test.each(withoutProof)('the call $id is answered as it says', async (call) => {
  const { id, guard, path, method, token, credential } = call;
  const body = new URLSearchParams({ grant_type: 'client_credentials', call: id });
  const made = token && (await (await fetch(`${site.app}/desk/token`, { method: 'POST', body })).json());
  const given = made?.access_token ?? credential;
  const answer = await fetch(`${site.api}/faults/${guard}${path}`, {
    method,
    headers: given ? { Authorization: `Bearer ${given}` } : {},
  });
  // The one that is taken although it ought not to be.
  const isTaken = call.reason === undefined || id === 'too-late';
  expect([200, 401, 403]).toContain(answer.status);
  expect(answer.ok).toBe(isTaken);
});
