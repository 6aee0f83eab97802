import express from 'express';
import { allowCors } from './cors.ts';
import { createEcho } from './echo.ts';
import type { Desk } from './faults/desk.ts';
import { createFaultApi } from './faults/fault-api.ts';
import { createGuard, type GuardOptions } from './guard.ts';

interface ApiOptions extends GuardOptions {
  /** How far this server's clock is ahead of the true one, in seconds: it stamps `Date` and judges tokens by it. */
  readonly clockOffsetSeconds: number;
  /** The issuer whose tokens `/faults` takes; without it there is no `/faults`. */
  readonly desk?: Desk;
}

const ORDERS = [
  { id: 1001, article: 'Tea, 100 g', price: 7.5 },
  { id: 1002, article: 'Teapot', price: 32 },
];

/**
 * An API that takes the identity provider's access tokens, as Bearer or with DPoP, and encrypted ones too: `/orders`,
 * `/profile`, `/admin` (always 403), and `/echo`; `/faults` refuses for every reason there is.
 */
export const createApi = (options: ApiOptions): express.Express => {
  const now = () => new Date(Date.now() + options.clockOffsetSeconds * 1000);
  const guard = createGuard(options, now);
  const api = express().disable('x-powered-by');
  api.use((_request, response, next) => {
    response.set({ Date: now().toUTCString(), 'Cache-Control': 'no-store' });
    next();
  });
  api.use(allowCors, createEcho());
  if (options.desk) api.use('/faults', createFaultApi(options.desk, options.audience, now));
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
