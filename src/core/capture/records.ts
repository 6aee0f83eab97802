/**
 * The records that travel from the background to the panel through `storage.session`, one key each.
 * Shapes, and what follows from them alone; `parse-record.ts` is the border that checks them on reading.
 */

import type { Problem } from '../token/decoded.ts';

/** The version of the stored shapes. A record of another version is ignored, never thrown on. */
export const RECORD_VERSION = 1;

export type PlaceKind =
  | 'request_header'
  | 'cookie'
  | 'websocket_protocol'
  | 'url_query'
  | 'url_path'
  | 'url_fragment'
  | 'set_cookie'
  | 'response_header'
  | 'request_body'
  | 'response_body'
  // The stores of the inspected page; no exchange carried what stands there.
  | 'local_storage'
  | 'session_storage'
  | 'indexed_db'
  | 'cookie_jar'
  | 'paste'
  | 'selection'
  // A line of a text or log file that was imported; `name` is its number.
  | 'file';

/** What a body was read as; for the wording, and for what is skipped. */
export type BodyFormat = 'json' | 'form' | 'multipart' | 'html' | 'javascript' | 'text';

/** Whose habit it is to keep tokens like this, told by the shape of the key and of the value. */
export type StoreLayout =
  | 'auth0'
  | 'msal'
  | 'cognito'
  | 'firebase'
  | 'supabase'
  | 'oidc_client_ts'
  | 'okta'
  | 'keycloak';

/** RFC 6265bis attributes of a Set-Cookie; `expires` in ms since the epoch, `maxAge` in seconds as sent. */
export interface CookieAttributes {
  readonly domain?: string;
  readonly path?: string;
  readonly expires?: number;
  readonly maxAge?: number;
  readonly secure?: boolean;
  readonly httpOnly?: boolean;
  readonly sameSite?: string;
  readonly partitioned?: boolean;
}

/** Where in a message a token stood. */
export interface Place {
  readonly kind: PlaceKind;
  /**
   * Header name in lower case, cookie name (base name when chunks were joined), query or fragment parameter, form field;
   * the key in web storage, `database / store / key` of IndexedDB; '' for a path, and for a body without fields.
   */
  readonly name: string;
  /** Authentication scheme as written (`Bearer`, `DPoP`), for `authorization` and `proxy-authorization`. */
  readonly scheme?: string;
  /** JSON path inside the value, as `access_token` or `a.b[0]`. */
  readonly path?: string;
  /** How many cookies the value was joined from, when more than one. */
  readonly chunks?: number;
  readonly attributes?: CookieAttributes;
  /** In the URL that a response's `Location` names: the server sent it, whatever the kind (`url_query` …) says. */
  readonly from?: 'location';
  /** Of a body. */
  readonly format?: BodyFormat;
  /** Of a body: only its beginning was there, as Firefox 140 cuts what is longer than 1 MiB. */
  readonly cut?: true;
  /** Of a store, and of a fragment in a document's own address: its origin; of a cookie, the URL that it would be sent to. */
  readonly origin?: string;
  readonly layout?: StoreLayout;
  /** Of a store: another token stood here when it was read before. */
  readonly changed?: true;
}

/** Whether the server sent what stands there, and so did not judge it by its answer. */
export const isFromServer = ({ kind, from }: Place): boolean =>
  kind === 'set_cookie' || kind === 'response_header' || kind === 'response_body' || from === 'location';

/**
 * Stands for a tab where a request has none: a service worker's. Private windows have one of their own, since
 * Firefox shows both kinds to one background.
 */
export const NO_TAB = -1;
export const NO_TAB_PRIVATE = -2;

/** A token as the capture functions find it in one message. */
export interface Found {
  readonly compact: string;
  readonly place: Place;
}

/** The same, in a body. */
export interface FoundInBody extends Found {
  readonly place: Place & { readonly kind: 'request_body' | 'response_body' };
}

