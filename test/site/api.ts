import express, { type Request, type RequestHandler, type Response } from 'express';
import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { allowCors } from './cors.ts';
import { createEcho } from './echo.ts';

interface ApiOptions {
  readonly issuer: string;
  readonly audience: string;
  /** How far this server's clock is ahead of the true one, in seconds: it stamps `Date` and judges tokens by it. */
  readonly clockOffsetSeconds: number;
}

const ORDERS = [
  { id: 1001, article: 'Tea, 100 g', price: 7.5 },
  { id: 1002, article: 'Teapot', price: 32 },
];

const bearerOf = (request: Request): string | undefined =>
  /^Bearer +(\S+)$/i.exec(request.get('Authorization') ?? '')?.[1];

/** RFC 6750 section 3. */
const refuse = (response: Response, status: 401 | 403, parameters: Readonly<Record<string, string>>): void => {
  const text = Object.entries(parameters).map(([name, value]) => `${name}="${value.replaceAll('"', "'")}"`);
  response
    .status(status)
    .set('WWW-Authenticate', `Bearer ${text.join(', ')}`)
    .json(parameters);
};

const createGuard = (options: ApiOptions, now: () => Date) => {
  const key: JWTVerifyGetKey = createRemoteJWKSet(new URL(`${options.issuer}/jwks`));
  const { issuer, audience } = options;

  /** Lets a request through whose token holds and has the scope, else answers 401 or 403. */
  return (scope: string, handler: (response: Response, claims: JWTPayload) => void): RequestHandler =>
    async (request, response) => {
      const token = bearerOf(request);
      if (token === undefined) return refuse(response, 401, { realm: 'demo-api' });
      try {
        const { payload } = await jwtVerify(token, key, { issuer, audience, typ: 'at+jwt', currentDate: now() });
        const granted = String(payload.scope ?? '').split(' ');
        if (!granted.includes(scope)) return refuse(response, 403, { error: 'insufficient_scope', scope });
        handler(response, payload);
      } catch (error) {
        if (!(error instanceof errors.JOSEError)) throw error;
        refuse(response, 401, { error: 'invalid_token', error_description: error.message });
      }
    };
};

/** An API that takes the identity provider's access tokens: `/orders`, `/profile`, `/admin` (always 403), and `/echo`. */
export const createApi = (options: ApiOptions): express.Express => {
  const now = () => new Date(Date.now() + options.clockOffsetSeconds * 1000);
  const guard = createGuard(options, now);
  const api = express().disable('x-powered-by');
  api.use((_request, response, next) => {
    response.set({ Date: now().toUTCString(), 'Cache-Control': 'no-store' });
    next();
  });
  api.use(allowCors, createEcho());
  api.get(
    '/orders',
    guard('orders:read', (response) => response.json({ orders: ORDERS })),
  );
  api.get(
    '/profile',
    guard('profile:read', (response, claims) => response.json({ user: claims.sub, roles: claims.roles })),
  );
  api.get(
    '/admin',
    guard('admin', (response) => response.json({})),
  );
  return api;
};
