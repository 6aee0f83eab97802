/** The ways in which the demo app signs in, each a client of the provider's and a page of the app's: `/`, `/dpop` … */

/**
 * `code`: the code flow, Bearer tokens. `dpop`: the same with DPoP (RFC 9449). `sealed`: access tokens that are signed and
 * then encrypted. `hybrid` and `implicit`: an ID token in the fragment, beside a code or an access token.
 */
export const FLOWS = ['code', 'dpop', 'sealed', 'hybrid', 'implicit'] as const;
export type Flow = (typeof FLOWS)[number];

export const clientIdOf = (flow: Flow): string => (flow === 'code' ? 'demo-shop' : `demo-shop-${flow}`);

/** Where the flow begins, and where the provider sends back to. */
export const pathOf = (flow: Flow): string => (flow === 'code' ? '/' : `/${flow}`);
export const callbackOf = (flow: Flow): string => (flow === 'code' ? '/callback' : `/callback/${flow}`);

export const RESPONSE_TYPES = {
  code: 'code',
  dpop: 'code',
  sealed: 'code',
  hybrid: 'code id_token',
  implicit: 'id_token token',
} as const satisfies Readonly<Record<Flow, string>>;
