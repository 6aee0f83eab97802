import { plainAddress, readAddress } from './address.ts';
import { type Discovery, discoveryAddresses, isOwnDocument, readDiscovery } from './discovery.ts';
import type { FetchErrorCode, FetchedText, KeySet } from './key-set.ts';
import { readSet, type SetErrorCode } from './read-set.ts';

/** Whose keys are wanted: those of the issuer a token names, or those at an address that was pasted. */
export type KeysAddress =
  | { readonly issuer: string }
  /** Of a JWK set or of an issuer, which its content tells. `issuer`: whose keys they are, where that is known already. */
  | { readonly url: string; readonly issuer?: string };

/** Why there are no keys. Closed: each has a sentence `fetch_<code>`, $1 = detail, $2 = url. */
export type GetErrorCode =
  | FetchErrorCode
  | SetErrorCode
  | 'issuer_differs' // the document names another issuer; detail: `named ≠ expected`
  | 'no_jwks_uri'; // JSON, and no address of keys in it

export type GotKeys =
  | {
      readonly state: 'got';
      /** For PanelSource.keepKeySet. */
      readonly set: KeySet;
      /** The `kid`s in the set, in its order. */
      readonly kids: readonly string[];
      /** Public keys in it, with and without `kid`. */
      readonly count: number;
      /** Entries that are no public key or cannot be read. */
      readonly skipped: number;
    }
  /** The issuer keeps its keys on another host, which nobody agreed to ask: `getKeys({url: jwksUri, issuer})` does. */
  | { readonly state: 'elsewhere'; readonly jwksUri: string; readonly issuer: string }
  | { readonly state: 'failed'; readonly code: GetErrorCode; readonly detail: string; readonly url: string };

type Fetch = (url: string) => Promise<FetchedText>;
type Failed = Extract<GotKeys, { readonly state: 'failed' }>;

const failed = (code: GetErrorCode, url: string, detail = ''): Failed => ({ state: 'failed', code, detail, url });

/** Takes in a set that was read at `source`. */
const take = (text: string, source: string, issuer: string): GotKeys => {
  const read = readSet(text);
  if ('error' in read) return failed(read.error, source);
  const kids = read.keys.flatMap(({ kid }) => kid ?? []);
  return { state: 'got', set: { source, issuer, text }, kids, count: read.keys.length, skipped: read.skipped };
};

const askForSet = async (url: string, issuer: string, fetchText: Fetch): Promise<GotKeys> => {
  const answer = await fetchText(url);
  return 'error' in answer ? failed(answer.error, url, answer.detail) : take(answer.text, url, issuer);
};

/**
 * From the document to the set; no other host than the one that was named is asked, and an address that may not be asked
 * at all is not offered either.
 */
const follow = async ({ issuer, jwksUri }: Discovery, url: string, fetchText: Fetch): Promise<GotKeys> => {
  const keys = readAddress(jwksUri);
  if ('error' in keys) return failed(keys.error, jwksUri);
  return keys.origin === URL.parse(url)?.origin
    ? askForSet(jwksUri, issuer, fetchText)
    : { state: 'elsewhere', jwksUri, issuer };
};

/** What a server says that has no such document there, in the many ways that servers have. */
const isElsewhere = (code: GetErrorCode): boolean =>
  code === 'status' || code === 'redirect' || code === 'not_json' || code === 'no_jwks_uri';

/** Looks at the issuer's well-known addresses in turn. */
const askIssuer = async (issuer: string, fetchText: Fetch): Promise<GotKeys> => {
  const [first, ...others] = discoveryAddresses(issuer);
  if (first === undefined) return failed('address', issuer);
  const look = async (url: string): Promise<GotKeys> => {
    const answer = await fetchText(url);
    if ('error' in answer) return failed(answer.error, url, answer.detail);
    const read = readDiscovery(answer.text);
    if ('error' in read) return failed(read.error, url);
    if (read.issuer !== issuer) return failed('issuer_differs', url, `${read.issuer || '–'} ≠ ${issuer}`);
    return follow(read, url, fetchText);
  };
  const told = await look(first);
  for (const url of others) {
    if (told.state !== 'failed' || !isElsewhere(told.code)) return told;
    const next = await look(url);
    if (next.state !== 'failed' || !isElsewhere(next.code)) return next;
  }
  return told;
};

/** An address whose content tells what it is: a set, a discovery document, or something at an issuer. */
const askAddress = async (pasted: string, issuer: string, fetchText: Fetch): Promise<GotKeys> => {
  const url = plainAddress(pasted.trim()) ?? pasted;
  const answer = await fetchText(url);
  if (!('error' in answer)) {
    const read = readDiscovery(answer.text);
    if (!('error' in read)) {
      if (!isOwnDocument(url, read)) return failed('issuer_differs', url, `${read.issuer || '–'} ≠ ${url}`);
      return follow(read, url, fetchText);
    }
  }
  const got = 'error' in answer ? failed(answer.error, url, answer.detail) : take(answer.text, url, issuer);
  const mayBeIssuer = got.state === 'failed' && (isElsewhere(got.code) || got.code === 'not_a_set');
  if (!mayBeIssuer || issuer !== '' || url.includes('/.well-known/')) return got;
  // An issuer's identifier is often no page at all, and with or without a slash at its end.
  const named = pasted.trim();
  const other = named.endsWith('/') ? named.slice(0, -1) : `${named}/`;
  const found = await askIssuer(named, fetchText);
  if (found.state !== 'failed') return found;
  const isNoIssuer = isElsewhere(found.code) || (found.code === 'address' && found.url === named);
  if (found.code !== 'issuer_differs') return isNoIssuer ? got : found;
  return found.detail.startsWith(`${other} ≠ `) ? askIssuer(other, fetchText) : found;
};

/**
 * Gets an issuer's keys, from a click on a button that named the address: OpenID Connect Discovery 1.0, RFC 8414, or a
 * JWK set. Asks no other origin than that of the address; what lies elsewhere is told and not asked.
 * @param fetchText the one request (PanelSource.fetchText); asked one after the other, at most nine times
 */
export const getKeys = async (address: KeysAddress, fetchText: Fetch): Promise<GotKeys> => {
  const named = 'url' in address ? address.url : address.issuer;
  const asked = readAddress(named);
  if ('error' in asked) return failed(asked.error, named);
  return 'url' in address ? askAddress(named, address.issuer ?? '', fetchText) : askIssuer(address.issuer, fetchText);
};
