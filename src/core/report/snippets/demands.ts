/** What code that verifies a token must demand: read from the token itself, and from the key that verified it. */
import type { JWK } from 'jose';
import type { Decoded, JsonObject } from '../../token/decoded.ts';
import type { SecretReading } from '../../trust/signature.ts';

/** Where the code takes the key from. Each kind has a sentence `copy_key_<kind>`. */
export type KeySource =
  /** The issuer's key set, at the address that the issuer itself names. */
  | { readonly kind: 'jwks'; readonly url: string }
  /** The same, but nobody vouches for the address: it was seen in traffic. */
  | { readonly kind: 'seen'; readonly url: string }
  /** The key that verified the token; `pem` is its SPKI. */
  | { readonly kind: 'public'; readonly jwk: JWK; readonly pem: string }
  /** Never in the code: it reads the environment. */
  | { readonly kind: 'secret'; readonly reading: SecretReading }
  /** To be filled in. */
  | { readonly kind: 'unknown' };

export interface Demands {
  readonly alg: string;
  readonly issuer?: string;
  /** Any of them. */
  readonly audiences: readonly string[];
  /** Only a type that says what the token is for (RFC 8725 section 3.11), as `at+jwt`. */
  readonly typ?: string;
  readonly expires: boolean;
  /** Claims that the token has, but not as the text (or, `aud`, a list of texts) that RFC 7519 section 4.1 wants. */
  readonly odd: readonly ('sub' | 'aud' | 'jti')[];
  /** Whether the header names the key. */
  readonly hasKid: boolean;
  readonly key: KeySource;
}

/** Why no library here verifies it. Closed: each has a sentence `copy_lack_<code>`. */
export type Lack =
  | 'json' // a JSON serialisation
  | 'encrypted'
  | 'unsecured'
  | 'sd_jwt'
  | 'critical' // `crit` (RFC 7515 section 4.1.11)
  | 'detached'
  | 'malformed' // no algorithm, or no claims
  | 'algorithm'; // this library has not that algorithm

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const audiencesOf = ({ aud }: JsonObject): readonly string[] =>
  [...new Set(Array.isArray(aud) ? aud : [aud])].flatMap((one: unknown) => text(one) ?? []);

const oddOf = (payload: JsonObject): Demands['odd'] => {
  const { sub, jti } = payload;
  const found = { sub, aud: audiencesOf(payload)[0] ?? payload.aud, jti };
  return (['sub', 'aud', 'jti'] as const).filter(
    (name) => found[name] !== undefined && typeof found[name] !== 'string',
  );
};

const typeOf = ({ typ }: JsonObject): string | undefined => {
  const type = text(typ);
  return type?.toLowerCase().endsWith('+jwt') ? type : undefined;
};

/** Forms that no library here takes for a JWT. */
const lackOf = ({ serialization, form, disclosures, detached, header, payload }: Decoded): Lack | undefined => {
  if (serialization) return 'json';
  if (form === 'jwe') return 'encrypted';
  if (form === 'unsecured') return 'unsecured';
  if (disclosures) return 'sd_jwt';
  if (header?.crit !== undefined) return 'critical';
  if (detached) return 'detached';
  return form === 'malformed' || text(header?.alg) === undefined || !payload ? 'malformed' : undefined;
};

/** A shared secret is the only key of HMAC, and the key of nothing else. */
const keyFor = (alg: string, key: KeySource): KeySource => {
  if (!alg.startsWith('HS')) return key.kind === 'secret' ? { kind: 'unknown' } : key;
  return key.kind === 'secret' ? key : { kind: 'secret', reading: 'text' };
};

/** What to demand, or why there is nothing that code could do. Any claim may be of any type and value. */
export const demandsOf = (decoded: Decoded, key: KeySource): Demands | Lack => {
  const { header = {}, payload = {} } = decoded;
  const lack = lackOf(decoded);
  if (lack) return lack;
  const alg = text(header.alg) ?? '';
  const [issuer, typ] = [text(payload.iss), typeOf(header)];
  return {
    alg,
    ...(issuer !== undefined && { issuer }),
    audiences: audiencesOf(payload),
    ...(typ !== undefined && { typ }),
    expires: typeof payload.exp === 'number',
    odd: oddOf(payload),
    hasKid: typeof header.kid === 'string',
    key: keyFor(alg, key),
  };
};

/** The curve, where the key is known. */
export const curveOf = ({ key }: Demands): string | undefined => (key.kind === 'public' ? key.jwk.crv : undefined);

/** For the address that is to be filled in (RFC 2606 section 3). */
const PLACEHOLDER_SET = 'https://issuer.example.com/.well-known/jwks.json';

/** A key set's address, and what is to be known of it, as a comment; undefined where the code takes the key otherwise. */
export const setOf = ({ key }: Demands): { readonly url: string; readonly comment: string } | undefined => {
  switch (key.kind) {
    case 'jwks':
      return { url: key.url, comment: "The issuer's keys." };
    case 'seen':
      return { url: key.url, comment: "Seen in traffic: make sure that it is the address of the issuer's keys." };
    case 'unknown':
      return { url: PLACEHOLDER_SET, comment: "PLACEHOLDER: put in the address of the issuer's keys (jwks_uri)." };
    default:
      return;
  }
};

/** What the code lets pass since the token gives nothing to demand, as comments. */
export const gapsOf = ({ issuer, audiences, expires }: Demands): readonly string[] => [
  ...(issuer === undefined ? ['The token names no issuer, so any will do.'] : []),
  ...(audiences.length === 0 ? ['The token names no audience, so one for another API will do.'] : []),
  ...(expires ? [] : ['The token has no expiry, so none is asked for.']),
];

/** Comments that stand in the code of every language. */
export const COMMENTS = {
  alg: 'This one alone: the header of a token must not choose.',
  audience: 'Any of these will do: keep those that mean this API.',
  leeway: 'Seconds by which clocks may differ.',
  secret: 'The shared secret comes from the environment; keep it out of the code.',
  public: 'The key that verified the token.',
} as const;
