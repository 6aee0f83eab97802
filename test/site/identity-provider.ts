import { randomBytes } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import Provider, { type Configuration, errors } from 'oidc-provider';

export const CLIENT_ID = 'demo-shop';

/** The ID token outlives a few access tokens, as it does at most providers. */
const ID_TOKEN_SECONDS = 600;
const SESSION_SECONDS = 86_400;

/** One key per algorithm, made anew at each start: ID tokens are signed with RS256, access tokens with ES256. */
const makeKeys = () =>
  Promise.all(
    ['RS256', 'ES256'].map(async (alg) => {
      const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
      const about = { alg, use: 'sig', kid: `demo-${alg.toLowerCase()}` };
      return {
        privateKey: { ...(await exportJWK(privateKey)), ...about },
        publicKey: { ...(await exportJWK(publicKey)), ...about },
      };
    }),
  );

interface IdentityProviderOptions {
  readonly issuer: string;
  /** Origin of the single-page app, the only client. */
  readonly app: string;
  /** The API's identifier, the `aud` of its access tokens. */
  readonly audience: string;
  readonly accessTokenSeconds: number;
}

const configurationOf = (
  options: IdentityProviderOptions,
  keys: Awaited<ReturnType<typeof makeKeys>>,
): Configuration => ({
  jwks: { keys: keys.map((key) => key.privateKey) },
  cookies: { keys: [randomBytes(32).toString('hex')] },
  clients: [
    {
      client_id: CLIENT_ID,
      client_name: 'Demo shop',
      application_type: 'web',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      redirect_uris: [`${options.app}/callback`],
      post_logout_redirect_uris: [`${options.app}/`],
    },
  ],
  scopes: ['openid', 'profile', 'email', 'offline_access'],
  claims: { openid: ['sub'], profile: ['name', 'preferred_username'], email: ['email', 'email_verified'] },
  // Names and addresses belong into the ID token here: it is what the panel is to show.
  conformIdTokenClaims: false,
  clientBasedCORS: (_context, origin) => origin === options.app,
  findAccount: (_context, id) => ({
    accountId: id,
    claims: () => ({
      sub: id,
      name: `${id.charAt(0).toUpperCase()}${id.slice(1)} Example`,
      preferred_username: id,
      email: `${id}@example.com`,
      email_verified: true,
    }),
  }),
  extraTokenClaims: () => ({ roles: ['customer'] }),
  // A refresh token without offline_access, so that no extra consent is asked for.
  issueRefreshToken: (_context, client) => client.grantTypeAllowed('refresh_token'),
  rotateRefreshToken: true,
  pkce: { required: () => true },
  ttl: {
    AccessToken: options.accessTokenSeconds,
    AuthorizationCode: 60,
    IdToken: ID_TOKEN_SECONDS,
    Interaction: 3600,
    Grant: SESSION_SECONDS,
    RefreshToken: SESSION_SECONDS,
    Session: SESSION_SECONDS,
  },
  features: {
    devInteractions: { enabled: true },
    rpInitiatedLogout: { enabled: true },
    resourceIndicators: {
      enabled: true,
      useGrantedResource: () => true,
      getResourceServerInfo: (_context, resource) => {
        if (resource !== options.audience) throw new errors.InvalidTarget();
        return {
          audience: options.audience,
          scope: 'orders:read profile:read',
          accessTokenFormat: 'jwt',
          accessTokenTTL: options.accessTokenSeconds,
          jwt: { sign: { alg: 'ES256' } },
        };
      },
    },
  },
});

export interface IdentityProvider {
  readonly handler: RequestListener;
  /** The public keys as a JWK set, as text. */
  readonly jwks: string;
}

/** An OpenID provider (oidc-provider) that lets in any user with any password, with JWT access tokens (RFC 9068). */
export const createIdentityProvider = async (options: IdentityProviderOptions): Promise<IdentityProvider> => {
  const keys = await makeKeys();
  const provider = new Provider(options.issuer, configurationOf(options, keys));
  provider.use(async (context, next) => {
    await next();
    // Its built-in pages import a web font; everything here stays on loopback.
    if (context.type === 'text/html') context.set('Content-Security-Policy', "style-src 'unsafe-inline'");
  });
  return {
    handler: provider.callback(),
    jwks: JSON.stringify({ keys: keys.map((key) => key.publicKey) }, null, 2),
  };
};
