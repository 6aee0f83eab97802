import type { Decoded, JsonObject, Kind } from './decoded.ts';

/** Where a token stood, as far as it is evidence. (The capture's Place fits; token/ does not know capture/.) */
export interface Whereabouts {
  readonly kind: string;
  readonly name: string;
  /** JSON path inside of what has that name. */
  readonly path?: string;
}

const text = (value: unknown): string => (typeof value === 'string' ? value.toLowerCase() : '');

/** Media types of explicit typing (RFC 8725 section 3.11), without `application/`. Okta and Entra prefix `at+jwt`. */
const byType = (typ: string): Kind | undefined => {
  if (typ.endsWith('at+jwt')) return 'access_token';
  if (typ === 'dpop+jwt') return 'dpop_proof';
  if (typ === 'logout+jwt') return 'logout_token';
  if (typ === 'secevent+jwt') return 'security_event';
  if (typ === 'client-authentication+jwt') return 'client_assertion';
  if (typ === 'kb+jwt') return 'key_binding'; // RFC 9901 section 4.3
  if (typ === 'dc+sd-jwt' || typ === 'vc+sd-jwt') return 'credential';
  return typ.endsWith('+jwt') ? 'token' : undefined;
};

/** Claims in which providers say it: Keycloak `typ`, Cognito `token_use`, Simple JWT `token_type`, Flask-JWT `type`. */
const NAMED: Readonly<Record<string, Kind>> = {
  bearer: 'access_token',
  dpop: 'access_token',
  access: 'access_token',
  access_token: 'access_token',
  id: 'id_token',
  id_token: 'id_token',
  refresh: 'refresh_token',
  refresh_token: 'refresh_token',
  offline: 'refresh_token',
  logout: 'logout_token',
};

const byName = (name: string): Kind | undefined => (Object.hasOwn(NAMED, name) ? NAMED[name] : undefined);

const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout';

const has = (payload: JsonObject, ...names: readonly string[]): boolean =>
  names.some((name) => Object.hasOwn(payload, name));

const includes = (audience: unknown, party: unknown): boolean =>
  typeof party === 'string' && (Array.isArray(audience) ? audience.includes(party) : audience === party);

/** Strongest first: what only one kind of token has, then what it usually has. */
const byClaims = (header: JsonObject, claims: JsonObject): Kind | undefined => {
  const { aud, azp, events, iss, sub } = claims;
  if (has(claims, 'sd_hash')) return 'key_binding';
  if (has(claims, 'vct')) return 'credential'; // SD-JWT VC section 2.2.2
  if (typeof events === 'object' && events !== null) {
    return Object.hasOwn(events, LOGOUT_EVENT) ? 'logout_token' : 'security_event';
  }
  if (has(claims, 'htm') && has(claims, 'htu') && has(header, 'jwk')) return 'dpop_proof';
  const named = byName(text(claims.typ)) ?? byName(text(claims.token_use)) ?? byName(text(claims.token_type));
  if (named ?? byName(text(claims.type))) return named ?? byName(text(claims.type));
  if (has(claims, 'at_hash', 'c_hash', 's_hash')) return 'id_token'; // OIDC Core 3.3.2.11
  if (has(claims, 'scope', 'scp', 'client_id')) return 'access_token'; // RFC 9068 section 2.2
  if (has(claims, 'nonce', 'auth_time') && aud !== undefined) return 'id_token'; // OIDC Core 2
  if (typeof iss === 'string' && iss === sub && aud !== undefined && has(claims, 'jti')) return 'client_assertion'; // RFC 7523 section 3
  if (azp !== undefined) return includes(aud, azp) ? 'id_token' : 'access_token';
  const isSigned = iss !== undefined && aud !== undefined && sub !== undefined;
  if (isSigned && !has(claims, 'exp', 'iat') && has(claims, 'name', 'email', 'given_name')) return 'userinfo'; // OIDC Core 5.3.2
  return undefined;
};

/**
 * What parameters of requests and members of answers are called (RFC 6749 section 5.1, RFC 7521 section 4, RFC 7523
 * section 2.1, OIDC Core 3.1.2.1, OIDC Back-Channel Logout 2.5), and what cookies and stores make of that:
 * `accessToken`, `my-app.id_token`.
 */
const byLabel = (label: string): Kind | undefined => {
  const lower = label.toLowerCase();
  if (/refresh_?token/.test(lower)) return 'refresh_token';
  if (/id_?token/.test(lower)) return 'id_token';
  if (/access_?token/.test(lower)) return 'access_token';
  if (lower === 'logout_token') return 'logout_token';
  if (lower === 'client_assertion') return 'client_assertion';
  return lower === 'assertion' ? 'assertion' : undefined;
};

/** The last name in a path: of `tokens.access_token[0]` it is `access_token[0]`, which tells as well. */
const lastStep = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

/** The weakest evidence: the name under which it travels, the nearest to it first. */
const byPlace = ({ kind, name, path = '' }: Whereabouts): Kind | undefined => {
  const label = byLabel(lastStep(path)) ?? byLabel(name);
  if (label) return label;
  if (kind === 'request_header' && name.toLowerCase() === 'authorization') return 'access_token';
  return kind === 'cookie' || kind === 'set_cookie' || kind === 'cookie_jar' ? 'session' : undefined;
};

/**
 * What a token is for, by the evidence in it, and then by where it stood (a Place of the capture will do).
 * Never fails: `token` is the answer where nothing tells.
 */
export const kindOf = (decoded: Decoded, place?: Whereabouts): Kind => {
  const { header = {}, payload } = decoded;
  if (decoded.form === 'jwe' || typeof header.enc === 'string') return 'encrypted';
  const type = byType(text(header.typ).replace(/^application\//, ''));
  const known = type ?? (payload && byClaims(header, payload));
  // What lets its holder choose what to show is made to be shown to somebody, wherever it stood.
  return known ?? (decoded.disclosures ? 'credential' : ((place && byPlace(place)) ?? 'token'));
};
