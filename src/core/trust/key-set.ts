/** Sets of public keys, and how they are had. Shapes only. */

/** A JWK set (RFC 7517 section 5) of one issuer. */
export interface KeySet {
  /** The address it was read from. */
  readonly source: string;
  /** '' where nobody said whose it is. */
  readonly issuer: string;
  /** The set's text. */
  readonly text: string;
}

/** Why a fetch gave nothing. Closed: each has a sentence `fetch_<code>`. */
export type FetchErrorCode =
  | 'address' // not a URL, or with credentials in it
  | 'not_https' // http, and not loopback
  | 'unreachable' // no connection, no access to the host, or CORS; the browser does not tell them apart
  | 'redirect' // the server points elsewhere, and only the address named is asked
  | 'status' // detail: the status
  | 'too_large' // over MAX_ANSWER
  | 'too_slow'; // over MAX_WAIT

export type FetchedText = { readonly text: string } | { readonly error: FetchErrorCode; readonly detail?: string };
