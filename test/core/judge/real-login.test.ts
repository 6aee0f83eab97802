/** What oidc-provider does by the book must agree: logins by fragment, and DPoP from the token request to the API. */
import { createHash, randomUUID } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRecorder } from '../../../src/core/capture/exchange.ts';
import { createLog } from '../../../src/core/capture/log.ts';
import type { Log } from '../../../src/core/capture/log-shape.ts';
import { createReconciler } from '../../../src/core/capture/reconcile.ts';
import { boundTo, checkProof } from '../../../src/core/judge/dpop.ts';
import { dpopLog } from '../../../src/core/judge/dpop-log.ts';
import { checkHashes } from '../../../src/core/judge/oidc.ts';
import { loginsIn } from '../../../src/core/judge/oidc-logins.ts';
import { decode } from '../../../src/core/token/decode.ts';
import { ecPair, privateJwk, publicJwk } from '../../fixtures/keys.ts';
import { callbackOf, clientIdOf, type Flow, RESPONSE_TYPES } from '../../site/flows.ts';
import { type Site, startSite } from '../../site/site.ts';

/** RFC 7636 section 4.1: 43 characters at least. */
const VERIFIER = 'v'.repeat(43);

const digest = (text: string) => createHash('sha256').update(text).digest('base64url');

/** A browser of which the log is all that is left: cookies, redirects by hand, and every exchange recorded. */
const openBrowser = () => {
  const log = createLog();
  const recorder = createRecorder(log, createReconciler());
  const cookies = new Map<string, string>();
  let requests = 0;

  const send = async (url: string, init: RequestInit = {}): Promise<Response> => {
    requests += 1;
    const headers = new Headers(init.headers);
    headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const event = {
      ...{ requestId: `${requests}`, tab: 1, frame: 0, method: init.method ?? 'GET', url, resource: 'fetch' },
      headers: [...headers].map(([name, value]) => ({ name, value })),
    };
    recorder.request({ ...event, at: Date.now() });
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    const answered = [...response.headers].map(([name, value]) => ({ name, value }));
    recorder.response({ ...event, at: Date.now(), status: response.status, headers: answered });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]*)=([^;]*)/.exec(cookie) ?? [];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  };

  /** Follows redirects and answers the provider's two forms, up to the address that brings the answer. */
  const signIn = async (start: string, callback: string): Promise<URLSearchParams> => {
    let url = start;
    const prompts = ['login', 'consent'];
    for (let hops = 0; hops < 12; hops += 1) {
      const response = await send(url);
      const location = response.headers.get('location');
      const [prompt] = location ? [] : prompts.splice(0, 1);
      const form = new URLSearchParams({ prompt: `${prompt}`, login: 'alice', password: 'any' });
      const answer = prompt ? await send(url, { method: 'POST', body: form }) : response;
      url = new URL(answer.headers.get('location') ?? '', url).href;
      if (url.startsWith(callback)) return new URLSearchParams(url.replace(/^[^?#]*[?#]/, ''));
    }
    throw new Error('no answer after twelve hops');
  };

  return { log, send, signIn };
};

const exchangesOf = (log: Log) => [...log.exchanges()];

describe('oidc-provider', () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite();
  });
  afterAll(() => site.close());

  const ask = (flow: Flow, more: Readonly<Record<string, string>>) => {
    const query = new URLSearchParams({
      client_id: clientIdOf(flow),
      response_type: RESPONSE_TYPES[flow],
      redirect_uri: `${site.app}${callbackOf(flow)}`,
      scope: 'openid profile orders:read',
      state: randomUUID(),
      nonce: randomUUID(),
      code_challenge: digest(VERIFIER),
      code_challenge_method: 'S256',
      ...more,
    });
    return [`${site.issuer}/auth?${query}`, `${site.app}${callbackOf(flow)}`] as const;
  };

  it.each([
    ['implicit', ['at_hash ok', 'oidc_nonce ok']],
    ['hybrid', ['c_hash ok', 'oidc_nonce ok']],
  ] as const)('answers by fragment, %s, as it was asked', async (flow, expected) => {
    const { log, signIn } = openBrowser();
    const answer = await signIn(...ask(flow, flow === 'implicit' ? { resource: site.api } : {}));
    const token = decode(answer.get('id_token') ?? '');
    const exchanges = exchangesOf(log);
    const checks = await checkHashes({ token, logins: loginsIn(exchanges) });
    expect(checks.map(({ name, state }) => `${name} ${state}`).filter((one) => one !== 's_hash ok')).toEqual(expected);
    // Of the log without the answer nothing is known but the nonce that was asked for.
    const asked = exchanges.filter(({ location = '' }) => !location.includes('id_token='));
    const alone = await checkHashes({ token, logins: loginsIn(asked) });
    expect(alone.filter(({ state }) => state === 'ok').map(({ name }) => name)).toEqual(['oidc_nonce']);
    expect(alone.filter(({ state }) => state === 'mismatch' || state === 'missing')).toEqual([]);
  });

  it('binds a token to the key of its proofs', async () => {
    const { log, send, signIn } = openBrowser();
    const pair = ecPair('P-256');
    const proofFor = async (method: string, url: string, claims: object = {}) =>
      new SignJWT({ htm: method, htu: url, jti: randomUUID(), ...claims })
        .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: publicJwk(pair) })
        .setIssuedAt()
        .sign(await importJWK(privateJwk(pair), 'ES256'));
    const [start, callback] = ask('dpop', { resource: site.api });
    const answer = await signIn(start, callback);
    const endpoint = `${site.issuer}/token`;
    const redeemed = await send(endpoint, {
      method: 'POST',
      headers: { dpop: await proofFor('POST', endpoint) },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: clientIdOf('dpop'),
        code: answer.get('code') ?? '',
        redirect_uri: callback,
        code_verifier: VERIFIER,
        resource: site.api,
      }),
    });
    const { access_token, id_token, token_type } = Object(await redeemed.json());
    expect([redeemed.status, token_type]).toEqual([200, 'DPoP']);
    const orders = `${site.api}/orders`;
    const ath = digest(access_token);
    const call = async (proof: string) =>
      send(orders, { headers: { authorization: `DPoP ${access_token}`, dpop: proof } });
    const refused = await call(await proofFor('GET', orders, { ath }));
    const nonce = refused.headers.get('dpop-nonce');
    const proof = await proofFor('GET', orders, { ath, nonce });
    const statuses = [
      refused,
      await call(proof),
      await call(proof),
      await call(await proofFor('GET', orders, { ath })),
    ];
    expect(statuses.map(({ status }) => status)).toEqual([401, 200, 200, 401]);

    const records = Object.values(log.take().set);
    const compacts = new Map(records.flatMap((one) => (one.type === 'token' ? [[one.id, one.compact] as const] : [])));
    const exchanges = exchangesOf(log);
    const proofs = exchanges.flatMap((exchange) =>
      records.flatMap((one) =>
        one.type === 'sighting' && one.exchange === exchange.id && one.place.name === 'dpop'
          ? { exchange, proof: decode(compacts.get(one.token) ?? '') }
          : [],
      ),
    );
    const known = dpopLog(exchanges, proofs);
    const checked = await Promise.all(
      proofs.map((sent) => {
        const usedBefore = known.usedBefore(sent);
        return checkProof({
          ...{ ...sent, nonces: known.noncesBefore(sent.exchange), ...(usedBefore && { usedBefore }) },
          ...(sent.exchange.url === orders && { accessToken: decode(access_token) }),
        });
      }),
    );
    const base = ['dpop_jwk', 'htm', 'htu', 'dpop_iat'];
    expect(checked.map((checks) => checks.map(({ name }) => name))).toEqual([
      [...base, 'jti'],
      [...base, 'jti', 'ath', 'jkt'],
      [...base, 'dpop_nonce', 'jti', 'ath', 'jkt'],
      [...base, 'dpop_nonce', 'jti', 'ath', 'jkt'],
      [...base, 'dpop_nonce', 'jti', 'ath', 'jkt'],
    ]);
    expect(checked.map((checks) => checks.filter(({ state }) => state !== 'ok'))).toEqual([
      [],
      [],
      [],
      [expect.objectContaining({ name: 'jti', state: 'mismatch', expected: `GET ${orders}` })],
      [{ name: 'dpop_nonce', state: 'missing', expected: nonce }],
    ]);
    expect(await boundTo(decode(access_token), [decode(proof)])).toMatchObject({ state: 'ok' });
    // The ID token came in a body, without a hash of the access token: the log has the request that it answers.
    const use = { token: decode(id_token), logins: loginsIn(exchanges), beside: [access_token] };
    expect((await checkHashes(use)).map(({ name, state }) => `${name} ${state}`)).toEqual(['oidc_nonce ok']);
  });
});
