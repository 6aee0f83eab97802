import { ExpressAuth } from '@auth/express';
import Credentials from '@auth/express/providers/credentials';
import type { RequestHandler } from 'express';

/** Known to everyone, so that the session can be decrypted in the panel. */
export const AUTH_SECRET = 'an-auth-js-secret-that-every-test-knows';

/** Permissions enough for a session of three cookies: Auth.js splits it at 3,936 characters. */
const PERMISSIONS = 210;

const permissions = Array.from({ length: PERMISSIONS }, (_, index) => `shop:department-${index}:orders:write`);

const silent = () => {};

/** Auth.js with a login that takes everyone, and a session so large that its JWE is cut into three cookies. */
export const createAuthJs = (): RequestHandler =>
  ExpressAuth({
    secret: AUTH_SECRET,
    trustHost: true,
    session: { strategy: 'jwt', maxAge: 3600 },
    providers: [
      Credentials({
        credentials: { username: {} },
        authorize: ({ username }) => ({ id: String(username), name: String(username) }),
      }),
    ],
    callbacks: { jwt: ({ token }) => ({ ...token, permissions }) },
    // It warns on each request that it sets cookies over http.
    logger: { warn: silent, debug: silent, error: console.error },
  });
