import { randomUUID } from 'node:crypto';
import express from 'express';
import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  type JWK,
  type JWTPayload,
  SignJWT,
  UnsecuredJWT,
} from 'jose';
import { FAULT_CALLS, type FaultCall, GOOD_CALLS, type TokenAsked } from './calls.ts';

export interface DeskOptions {
  /** Issuer identifier: the origin of the app, and `/desk`. */
  readonly issuer: string;
  /** The API. */
  readonly audience: string;
}

export interface Desk {
  readonly routes: express.Router;
  readonly issuer: string;
  /** Public, of the set. */
  readonly keys: readonly JWK[];
  isRevoked(jti: unknown): boolean;
}

const ALG = 'ES256';
const KID = 'desk-2';
const RETIRED = 'desk-1';
const LIFE_SECONDS = 300;

const makeKey = async (kid: string) => {
  const { privateKey, publicKey } = await generateKeyPair(ALG, { extractable: true });
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: ALG, use: 'sig' } };
};

/** The payload says something else than what was signed. */
const change = (token: string): string => {
  const [header, payload = '', signature] = token.split('.');
  const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const changed = Buffer.from(JSON.stringify(Object.assign({}, claims, { sub: 'mallory' })));
  return [header, changed.toString('base64url'), signature].join('.');
};

/** As a careless copy has it: the end of the payload and the signature are gone. */
const cut = (token: string): string => token.slice(0, token.lastIndexOf('.') - 7);

/**
 * An issuer that makes whatever access token a call asks for: discovery, JWKS, and a token endpoint that answers a form
 * with `call`, the id of one, and `jkt` for tokens that are bound to the page's key.
 */
export const createDesk = async ({ issuer, audience }: DeskOptions): Promise<Desk> => {
  const current = await makeKey(KID);
  const others = { current, retired: await makeKey(RETIRED), stranger: await makeKey(KID) };
  const revoked = new Set<unknown>();
  const calls = new Map([...GOOD_CALLS, ...FAULT_CALLS].map((call): [string, FaultCall] => [call.id, call]));

  const make = async (asked: TokenAsked, jkt: string | undefined): Promise<string> => {
    const { expiresIn = LIFE_SECONDS, validIn, tenant = 'acme', key = 'current', spoil } = asked;
    const now = Math.floor(Date.now() / 1000);
    const wanted = [asked.audience ?? audience].flat().map((one) => (one === 'api' ? audience : one));
    const claims: JWTPayload = {
      iss: asked.issuer ?? issuer,
      sub: 'alice',
      client_id: 'demo-desk',
      aud: wanted.length === 1 ? wanted[0] : wanted,
      scope: asked.scope ?? 'orders:read',
      jti: randomUUID(),
      iat: Math.min(now, now + expiresIn) - LIFE_SECONDS,
      exp: now + expiresIn,
      ...(validIn !== undefined && { nbf: now + validIn }),
      ...(tenant !== null && { tenant }),
      ...(asked.bound && jkt && { cnf: { jkt } }),
    };
    if (asked.revoked) revoked.add(claims.jti);
    if (spoil === 'unsecured') return new UnsecuredJWT(claims).encode();
    const { kid, privateKey } = others[key];
    const token = await new SignJWT(claims).setProtectedHeader({ alg: ALG, kid, typ: 'at+jwt' }).sign(privateKey);
    return spoil === 'changed' ? change(token) : spoil === 'cut' ? cut(token) : token;
  };

  const routes = express.Router();
  routes.get('/.well-known/openid-configuration', (_request, response) => {
    response.json({ issuer, jwks_uri: `${issuer}/jwks`, token_endpoint: `${issuer}/token` });
  });
  routes.get('/jwks', (_request, response) => {
    response.json({ keys: [current.jwk] });
  });
  routes.post('/token', express.urlencoded(), async (request, response) => {
    const { call, jwk } = request.body;
    const asked = calls.get(call)?.token;
    if (!asked) return void response.status(400).json({ error: 'invalid_request' });
    const jkt = jwk && (await calculateJwkThumbprint(JSON.parse(jwk)));
    response
      .set('Cache-Control', 'no-store')
      .json({ access_token: await make(asked, jkt), token_type: jkt ? 'DPoP' : 'Bearer', expires_in: LIFE_SECONDS });
  });
  return { routes, issuer, keys: [current.jwk], isRevoked: (jti) => revoked.has(jti) };
};
