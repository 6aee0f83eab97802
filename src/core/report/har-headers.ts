/** The headers of an exchange, put together again of what was captured of them. */
import type { CookieAttributes, ExchangeRecord, Place, PlaceKind } from '../capture/records.ts';
import { groupBy } from './group-by.ts';
import { type AtPath, jsonFromPaths } from './json-from-paths.ts';
import { MASK } from './mask.ts';
import { isoTime } from './outgoing.ts';

/** A token where it stood; `text` is itself, or its placeholder. */
export interface Stood {
  readonly place: Place;
  readonly text: string;
}

export interface HarHeader {
  readonly name: string;
  readonly value: string;
  readonly comment?: string;
}

export interface HarCookie {
  readonly name: string;
  readonly value: string;
  readonly path?: string;
  readonly domain?: string;
  readonly expires?: string;
  readonly httpOnly?: boolean;
  readonly secure?: boolean;
  readonly sameSite?: string;
}

const at = ({ place: { path }, text }: Stood): AtPath => ({ text, ...(path !== undefined && { path }) });

const ofKind = (stood: readonly Stood[], kind: PlaceKind): readonly Stood[] =>
  stood.filter(({ place }) => place.kind === kind);

/** A header for each JSON value, and one for all tokens that stood there as they are. */
const plainHeaders = (stood: readonly Stood[]): readonly HarHeader[] =>
  [...groupBy(stood, ({ place: { name, scheme = '' } }) => `${name}\n${scheme}`).values()].flatMap((same) => {
    const { name = '', scheme } = same[0]?.place ?? {};
    const { json, rest } = jsonFromPaths(same.map(at));
    const values = [...(json === undefined ? [] : [json]), ...(rest.length > 0 ? [rest.join(', ')] : [])];
    return values.map((value) => ({ name, value: scheme === undefined ? value : `${scheme} ${value}` }));
  });

/** Cookies by name; chunks apart again, as Auth.js names them, but not those of a placeholder. */
export const cookiesOf = (stood: readonly Stood[], kind: 'cookie' | 'set_cookie'): readonly HarCookie[] =>
  [...groupBy(ofKind(stood, kind), ({ place: { name } }) => name).values()].flatMap((same) => {
    const { name = '', chunks = 1, attributes } = same[0]?.place ?? {};
    const { json, rest } = jsonFromPaths(same.map(at));
    const values = [...(json === undefined ? [] : [encodeURIComponent(json.toWellFormed())]), ...rest];
    return values
      .flatMap((value) => chunked(name, value, chunks))
      .map((cookie) => ({ ...cookie, ...(attributes && attributesOf(attributes)) }));
  });

/** A chunk is no token: what is too short for that stays whole. */
const MIN_CHUNK = 16;

const chunked = (name: string, value: string, chunks: number): readonly HarCookie[] => {
  const size = Math.ceil(value.length / chunks);
  if (chunks < 2 || size < MIN_CHUNK) return [{ name, value }];
  return Array.from({ length: chunks }, (_, index) => ({
    name: `${name}.${index}`,
    value: value.slice(index * size, (index + 1) * size),
  }));
};

const attributesOf = (attributes: CookieAttributes): Partial<HarCookie> => {
  const { domain, path, httpOnly, secure, sameSite } = attributes;
  const expires = isoTime(attributes.expires ?? Number.NaN);
  return {
    ...(path !== undefined && { path }),
    ...(domain !== undefined && { domain }),
    ...(expires !== undefined && { expires }),
    ...(httpOnly && { httpOnly }),
    ...(secure && { secure }),
    ...(sameSite !== undefined && { sameSite }),
  };
};

const setCookie = (cookie: HarCookie, { maxAge, partitioned }: CookieAttributes = {}): HarHeader => ({
  name: 'set-cookie',
  value: [
    `${cookie.name}=${cookie.value}`,
    cookie.domain !== undefined && `Domain=${cookie.domain}`,
    cookie.path !== undefined && `Path=${cookie.path}`,
    cookie.expires && `Expires=${new Date(cookie.expires).toUTCString()}`,
    maxAge !== undefined && `Max-Age=${maxAge}`,
    cookie.secure && 'Secure',
    cookie.httpOnly && 'HttpOnly',
    cookie.sameSite !== undefined && `SameSite=${cookie.sameSite}`,
    partitioned && 'Partitioned',
  ]
    .filter(Boolean)
    .join('; '),
});

/** Headers whose credential is no token: that they were there is known, and no more. */
const OPAQUE = /^(authorization|proxy-authorization|sec-websocket-protocol)(?: (\S+))?$/;
/** The one subprotocol of which it is known that it carries a credential (Kubernetes). */
const KUBERNETES = 'base64url.bearer.authorization.k8s.io.';

const opaqueHeaders = ({ opaque = [] }: ExchangeRecord): readonly HarHeader[] =>
  opaque.flatMap((entry) => {
    const [, name, scheme] = OPAQUE.exec(entry) ?? [];
    if (name === undefined) return [];
    const credential = name === 'sec-websocket-protocol' ? `${KUBERNETES}${MASK}` : MASK;
    return { name, value: scheme === undefined ? credential : `${scheme} ${credential}`, comment: 'not captured' };
  });

/** What the request's headers held, as far as that was captured. */
export const requestHeaders = (exchange: ExchangeRecord, stood: readonly Stood[]): readonly HarHeader[] => {
  const cookies = cookiesOf(stood, 'cookie');
  const protocols = ofKind(stood, 'websocket_protocol').map(({ text }) => text);
  return [
    ...plainHeaders(ofKind(stood, 'request_header')),
    ...(cookies.length > 0
      ? [{ name: 'cookie', value: cookies.map((one) => `${one.name}=${one.value}`).join('; ') }]
      : []),
    ...(protocols.length > 0 ? [{ name: 'sec-websocket-protocol', value: protocols.join(', ') }] : []),
    ...opaqueHeaders(exchange),
  ];
};

/** The same of the response; challenges as they are to go out. */
export const responseHeaders = (
  { date, dpopNonce, location }: ExchangeRecord,
  challenges: readonly string[],
  stood: readonly Stood[],
): readonly HarHeader[] => {
  const attributes = new Map(ofKind(stood, 'set_cookie').map(({ place }) => [place.name, place.attributes]));
  const known = Object.entries({ date, location, 'dpop-nonce': dpopNonce });
  // A token in one of these is there with it.
  const isKnown = (wanted: string): boolean =>
    known.some(([name, value]) => name === wanted && value !== undefined) ||
    (wanted === 'www-authenticate' && challenges.length > 0);
  return [
    ...known.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }])),
    ...challenges.map((value) => ({ name: 'www-authenticate', value })),
    ...cookiesOf(stood, 'set_cookie').map((cookie) =>
      setCookie(cookie, attributes.get(cookie.name) ?? attributes.get(cookie.name.replace(/\.\d+$/, ''))),
    ),
    ...plainHeaders(ofKind(stood, 'response_header').filter(({ place }) => !isKnown(place.name))),
  ];
};
