import { randomBytes } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { importJWK, type JWK } from 'jose';
import Provider, { type AdapterFactory, type Configuration, errors } from 'oidc-provider';
import { callbackOf, clientIdOf, FLOWS, pathOf, RESPONSE_TYPES } from './flows.ts';
import { makeSigningKeys, SEALED } from './keys.ts';
import { createProviderMemory } from './provider-memory.ts';

export const CLIENT_ID = clientIdOf('code');

/** The ID token outlives a few access tokens, as it does at most providers. */
const ID_TOKEN_SECONDS = 600;
const SESSION_SECONDS = 86_400;

interface IdentityProviderOptions {
  readonly issuer: string;
  /** Origin of the single-page app, which has one client for each flow. */
  readonly app: string;
  /** The API's identifier, the `aud` of its access tokens. */
  readonly audience: string;
  /** Life of the next access token. */
  readonly accessTokenSeconds: () => number;
  /** Public; what access tokens are encrypted for in the flow `sealed`. */
  readonly sealingKey: JWK;
}

const clients = (app: string): Configuration['clients'] =>
  FLOWS.map((flow) => ({
    client_id: clientIdOf(flow),
    client_name: `Demo shop (${flow})`,
    // Implicit tokens would be refused to a web client on http.
    application_type: RESPONSE_TYPES[flow].includes('token') ? 'native' : 'web',
    token_endpoint_auth_method: 'none',
    grant_types: [
      ...(RESPONSE_TYPES[flow].includes('code') ? ['authorization_code', 'refresh_token'] : []),
      ...(RESPONSE_TYPES[flow].includes('token') ? ['implicit'] : []),
    ],
    response_types: [RESPONSE_TYPES[flow]],
    redirect_uris: [`${app}${callbackOf(flow)}`],
    post_logout_redirect_uris: [`${app}${pathOf(flow)}`],
    dpop_bound_access_tokens: flow === 'dpop',
  }));

const configurationOf = async (
  options: IdentityProviderOptions,
  keys: readonly JWK[],
  { cookieKey, adapter }: { readonly cookieKey: string; readonly adapter: AdapterFactory },
): Promise<Configuration> => {
  const sealing = await importJWK(options.sealingKey, SEALED.alg);
  if (sealing instanceof Uint8Array) throw new Error('a secret where a public key was to be');
  const encrypt = { alg: SEALED.alg, enc: SEALED.enc, key: sealing, kid: SEALED.kid };
  return {
    adapter,
    jwks: { keys: [...keys] },
    cookies: { keys: [cookieKey] },
    clients: clients(options.app),
    responseTypes: [...new Set(Object.values(RESPONSE_TYPES))],
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
      AccessToken: () => options.accessTokenSeconds(),
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
      dPoP: { enabled: true },
      encryption: { enabled: true },
      resourceIndicators: {
        enabled: true,
        useGrantedResource: () => true,
        getResourceServerInfo: (_context, resource, client) => {
          if (resource !== options.audience) throw new errors.InvalidTarget();
          const sign = { alg: 'ES256' } as const;
          return {
            audience: options.audience,
            scope: 'orders:read profile:read',
            accessTokenFormat: 'jwt',
            accessTokenTTL: options.accessTokenSeconds(),
            jwt: client.clientId === clientIdOf('sealed') ? { sign, encrypt } : { sign },
          };
        },
      },
    },
  };
};

export interface IdentityProvider {
  readonly handler: RequestListener;
  /** The public keys as a JWK set, as text. */
  jwks(): string;
  /** From now on everything is signed with new keys, and the set holds no others; sessions stay. */
  rotate(): Promise<void>;
}

/** An OpenID provider (oidc-provider) that lets in any user with any password, with JWT access tokens (RFC 9068). */
export const createIdentityProvider = async (options: IdentityProviderOptions): Promise<IdentityProvider> => {
  const lasting = { cookieKey: randomBytes(32).toString('hex'), adapter: createProviderMemory() };
  let generation = 0;
  let keys: Awaited<ReturnType<typeof makeSigningKeys>> = [];
  let handle: RequestListener = () => {};

  const rotate = async (): Promise<void> => {
    generation += 1;
    keys = await makeSigningKeys(generation);
    const privateKeys = keys.map(({ privateKey }) => privateKey);
    const provider = new Provider(options.issuer, await configurationOf(options, privateKeys, lasting));
    provider.use(async (context, next) => {
      await next();
      // Its built-in pages import a web font; everything here stays on loopback.
      if (context.type === 'text/html') context.set('Content-Security-Policy', "style-src 'unsafe-inline'");
    });
    handle = provider.callback();
  };
  await rotate();
  return {
    handler: (request, response) => handle(request, response),
    jwks: () => JSON.stringify({ keys: keys.map(({ publicKey }) => publicKey) }, null, 2),
    rotate,
  };
};