export interface TokenRecord {
  readonly v: typeof RECORD_VERSION;
  readonly type: 'token';
  /** SHA-256 of the compact string, base64url. */
  readonly id: string;
  readonly tab: number;
  readonly compact: string;
  /** ms since the epoch */
  readonly firstSeen: number;
  /** Out of a redacted export: `compact` was put together of what was left, and this is what the whole token had. */
  readonly removed?: Removed;
}

/** What a redacted export tells of a token that is not in it. */
export interface Removed {
  /** The name it has in the export: `token-3`. */
  readonly name: string;
  /** Characters of each segment. */
  readonly segments: readonly number[];
  readonly problems: readonly Pick<Problem, 'code' | 'segment' | 'offset'>[];
  /** How many disclosures an SD-JWT had. */
  readonly disclosures?: number;
}

export interface SightingRecord {
  readonly v: typeof RECORD_VERSION;
  readonly type: 'sighting';
  readonly id: string;
  readonly tab: number;
  /** TokenRecord.id */
  readonly token: string;
  /** ExchangeRecord.id */
  readonly exchange: string;
  readonly place: Place;
  /** ms since the epoch */
  readonly at: number;
}

export interface ExchangeRecord {
  readonly v: typeof RECORD_VERSION;
  readonly type: 'exchange';
  readonly id: string;
  readonly tab: number;
  readonly frame: number;
  readonly method: string;
  readonly url: string;
  /** webRequest's resource type (`xmlhttprequest`, `main_frame`, `websocket` …) */
  readonly resource: string;
  /** ms since the epoch: the request's headers left */
  readonly start: number;
  /** Nobody saw the request leave: `start` is when its response arrived, and says nothing about the request. */
  readonly startUnknown?: true;
  /** ms since the epoch: the response's headers arrived */
  readonly end?: number;
  readonly status?: number;
  /** The response's `Date`, as sent; absent where it is no sample of the server's clock (out of a cache, `startUnknown`). */
  readonly date?: string;
  /** The response's `WWW-Authenticate` values, as sent. */
  readonly wwwAuthenticate?: readonly string[];
  /** The response's `DPoP-Nonce`, which the next proof must carry (RFC 9449 section 8). */
  readonly dpopNonce?: string;
  /** The response's `Location`, as sent, of a redirect (RFC 9110 section 15.4). */
  readonly location?: string;
  /** Why there was no response, in the browser's words. */
  readonly error?: string;
  /** Origin of the document or worker that made the request. */
  readonly initiator?: string;
  /** Who told of it: the background's webRequest, the DevTools page's devtools.network, or both (see reconcile.ts). */
  readonly witness: 'background' | 'devtools' | 'both';
  /** The DevTools page's own id of it, once that told of it: a background that was stopped before it answered is told again. */
  readonly told?: string;
  /** Credentials that are not JWTs, one entry each, as `authorization Bearer`. */
  readonly opaque?: readonly string[];
  /** The `grant_type` of a token request's body (RFC 6749 section 4), by which the tokens of its answer came. */
  readonly grant?: string;
}

/** What the background counts for one tab. */
export interface TabRecord {
  readonly v: typeof RECORD_VERSION;
  readonly type: 'tab';
  readonly tab: number;
  /** Requests looked at, with or without a token. */
  readonly requests: number;
  /** Requests with an opaque credential. */
  readonly opaque: number;
  /** Records dropped, oldest first, because a bound was reached. */
  readonly dropped: number;
  /** Bodies with text in them that were not looked at, or not to the end: too large, too many at once, or gone. */
  readonly skipped?: number;
  /** Bodies that hold no text, and so were not looked at. */
  readonly binary?: number;
}

export type CaptureRecord = TokenRecord | SightingRecord | ExchangeRecord | TabRecord;

/** The storage key of a record: `token/<tab>/<id>`, `sighting/<tab>/<id>`, `exchange/<tab>/<id>`, `tab/<tab>`. */
export const recordKey = (record: CaptureRecord): string =>
  record.type === 'tab' ? `tab/${record.tab}` : `${record.type}/${record.tab}/${record.id}`;
