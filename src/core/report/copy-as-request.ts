/** The request that a token is copied as: the one that carried it, as far as it was kept, or one to fill in. */
import type { Header } from '../capture/headers.ts';
import type { Place } from '../capture/records.ts';
import { MAX_NAME } from '../capture/shorten.ts';
import type { Decoded, Kind } from '../token/decoded.ts';
import { bodyAround } from './copy-as-body.ts';

/** What the copy is not, or needs besides. Closed: each has a sentence `copy_note_<code>`. */
export type CopyNote =
  | 'placeholder' // no request is known that carried it: the address is to be filled in
  | 'needs_proof' // the token is bound to a key (RFC 9449): each request needs a proof of its own
  | 'proof_once' // it is such a proof, good for one request
  | 'wrapped' // where it stood it was part of a longer value, which was not kept
  | 'joined' // it came in several cookies
  | 'body_part' // of the body only the part with the token is known
  | 'no_body' // a method that mostly has a body, none of which is known
  | 'not_in_browsers' // a header that browsers let no script set
  | 'cmd_too_long'; // longer than cmd takes a line

/** A request that carried the token, and where in it. */
export interface Carried {
  readonly method: string;
  readonly url: string;
  readonly place: Place;
}

/** What is copied. */
export interface Copied {
  readonly decoded: Decoded;
  readonly kind: Kind;
  /** Undefined where no request that `canRepeat` carried it. */
  readonly carried?: Carried | undefined;
  /** Out of a redacted export: the token is not whole, and no server takes it. */
  readonly removed?: boolean;
}

/**
 * A request in plain ASCII: the method is letters, names are tokens, values and the URL are visible characters and spaces, so that
 * every shell can quote them.
 */
export interface CopyRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly Header[];
  readonly body?: string;
  readonly notes: readonly CopyNote[];
}

/** Reserved for documentation (RFC 2606 section 3); nobody is sent a token by mistake. */
export const PLACEHOLDER_URL = 'https://api.example.com/';

/** RFC 9110 section 5.6.2 */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
/**
 * HTTPie takes anything else for the address, and sends the token there; what begins with `-` is an option to any command.
 * A page may call its methods as it likes (`fetch` takes every token).
 */
const METHOD = /^[A-Za-z]+$/;
/** RFC 9110 section 11.2 (token68) and `~` of SD-JWT: what stands in a header, a cookie, a form and a shell unharmed. */
const PLAIN = /^[\w.~+/=-]+$/;
/** RFC 6265 section 5.2 is laxer than 4.1.1; without a backslash, which HTTPie reads in two ways. */
const COOKIE_NAME = /^[!-:<>-[\]-~]+$/;
const BODILESS = /^(?:GET|HEAD)$/;
/** Their content means something (RFC 9110 sections 9.3.3 and 9.3.4, RFC 5789). */
const WITH_BODY = /^(?:POST|PUT|PATCH)$/i;

/** No member of a JavaScript object: Node.js loses a header that is called so. */
const LOST = '__proto__';

/** Names that were cut when they were captured are no names. */
const isWhole = (name: string): boolean => name.length < MAX_NAME;

/** The address without what is never sent, or must not be copied along: fragment, user and password. */
const addressOf = (text: string): string | undefined => {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) return;
  url.hash = url.username = url.password = '';
  return url.href;
};

const canStand = ({ kind, name, from }: Place): boolean => {
  if (from !== undefined) return false;
  switch (kind) {
    case 'request_header':
      return TOKEN.test(name) && isWhole(name) && name !== LOST;
    case 'cookie':
      return COOKIE_NAME.test(name) && isWhole(name);
    case 'request_body':
      return isWhole(name);
    default:
      return kind === 'url_query' || kind === 'url_path';
  }
};

/** Whether a request can be written again with the token where it stood: sent by the client, and by http(s). */
export const canRepeat = ({ method, url, place }: Carried): boolean =>
  canStand(place) && METHOD.test(method) && addressOf(url) !== undefined;

/** Whether it can stand in a request at all: what is JSON itself, or was pasted with odd characters, cannot. */
export const fitsRequest = ({ decoded }: Copied): boolean =>
  decoded.serialization === undefined && PLAIN.test(decoded.compact);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** RFC 9449 section 6.1, or sent as such. */
const isBound = ({ decoded: { payload }, carried }: Copied): boolean =>
  (isObject(payload?.cnf) && typeof payload.cnf.jkt === 'string') || carried?.place.scheme?.toLowerCase() === 'dpop';

/** Canonical spelling of the headers that matter here; any other is as it was kept. */
const SPELLED: Readonly<Record<string, string>> = {
  authorization: 'Authorization',
  'proxy-authorization': 'Proxy-Authorization',
  dpop: 'DPoP',
};

/** The header of a token for which no request is known, or none of its own: `Authorization`, of a proof `DPoP`. */
export const ownHeader = (copied: Copied): Header => {
  const { compact } = copied.decoded;
  if (copied.kind === 'dpop_proof') return { name: 'DPoP', value: compact };
  const seen = copied.carried?.place.scheme;
  const scheme = seen !== undefined && TOKEN.test(seen) ? seen : isBound(copied) ? 'DPoP' : 'Bearer';
  return { name: 'Authorization', value: `${scheme} ${compact}` };
};

/** What a token needs besides, whatever it is copied as. */
export const bindingNotes = (copied: Copied): readonly CopyNote[] =>
  copied.kind === 'dpop_proof' ? ['proof_once'] : isBound(copied) ? ['needs_proof'] : [];

const headerOf = ({ name, scheme }: Place, compact: string): Header => ({
  name: Object.hasOwn(SPELLED, name) ? (SPELLED[name] ?? name) : name,
  value: scheme !== undefined && TOKEN.test(scheme) ? `${scheme} ${compact}` : compact,
});

/**
 * The request to copy. Without one that can be repeated: a GET of PLACEHOLDER_URL with the token's own header.
 * Takes what `fitsRequest`; hostile names and addresses come out as the shape promises. Never throws.
 */
export const requestOf = (copied: Copied): CopyRequest => {
  const { decoded, carried } = copied;
  const { compact } = decoded;
  const binding = bindingNotes(copied);
  const url = carried && canRepeat(carried) ? addressOf(carried.url) : undefined;
  if (!carried || url === undefined) {
    return { method: 'GET', url: PLACEHOLDER_URL, headers: [ownHeader(copied)], notes: ['placeholder', ...binding] };
  }
  const { method, place } = carried;
  const { kind, path, chunks } = place;
  const notes: readonly CopyNote[] = [
    ...binding,
    ...(path !== undefined && (kind === 'request_header' || kind === 'cookie') ? (['wrapped'] as const) : []),
    ...(chunks !== undefined ? (['joined'] as const) : []),
    ...(kind !== 'request_body' && WITH_BODY.test(method) ? (['no_body'] as const) : []),
  ];
  switch (kind) {
    case 'request_header':
      return { method, url, headers: [headerOf(place, compact)], notes };
    case 'cookie':
      return { method, url, headers: [{ name: 'Cookie', value: `${place.name}=${compact}` }], notes };
    case 'request_body': {
      const { type, body } = bodyAround(place, compact);
      const headers = [{ name: 'Content-Type', value: type }];
      const sends = BODILESS.test(method) ? 'POST' : method;
      return { method: sends, url, headers, body, notes: [...notes, 'body_part'] };
    }
    default:
      return { method, url, headers: [], notes };
  }
};
