import * as v from 'valibot';
import { isAuthentic, plainAddress } from './address.ts';

/** What an issuer says of itself, as far as its keys are concerned. */
export interface Discovery {
  readonly issuer: string;
  /** As the URL standard writes it, without fragment. */
  readonly jwksUri: string;
}

export interface DiscoveryError {
  readonly error: 'not_json' | 'no_jwks_uri';
}

const OPENID = '/.well-known/openid-configuration';
const OAUTH = '/.well-known/oauth-authorization-server';

const schema = v.object({
  issuer: v.fallback(v.string(), ''),
  jwks_uri: v.string(),
});

/**
 * Where an issuer's discovery document may stand, the likeliest first: OpenID Connect Discovery 1.0 section 4 appends to
 * the issuer, RFC 8414 section 3 puts the well-known part before the path, and servers are found that mix the two.
 * None where the issuer is no http(s) URL, or has a query or fragment, which both forbid.
 */
export const discoveryAddresses = (issuer: string): readonly string[] => {
  const url = URL.parse(plainAddress(issuer) ?? '');
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || /[?#]/.test(issuer)) return [];
  const path = url.pathname.replace(/\/$/, '');
  const paths = [`${path}${OPENID}`, `${OAUTH}${path}`, `${OPENID}${path}`, `${path}${OAUTH}`];
  return [...new Set(paths)].map((each) => `${url.origin}${each}`);
};

/**
 * A discovery document. `issuer` is '' where it names none.
 * Errors: `not_json`; `no_jwks_uri` for JSON that names no address of keys.
 */
export const readDiscovery = (text: string): Discovery | DiscoveryError => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { error: 'not_json' };
  }
  const { success, output } = v.safeParse(schema, value);
  const jwksUri = success ? plainAddress(output.jwks_uri) : undefined;
  return success && jwksUri ? { issuer: output.issuer, jwksUri } : { error: 'no_jwks_uri' };
};

/**
 * Whether a document that was read at `url` may speak for the issuer it names: it stands at that issuer's own well-known
 * address (OpenID Connect Discovery 1.0 section 4.3, RFC 8414 section 3.3), and nobody on the way can have changed it. A
 * query is passed over: it picks a variant, as Entra ID's `appid` does.
 */
export const isOwnDocument = (url: string, { issuer }: Discovery): boolean => {
  const at = URL.parse(plainAddress(url) ?? '');
  if (!at || !isAuthentic(at)) return false;
  at.search = '';
  return discoveryAddresses(issuer).includes(at.href);
};
