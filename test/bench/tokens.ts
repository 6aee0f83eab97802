/** Tokens as an identity provider issues them: 920 characters with HS256, each one different. */
import { signedToken } from '../fixtures/tokens.ts';

/** As Keycloak fills an access token; the number makes it one of its own, wherever it is read. */
const claimsOf = (number: number) => ({
  exp: 4_000_000_000,
  iat: 1_700_000_000 + number,
  jti: `6f1c1f5e-91b8-4c6c-8a54-${String(number).padStart(12, '0')}`,
  iss: 'https://login.example.com/realms/shop',
  aud: ['orders-api', 'account'],
  sub: `user-${number}`,
  typ: 'Bearer',
  azp: 'shop-spa',
  sid: 'b6f0a3cc-21f5-4d0e-a2f4-73b6a4c1ce8c',
  acr: '1',
  'allowed-origins': ['https://shop.example.com'],
  realm_access: { roles: ['offline_access', 'uma_authorization', 'customer'] },
  resource_access: { account: { roles: ['manage-account', 'view-profile'] } },
  scope: 'openid profile email orders:read orders:write',
  email_verified: true,
  name: 'Alice Liddell',
  preferred_username: 'alice',
  email: 'alice@example.com',
});

export const makeTokens = (count: number, alg = 'HS256', from = 0): Promise<readonly string[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => signedToken(alg, { payload: claimsOf(from + index) })));
