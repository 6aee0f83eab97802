import { createPublicKey, type KeyObject } from 'node:crypto';
import express, { type ErrorRequestHandler, type RequestHandler, type Response } from 'express';
import { type Request as Authenticated, expressjwt } from 'express-jwt';
import { auth, requiredScopes } from 'express-oauth2-jwt-bearer';
import jsonwebtoken from 'jsonwebtoken';
import { createGuard } from '../guard.ts';
import type { Desk } from './desk.ts';

/** As long ago as archives take it: the one API here that does not mind a token's age. */
const ARCHIVE_SECONDS = 100_000;

const ORDERS = { orders: [{ id: 1001, article: 'Tea, 100 g' }] };

/** Express' own handler would take the CORS headers off, and the page would learn nothing. */
const refuse: ErrorRequestHandler = (error, _request, response, _next) => {
  response.status(error.status ?? 500).set(error.headers ?? {});
  response.json({ error: error.code ?? 'error' });
};

/** An API behind each of the middlewares that Node's servers use: `/jose/orders`, `/express-jwt/orders` … */
export const createFaultApi = (desk: Desk, audience: string, now: () => Date): express.Router => {
  const { issuer } = desk;
  const keys = new Map(
    desk.keys.map((jwk): [unknown, KeyObject] => [jwk.kid, createPublicKey({ key: { ...jwk }, format: 'jwk' })]),
  );

  /** What stands behind every guard: tokens that were taken back are refused, without a word why. */
  const answer = (response: Response, claims: Readonly<Record<string, unknown>> = {}): void => {
    if (desk.isRevoked(claims.jti)) response.status(401).end();
    else response.json(ORDERS);
  };

  const byJose = (): express.Router => {
    const guard = createGuard({ issuer, audience }, now);
    const patient = createGuard({ issuer, audience, toleranceSeconds: ARCHIVE_SECONDS }, now);
    return express
      .Router()
      .get('/orders', guard('orders:read', answer))
      .get('/archive', patient('orders:read', answer));
  };

  const byBearer = (): express.Router => {
    const checked = auth({ issuer, audience, jwksUri: `${issuer}/jwks`, tokenSigningAlg: 'ES256' });
    const orders: RequestHandler = (request, response) => answer(response, request.auth?.payload);
    return express
      .Router()
      .use(checked)
      .get('/orders', requiredScopes('orders:read'), orders)
      .post('/orders', requiredScopes('orders:write'), orders);
  };

  const byExpressJwt = (): express.Router =>
    express
      .Router()
      .use(
        expressjwt({
          secret: (_request, token) => keys.get(token?.header.kid),
          algorithms: ['ES256'],
          issuer,
          audience,
        }),
      )
      .get('/orders', (request: Authenticated, response: Response) => answer(response, request.auth));

  const byJsonWebToken = (): express.Router => {
    const claimsOf = (header = ''): jsonwebtoken.JwtPayload | undefined => {
      try {
        const token = header.replace(/^Bearer /, '');
        const kid = jsonwebtoken.decode(token, { complete: true })?.header.kid;
        const claims = jsonwebtoken.verify(token, keys.get(kid) ?? '', { algorithms: ['ES256'], issuer, audience });
        return typeof claims === 'string' ? undefined : claims;
      } catch {
        return undefined;
      }
    };
    /** Many an API says no more than the number. */
    const guarded =
      (allows: (claims: jsonwebtoken.JwtPayload) => boolean): RequestHandler =>
      (request, response) => {
        const claims = claimsOf(request.get('Authorization'));
        if (!claims) response.status(401).end();
        else if (!allows(claims)) response.status(403).end();
        else answer(response, claims);
      };
    return express
      .Router()
      .get(
        '/orders',
        guarded(() => true),
      )
      .get(
        '/reports',
        guarded(({ scope }) => String(scope).split(' ').includes('reports:read')),
      )
      .get(
        '/tenant',
        guarded(({ tenant }) => tenant === 'acme'),
      );
  };

  return express
    .Router()
    .use('/jose', byJose())
    .use('/express-oauth2-jwt-bearer', byBearer())
    .use('/express-jwt', byExpressJwt())
    .use('/jsonwebtoken', byJsonWebToken())
    .use(refuse);
};
